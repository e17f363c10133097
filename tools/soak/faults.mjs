const SHARE = 0.01;
const READS = 'GET';

/**
 * Five of a hundred calls go wrong: each kind strikes one of a hundred. A Fondo write that is cut before it arrives is left out: Fondo
 * takes no key, so the node rightly calls it unknown for ten minutes.
 */
const FAULTS = [
	{ match: { probability: SHARE }, kind: 'status', status: 503 },
	{ match: { probability: SHARE }, kind: 'rate_limit', retryAfter: 1 },
	{ match: { probability: SHARE }, kind: 'cut_after' },
	{ match: { probability: SHARE }, kind: 'latency', delayMs: 1_000 },
	{ match: { api: 'finvis', probability: SHARE }, kind: 'cut_before' },
	{ match: { api: 'fondo', method: READS, probability: SHARE }, kind: 'cut_before' },
];

export const beginFaults = async (sandbox) => await sandbox.call('POST', '/faults', FAULTS);

/** Ends them, and gives how many calls they have struck. */
export async function endFaults(sandbox) {
	const { faults } = await sandbox.call('GET', '/faults');
	await sandbox.call('DELETE', '/faults');
	return faults.reduce((sum, { applied }) => sum + applied, 0);
}
