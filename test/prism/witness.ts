import { createServer, request as ask, type IncomingHttpHeaders, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call as it came by: what was asked, what Prism answered, and what it found wrong with either. */
export interface Seen {
	readonly method: string;
	readonly path: string;
	readonly url: string;
	readonly sent: string;
	readonly status: number;
	readonly violations?: string;
}

async function listen(listener: RequestListener) {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { server, url: `http://127.0.0.1:${port}` };
}

const end = async (server: Server) => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
};

async function textOf(stream: IncomingMessage) {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** Prism answers a write with the contract's example. An API shows the values that it was sent, so they take the place of the example's. */
function withSentValues(answer: Buffer, sent: Buffer): Buffer {
	const [shown, given] = [answer, sent].map((text) => JSON.parse(text.toString('utf8')) as unknown);
	if (!isObject(shown) || !isObject(given)) return answer;
	const rows = Array.isArray(given.payments) ? (given.payments as Array<{ amount: unknown }>) : [];
	const sum = rows.reduce((total, { amount }) => total + Number(amount), 0).toFixed(2);
	const values = rows.length > 0 ? { ...given, total_amount: sum, payment_count: rows.length } : given;
	const known = Object.entries(values).filter(([name]) => name in shown);
	return Buffer.from(JSON.stringify({ ...shown, ...Object.fromEntries(known) }));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isJson = ({ 'content-type': type }: IncomingHttpHeaders) => type?.startsWith('application/json') === true;

/** A proxy between the nodes and Prism that records every call. Serves at `prefix`, as Finvis does, and can ask Prism for another response. */
export async function startWitness(prism: string, prefix: string) {
	const seen: Seen[] = [];
	let prefer: { status: number; of: (method: string, path: string) => boolean } | undefined;

	const { server, url } = await listen(async (incoming, outgoing) => {
		const method = incoming.method ?? '';
		const target = new URL(incoming.url ?? '', prism);
		if (!target.pathname.startsWith(`${prefix}/`)) return void outgoing.writeHead(404).end();
		target.pathname = target.pathname.slice(prefix.length);
		const { pathname: path, search } = target;
		const sent = await textOf(incoming);
		// Fondo answers a check of its own without content.
		const status = prefer?.of(method, path) ? prefer.status : target.searchParams.get('validate-only') === 'true' ? 204 : undefined;
		const headers = { ...incoming.headers, host: target.host, ...(status === undefined ? {} : { prefer: `code=${status}` }) };
		const call = ask(target, { method, headers }, async (answer) => {
			const body = await textOf(answer);
			const violations = answer.headers['sl-violations'];
			seen.push({
				method,
				path,
				url: path + search,
				sent: sent.toString('utf8'),
				status: answer.statusCode ?? 0,
				...(violations === undefined ? {} : { violations: String(violations) }),
			});
			const isWrite =
				method === 'POST' && (answer.statusCode === 200 || answer.statusCode === 201) && isJson(incoming.headers) && isJson(answer.headers);
			const { 'content-length': _, ...kept } = answer.headers;
			outgoing.writeHead(answer.statusCode ?? 502, kept).end(isWrite ? withSentValues(body, sent) : body);
		});
		call.on('error', () => outgoing.destroy());
		call.end(sent);
	});

	return {
		url: url + prefix,
		/** The calls since the last time. */
		take: () => seen.splice(0),
		/** From now on Prism shall answer these calls with this status; without arguments, with success again. */
		prefer: (status?: number, of: (method: string, path: string) => boolean = () => true) =>
			(prefer = status === undefined ? undefined : { status, of }),
		stop: async () => await end(server),
	};
}

/** An address of our own to be called back at: Prism does call the addresses that it is given. */
export async function startListener() {
	const calls: string[] = [];
	const { server, url } = await listen(async (incoming, outgoing) => {
		calls.push(`${incoming.method} ${incoming.url}`);
		await textOf(incoming);
		outgoing.end();
	});
	return { url, calls, stop: async () => await end(server) };
}
