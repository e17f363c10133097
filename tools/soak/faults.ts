import type { Fault, SandboxClient } from '../harness/sandbox';

const SHARE = 0.01;

/**
 * About four of a hundred calls fail: each kind of fault hits one of a hundred. A write that is lost before its effect is left out,
 * because the node stops at it until a person has looked.
 */
const FAULTS: readonly Fault[] = [
	{ match: { method: 'GET', probability: SHARE }, kind: 'status', status: 503 },
	{ match: { probability: SHARE }, kind: 'rate_limit', retryAfter: 1 },
	{ match: { probability: SHARE }, kind: 'cut_after' },
	{ match: { probability: SHARE }, kind: 'latency', delayMs: 1_000 },
	{ match: { method: 'GET', probability: SHARE }, kind: 'cut_before' },
];

export const startFaults = async (sandbox: SandboxClient) => await sandbox.addFaults(FAULTS);

/** Ends the faults, and returns how many calls they hit. */
export async function endFaults(sandbox: SandboxClient): Promise<number> {
	const faults = await sandbox.faults();
	await sandbox.clearFaults();
	return faults.reduce((sum, { applied }) => sum + applied, 0);
}
