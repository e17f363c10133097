// Both simulated APIs as any other program of the company calls them, past n8n.
import { Failure } from '../base/failure';
import { bodyOf, fetchPatiently } from './fetchPatiently';

/** An object of an API. Tests compare its fields; the sandbox checks them against the contract. */
export interface Row {
	readonly id: string;
	readonly [field: string]: unknown;
}

interface Page<T> {
	readonly results: readonly T[];
	readonly next: string | null;
}

const JSON_BODY = { 'content-type': 'application/json' };

async function token(url: string, client: string): Promise<string> {
	const form = { grant_type: 'client_credentials', client_id: client, client_secret: `${client}-secret` };
	const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
	return (await bodyOf<{ access_token: string }>(response)).access_token;
}

class ApiClient {
	#token?: string;

	constructor(
		private readonly baseUrl: string,
		private readonly tokenPath: string,
		private readonly client: string,
		private readonly headers: (method: string, path: string, body: unknown) => Record<string, string> = () => ({}),
	) {}

	/** A new token, for a program without a client of its own. */
	async newToken(): Promise<string> {
		return await token(`${this.baseUrl}${this.tokenPath}`, this.client);
	}

	/** The status and the body of the answer. A refused token is renewed once. */
	async request<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
		const send = async () => {
			this.#token ??= await this.newToken();
			const headers = { ...JSON_BODY, ...this.headers(method, path, body), authorization: `Bearer ${this.#token}` };
			return await fetchPatiently(`${this.baseUrl}${path}`, {
				method,
				headers,
				body: body === undefined ? undefined : JSON.stringify(body),
			});
		};
		let response = await send();
		if (response.status === 401) {
			this.#token = undefined;
			response = await send();
		}
		return { status: response.status, body: await bodyOf<T>(response) };
	}

	/** The body of a good answer. */
	async send<T = Row>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.request<T>(method, path, body);
		if (answer.status < 400) return answer.body;
		throw new Failure(`${this.baseUrl}${path} answered ${answer.status} to ${method}: ${JSON.stringify(answer.body)}`);
	}

	async read<T = Row>(path: string): Promise<T> {
		return await this.send<T>('GET', path);
	}
}

/** Fondo; paths begin after /v2/partner. */
export class FondoClient extends ApiClient {
	constructor(fondoUrl: string) {
		super(`${fondoUrl}/v2/partner`, '/auth/token', 'fondo-demo');
	}
}

/** Finvis in the name of a person: `finvis-demo` prepares, `finvis-approver` may approve what `finvis-demo` prepared. */
export class FinvisClient extends ApiClient {
	constructor(finvisUrl: string, person = 'finvis-demo') {
		super(finvisUrl, '/auth/token/', person, (method, path, body): Record<string, string> =>
			method === 'GET' ? {} : { 'idempotency-key': `${person} ${method} ${path} ${JSON.stringify(body)}` },
		);
	}

	/** All rows of a list. */
	async list<T = Row>(path: string): Promise<T[]> {
		const rows: T[] = [];
		for (let page = 1; ; page += 1) {
			const { results, next } = await this.read<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}page=${page}&page_size=200`);
			rows.push(...results);
			if (!next) return rows;
		}
	}
}
