import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.mjs';

const POLL_MS = 500;
const DEADLINE_MS = 300_000;

const deliveriesOf = async (sandbox) => (await sandbox.call('GET', '/deliveries')).deliveries;

/** The IDs of all webhooks that were ever sent, and of those that have arrived. */
export async function webhooksOf(sandbox) {
	const deliveries = await deliveriesOf(sandbox);
	const idsOf = (some) => new Set(some.map(({ id }) => id));
	return { sent: idsOf(deliveries), arrived: idsOf(deliveries.filter(({ state }) => state === 'delivered')) };
}

/** Waits until every webhook has arrived; one that n8n did not take in time is sent again. */
export async function deliverAll(sandbox) {
	for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
		if ((await deliveriesOf(sandbox)).some(({ state }) => state === 'sending')) continue;
		const { sent, arrived } = await webhooksOf(sandbox);
		const missing = [...sent].filter((id) => !arrived.has(id));
		if (missing.length === 0) return;
		for (const id of missing) await sandbox.call('POST', `/deliveries/${id}/redeliver`, {});
	}
	throw new Failure(`Not every webhook arrived within ${DEADLINE_MS / 1_000} s`);
}
