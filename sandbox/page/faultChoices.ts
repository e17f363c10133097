import type { StreamFaultInput } from '../fondo/streamFaults';
import type { FaultInput } from '../state/faults';

type Choices<T> = Record<string, T & { label: string }>;

/** Faults of requests, with labels for the page. */
export const FAULT_KINDS: Choices<{ fault: Omit<FaultInput, 'match' | 'times'> }> = {
	cut_after: { label: 'Executed, response lost', fault: { kind: 'cut_after' } },
	cut_before: { label: 'Not executed, connection cut', fault: { kind: 'cut_before' } },
	unavailable: { label: '503, unavailable', fault: { kind: 'status', status: 503 } },
	rate_limit: { label: '429, wait 5 seconds', fault: { kind: 'rate_limit', retryAfter: 5 } },
	expired_token: { label: '401, token expired', fault: { kind: 'expired_token' } },
	latency: { label: 'Slow, 5 seconds', fault: { kind: 'latency', delayMs: 5000 } },
	empty: { label: 'Executed, empty response', fault: { kind: 'empty' } },
	malformed: { label: 'Executed, broken response', fault: { kind: 'malformed' } },
};

/** Requests to which a fault applies. A token request is neither a read nor a write. */
export const FAULT_REQUESTS: Choices<{ match: Pick<NonNullable<FaultInput['match']>, 'method' | 'path'> }> = {
	writes: { label: 'writes', match: { method: 'POST', path: '^(?!.*/auth/)' } },
	reads: { label: 'reads', match: { method: 'GET' } },
	tokens: { label: 'token requests', match: { path: '/auth/' } },
	all: { label: 'all requests', match: {} },
};

/** How often a fault applies. */
export const FAULT_TIMES: Choices<{ times?: number }> = {
	once: { label: 'once', times: 1 },
	thrice: { label: 'three times', times: 3 },
	always: { label: 'until switched off' },
};

/** Faults of the event stream, with labels for the page. */
export const STREAM_FAULTS: Choices<{ fault: StreamFaultInput }> = {
	silence: { label: 'Silence', fault: { kind: 'silence' } },
	lose: { label: 'Every second event is lost', fault: { kind: 'lose', every: 2 } },
	duplicate: { label: 'Every event comes twice', fault: { kind: 'duplicate' } },
	reorder: { label: 'Every second event comes late', fault: { kind: 'reorder', every: 2 } },
	garbage: { label: 'Broken frames in between', fault: { kind: 'garbage' } },
	cut: { label: 'Every event cuts the connection', fault: { kind: 'cut' } },
};
