import { setTimeout as sleep } from 'node:timers/promises';

const TICK_MS = 1_000;
const DOWN_MS = 3_000;

/** Ends n8n, by `stop` or by `kill`, and starts it again after a while. */
async function restart(n8n, end) {
	await n8n[end]();
	await sleep(DOWN_MS);
	await n8n.start();
}

/**
 * Lets money arrive while the stream is cut and n8n is restarted, once as one should and once by SIGKILL.
 * plan: { clients, events, cuts, seconds }; gives { made, cuts, began }: each transaction { id, at, clientId, account }, and the broken connections.
 */
export async function storm({ sandbox, n8n }, { clients, events, cuts, seconds }, tell = () => undefined) {
	const began = Date.now();
	const restarts = [
		{ at: 1 / 3, end: 'stop' },
		{ at: 2 / 3, end: 'kill' },
	];
	let restarting;
	const made = [];
	let cut = 0;
	for (let tick = 0; made.length < events || cut < cuts || restarting || restarts.length > 0; tick += 1) {
		const passed = Math.min((Date.now() - began) / (seconds * 1_000), 1);
		const count = Math.ceil(events * passed) - made.length;
		if (count > 0) {
			const clientId = clients[tick % clients.length];
			const at = Date.now();
			const { account, transactions } = await sandbox.call('POST', '/deposits', { clientId, count });
			made.push(...transactions.map((id) => ({ id, at, clientId, account })));
		}
		if (!restarting && restarts.length > 0 && passed >= restarts[0].at) {
			const { end } = restarts.shift();
			tell(`n8n is ended by ${end} after ${made.length} events and ${cut} cuts`);
			restarting = restart(n8n, end).finally(() => (restarting = undefined));
		}
		if (!restarting && cut < Math.ceil(cuts * passed)) cut += (await sandbox.call('POST', '/stream/cut')).cut;
		if (tick % 30 === 29) tell(`${made.length} events, ${cut} cuts`);
		await sleep(TICK_MS);
	}
	return { made, cuts: cut, began };
}
