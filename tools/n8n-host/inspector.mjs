import { once } from 'node:events';
import WebSocket from 'ws';

/** Node's own inspector of a program that was started with `--inspect=127.0.0.1:<port>`: { evaluate, collectGarbage, close }. */
export async function inspectorAt(port) {
	const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
	const socket = new WebSocket(webSocketDebuggerUrl);
	await once(socket, 'open');
	let lastId = 0;
	const waiting = new Map();
	socket.on('message', (data) => {
		const { id, result, error } = JSON.parse(String(data));
		const { resolve, reject } = waiting.get(id) ?? {};
		waiting.delete(id);
		if (error) reject?.(new Error(error.message));
		else resolve?.(result);
	});
	const call = async (method, params) =>
		await new Promise((resolve, reject) => {
			waiting.set(++lastId, { resolve, reject });
			socket.send(JSON.stringify({ id: lastId, method, params }));
		});
	return {
		evaluate: async (expression) => (await call('Runtime.evaluate', { expression, returnByValue: true })).result.value,
		collectGarbage: async () => await call('HeapProfiler.collectGarbage'),
		close: () => socket.close(),
	};
}
