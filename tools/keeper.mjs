// The programs of a suite belong to the process that started the suite; the tests run in another one and ask here.
import { createServer } from 'node:http';

const ACTIONS = ['start', 'stop', 'kill'];

/** Lets the tests start, stop and kill these services, by name: the address to ask at. */
export async function keepFor(services) {
	const server = createServer(async ({ method, url }, response) => {
		const [, name, action] = url.split('/');
		const isKnown = method === 'POST' && name in services && ACTIONS.includes(action);
		const failure = isKnown ? await services[name][action]().then(() => undefined, String) : `There is no ${method} ${url}`;
		response.writeHead(failure === undefined ? 204 : 500).end(failure);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	server.unref();
	return `http://127.0.0.1:${server.address().port}`;
}

/** A service as the tests reach it: { start, stop, kill }, each done when it resolves. */
export function keptService(keeperUrl, name) {
	const ask = async (action) => {
		const response = await fetch(`${keeperUrl}/${name}/${action}`, { method: 'POST' });
		if (!response.ok) throw new Error(await response.text());
	};
	return Object.fromEntries(ACTIONS.map((action) => [action, async () => await ask(action)]));
}
