import { once } from 'node:events';
import WebSocket from 'ws';
import { bodyOf } from '../fetchPatiently';

interface Reply {
	readonly id: number;
	readonly result: unknown;
	readonly error?: { message: string };
}

/** The debugger of a Node program that was started with `--inspect=127.0.0.1:<port>`. */
export interface Inspector {
	/** The JSON value of an expression inside the program. */
	evaluate<T>(expression: string): Promise<T>;
	collectGarbage(): Promise<void>;
	close(): void;
}

export async function inspectorAt(port: number): Promise<Inspector> {
	const list = await fetch(`http://127.0.0.1:${port}/json/list`);
	const [{ webSocketDebuggerUrl }] = await bodyOf<Array<{ webSocketDebuggerUrl: string }>>(list);
	const socket = new WebSocket(webSocketDebuggerUrl);
	await once(socket, 'open');
	let lastId = 0;
	const waiting = new Map<number, (reply: Reply) => void>();
	socket.on('message', (data) => {
		const reply: Reply = JSON.parse(String(data));
		waiting.get(reply.id)?.(reply);
		waiting.delete(reply.id);
	});
	const call = async (method: string, params?: unknown) => {
		const id = ++lastId;
		const answered = new Promise<Reply>((resolve) => waiting.set(id, resolve));
		socket.send(JSON.stringify({ id, method, params }));
		return await answered;
	};
	return {
		evaluate: async <T>(expression: string) => {
			const { result, error } = await call('Runtime.evaluate', { expression, returnByValue: true });
			if (error) throw new Error(error.message);
			const { result: remote } = result as { result: { value: T } };
			return remote.value;
		},
		collectGarbage: async () => {
			const { error } = await call('HeapProfiler.collectGarbage');
			if (error) throw new Error(error.message);
		},
		close: () => socket.close(),
	};
}
