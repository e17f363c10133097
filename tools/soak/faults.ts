import type { Fault, SandboxClient } from '../harness/sandbox';

const SHARE = 0.01;

/**
 * About five of a hundred calls fail: each kind of fault hits one of a hundred. A Fondo write that is cut before it arrives is left out,
 * because Fondo takes no key and the node rightly reports it as unknown for ten minutes.
 */
const FAULTS: readonly Fault[] = [
	{ match: { probability: SHARE }, kind: 'status', status: 503 },
	{ match: { probability: SHARE }, kind: 'rate_limit', retryAfter: 1 },
	{ match: { probability: SHARE }, kind: 'cut_after' },
	{ match: { probability: SHARE }, kind: 'latency', delayMs: 1_000 },
	{ match: { api: 'finvis', probability: SHARE }, kind: 'cut_before' },
	{ match: { api: 'fondo', method: 'GET', probability: SHARE }, kind: 'cut_before' },
];

export const startFaults = async (sandbox: SandboxClient) => await sandbox.addFaults(FAULTS);

/** Ends the faults, and returns how many calls they hit. */
export async function endFaults(sandbox: SandboxClient): Promise<number> {
	const faults = await sandbox.faults();
	await sandbox.clearFaults();
	return faults.reduce((sum, { applied }) => sum + applied, 0);
}
