import { createServer, type Server } from 'node:http';

/** A server that receives webhooks and callbacks. It answers 200 unless `responses` contains another status. */
export class Receiver {
	readonly received: Array<{ body: string; signature: string | undefined }> = [];
	/** Statuses of the next responses. */
	readonly responses: number[] = [];

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	static async open(): Promise<Receiver> {
		const server = createServer((request, response) => {
			let body = '';
			request.on('data', (part) => (body += part));
			request.on('end', () => {
				receiver.received.push({ body, signature: request.headers['x-finvis-signature']?.toString() });
				response.writeHead(receiver.responses.shift() ?? 200).end();
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		const receiver = new Receiver(server, `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`);
		return receiver;
	}

	close(): Promise<unknown> {
		return new Promise((resolve) => this.server.close(resolve));
	}
}
