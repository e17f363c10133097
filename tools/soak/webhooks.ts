import type { SandboxClient } from '../harness/sandbox';
import { until } from '../harness/until';

const TIMEOUT_MS = 300_000;

/** The IDs of all webhooks that the sandbox sent, and of those that arrived. */
export async function sentWebhooks(sandbox: SandboxClient): Promise<{ sent: Set<string>; arrived: Set<string> }> {
	const deliveries = await sandbox.deliveries();
	const arrived = deliveries.filter(({ state }) => state === 'delivered');
	return { sent: new Set(deliveries.map(({ id }) => id)), arrived: new Set(arrived.map(({ id }) => id)) };
}

/** Waits until every webhook arrived. Sends a webhook again when n8n did not take it in time. */
export async function deliverAll(sandbox: SandboxClient): Promise<void> {
	const isDelivered = async () => {
		if ((await sandbox.deliveries()).some(({ state }) => state === 'sending')) return false;
		const { sent, arrived } = await sentWebhooks(sandbox);
		const missing = [...sent].filter((id) => !arrived.has(id));
		for (const id of missing) await sandbox.redeliver(id);
		return missing.length === 0;
	};
	await until(isDelivered, { what: 'every webhook arrives', timeoutMs: TIMEOUT_MS, everyMs: 500 });
}
