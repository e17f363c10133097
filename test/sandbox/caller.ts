import { FINVIS_DEMO, FONDO_DEMO, type Identity, type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox';

export interface CallResponse {
	status: number;
	headers: Headers;
	text: string;
	// Untyped, so that a test reads a response without repeating the types of the API.
	json: any;
}

interface CallOptions {
	body?: unknown;
	key?: string;
	headers?: Record<string, string>;
}

/** A sandbox, with callers that have a token. */
export class Bench {
	private constructor(readonly sandbox: Sandbox) {}

	static async open(options: SandboxOptions = {}): Promise<Bench> {
		return new Bench(await startSandbox(options));
	}

	get admin(): Sandbox['admin'] {
		return this.sandbox.admin;
	}

	async fondo(scope?: string): Promise<Caller> {
		const form = {
			grant_type: 'client_credentials',
			client_id: FONDO_DEMO.clientId,
			client_secret: FONDO_DEMO.clientSecret,
		};
		const { json } = await post(`${this.sandbox.fondoUrl}/v2/partner/auth/token`, new URLSearchParams(scope ? { ...form, scope } : form));
		return new Caller(this.sandbox.fondoUrl, json.access_token);
	}

	async finvis({ clientId, clientSecret }: Identity = FINVIS_DEMO, scope?: string): Promise<Caller> {
		const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
		const { json } = await post(`${this.sandbox.finvisUrl}/auth/token/`, new URLSearchParams(scope ? { ...form, scope } : form));
		return new Caller(this.sandbox.finvisUrl, json.access_token);
	}

	stop(): Promise<void> {
		return this.sandbox.stop();
	}
}

export class Caller {
	constructor(
		readonly base: string,
		readonly token: string,
	) {}

	get(path: string, headers: Record<string, string> = {}): Promise<CallResponse> {
		return this.send('GET', path, { headers });
	}

	post(path: string, body?: unknown, key?: string): Promise<CallResponse> {
		return this.send('POST', path, { body, key });
	}

	async send(method: string, path: string, { body, key, headers = {} }: CallOptions = {}): Promise<CallResponse> {
		const response = await fetch(`${this.base}${path}`, {
			method,
			headers: {
				authorization: `Bearer ${this.token}`,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...(key === undefined ? {} : { 'idempotency-key': key }),
				...headers,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return toCallResponse(response);
	}
}

export async function post(url: string, body: URLSearchParams | string, headers: Record<string, string> = {}): Promise<CallResponse> {
	return toCallResponse(await fetch(url, { method: 'POST', body, headers }));
}

async function toCallResponse(response: Response): Promise<CallResponse> {
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') === true;
	return { status: response.status, headers: response.headers, text, json: isJson ? parseJson(text) : undefined };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Waits until a condition is true, for example until an event or a callback arrives. */
export async function until(condition: () => boolean, milliseconds = 3000): Promise<void> {
	const end = Date.now() + milliseconds;
	while (!condition()) {
		if (Date.now() > end) throw new Error('The condition did not become true in time');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
