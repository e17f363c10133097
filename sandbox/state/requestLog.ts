import type { ApiName } from './tokens';

export interface LoggedRequest {
	seq: number;
	time: string;
	api: ApiName;
	method: string;
	path: string;
	query: string;
	operationId?: string;
	/** 0 when the sandbox cut the connection without a response. */
	status: number;
	durationMs: number;
	clientId?: string;
	/** Kind of the injected fault. */
	fault?: string;
	/** The call executed a write. */
	acted?: boolean;
	replayed?: boolean;
	headers: Record<string, string>;
}

/** A response of the sandbox that does not match the contract. */
export interface ContractViolation {
	api: ApiName;
	operationId: string;
	status: number;
	problems: string[];
}

const KEPT_HEADERS = ['idempotency-key', 'x-tenant-id', 'user-agent', 'content-type', 'accept'];
const MAX_REQUESTS = 10_000;

export class RequestLog {
	private readonly requests: LoggedRequest[] = [];
	private readonly contractViolations: ContractViolation[] = [];
	private seq = 0;

	/** The log never keeps bodies or credentials. */
	write(request: Omit<LoggedRequest, 'seq' | 'headers'>, headers: Record<string, unknown>): void {
		const kept = KEPT_HEADERS.flatMap((name) => {
			const value = headers[name];
			return typeof value === 'string' ? [[name, value]] : [];
		});
		this.requests.push({ seq: ++this.seq, ...request, headers: Object.fromEntries(kept) });
		if (this.requests.length > MAX_REQUESTS) this.requests.shift();
	}

	writeViolation(violation: ContractViolation): void {
		this.contractViolations.push(violation);
	}

	read(): LoggedRequest[] {
		return [...this.requests];
	}

	violations(): ContractViolation[] {
		return [...this.contractViolations];
	}
}
