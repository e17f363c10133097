import type { FaultInput } from '../faults';
import type { StreamFaultInput } from '../fondo/streamFaults';

type Choices<T> = Record<string, T & { label: string }>;

/** Faults as people speak of them. */
export const FAULT_KINDS: Choices<{ fault: Omit<FaultInput, 'match' | 'times'> }> = {
	cut_after: { label: 'Done, answer cut', fault: { kind: 'cut_after' } },
	cut_before: { label: 'Not done, cut', fault: { kind: 'cut_before' } },
	unavailable: { label: '503, unavailable', fault: { kind: 'status', status: 503 } },
	rate_limit: { label: '429, wait 5 seconds', fault: { kind: 'rate_limit', retryAfter: 5 } },
	expired_token: { label: '401, token expired', fault: { kind: 'expired_token' } },
	latency: { label: 'Slow, 5 seconds', fault: { kind: 'latency', delayMs: 5000 } },
	empty: { label: 'Done, answer empty', fault: { kind: 'empty' } },
	malformed: { label: 'Done, answer broken', fault: { kind: 'malformed' } },
};

/** Calls a fault strikes; asking for a token is neither reading nor writing. */
export const FAULT_CALLS: Choices<{ match: Pick<NonNullable<FaultInput['match']>, 'method' | 'path'> }> = {
	writes: { label: 'what creates or moves', match: { method: 'POST', path: '^(?!.*/auth/)' } },
	reads: { label: 'what reads', match: { method: 'GET' } },
	tokens: { label: 'what asks for a token', match: { path: '/auth/' } },
	all: { label: 'every call', match: {} },
};

/** How often it strikes. */
export const FAULT_TIMES: Choices<{ times?: number }> = {
	once: { label: 'once', times: 1 },
	thrice: { label: 'three times', times: 3 },
	always: { label: 'until switched off' },
};

/** Faults of the event stream as people speak of them. */
export const STREAM_FAULTS: Choices<{ fault: StreamFaultInput }> = {
	silence: { label: 'Silence', fault: { kind: 'silence' } },
	lose: { label: 'Every second is lost', fault: { kind: 'lose', every: 2 } },
	duplicate: { label: 'Each comes twice', fault: { kind: 'duplicate' } },
	reorder: { label: 'Every second comes late', fault: { kind: 'reorder', every: 2 } },
	garbage: { label: 'Broken ones in between', fault: { kind: 'garbage' } },
	cut: { label: 'Each ends in a cut', fault: { kind: 'cut' } },
};
