interface Message {
	readonly id?: number;
	readonly method: string;
	readonly params?: unknown;
}

/** A client of n8n's MCP Server Trigger, which calls tools as an AI does, without a model. */
export class McpClient {
	#session = '';

	#id = 0;

	constructor(private readonly url: string) {}

	async #send<T>(message: Message): Promise<T | undefined> {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(this.#session && { 'mcp-session-id': this.#session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
		this.#session = response.headers.get('mcp-session-id') ?? this.#session;
		const text = await response.text();
		const data =
			text
				.split('\n')
				.find((line) => line.startsWith('data: '))
				?.slice(6) ?? text;
		if (message.id === undefined) return undefined;
		if (!response.ok || !data.includes('"result"'))
			throw new Error(`${this.url} answered ${response.status} to ${message.method}: ${text}`);
		return JSON.parse(data).result;
	}

	async #ask<T>(method: string, params: unknown): Promise<T> {
		this.#id += 1;
		const result = await this.#send<T>({ id: this.#id, method, params });
		if (result === undefined) throw new Error(`${method} has no result`);
		return result;
	}

	async open() {
		await this.#ask('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } });
		await this.#send({ method: 'notifications/initialized' });
	}

	/** The names of the tools. */
	async tools(): Promise<string[]> {
		return (await this.#ask<{ tools: Array<{ name: string }> }>('tools/list', {})).tools.map(({ name }) => name);
	}

	/** The answer of the tool, as text. */
	async call(name: string, values = {}): Promise<string> {
		const { content } = await this.#ask<{ content: Array<{ text: string }> }>('tools/call', { name, arguments: values });
		return content.map(({ text }) => text).join('\n');
	}
}
