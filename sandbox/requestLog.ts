import type { ApiName } from './tokens';

export interface LoggedRequest {
	seq: number;
	time: string;
	api: ApiName;
	method: string;
	path: string;
	query: string;
	operationId?: string;
	/** 0 when the connection was cut without an answer. */
	status: number;
	durationMs: number;
	clientId?: string;
	/** Kind of the fault that was injected. */
	fault?: string;
	replayed?: boolean;
	headers: Record<string, string>;
}

export interface Violation {
	api: ApiName;
	operationId: string;
	status: number;
	problems: string[];
}

const KEPT_HEADERS = ['idempotency-key', 'x-tenant-id', 'user-agent', 'content-type', 'accept'];
const MOST_REQUESTS = 10_000;

export class RequestLog {
	private readonly requests: LoggedRequest[] = [];
	private readonly found: Violation[] = [];
	private seq = 0;

	/** Bodies and credentials are left out on purpose. */
	write(request: Omit<LoggedRequest, 'seq' | 'headers'>, headers: Record<string, unknown>): void {
		const kept = KEPT_HEADERS.flatMap((name) => {
			const value = headers[name];
			return typeof value === 'string' ? [[name, value]] : [];
		});
		this.requests.push({ seq: ++this.seq, ...request, headers: Object.fromEntries(kept) });
		if (this.requests.length > MOST_REQUESTS) this.requests.shift();
	}

	violation(violation: Violation): void {
		this.found.push(violation);
	}

	read(): LoggedRequest[] {
		return [...this.requests];
	}

	violations(): Violation[] {
		return [...this.found];
	}
}
