import type { FaultInput } from '../../sandbox';

/** Longer than the nodes wait, which is 30 seconds. */
const TOO_SLOW_S = 45;
const SLOW_S = 10;
export const TIMEOUT_S = 30;

type Trouble = Omit<FaultInput, 'match'>;

/** Each kind of trouble by its name in the report; seconds become real ones by the speed. */
const kinds = (speed: number): Record<string, Trouble> => {
	const delay = (seconds: number) => ({ delayMs: (seconds * 1000) / speed });
	return {
		'timeout, executed after it': { kind: 'latency', ...delay(TOO_SLOW_S) },
		'timeout, executed before it': { kind: 'latency', ...delay(TOO_SLOW_S), after: true },
		slow: { kind: 'latency', ...delay(SLOW_S) },
		'cut before the effect': { kind: 'cut_before' },
		'cut after the effect': { kind: 'cut_after' },
		429: { kind: 'rate_limit', retryAfter: 2 },
		'500 before the effect': { kind: 'status', status: 500 },
		'500 after the effect': { kind: 'status', status: 500, after: true },
		'502 after the effect': { kind: 'status', status: 502, after: true },
		'503 before the effect': { kind: 'status', status: 503 },
		'204 without a body': { kind: 'empty' },
		409: { kind: 'status', status: 409 },
		'expired token': { kind: 'expired_token' },
	};
};

/** All kinds, each equally likely, so that together they strike this share of all calls. */
export function troublesOf(share: number, speed: number): Array<{ name: string; fault: FaultInput }> {
	const all = Object.entries(kinds(speed));
	const probability = 1 - (1 - share) ** (1 / all.length);
	return all.map(([name, trouble]) => ({ name, fault: { ...trouble, match: { probability } } }));
}
