// The process that starts the services of a test project owns them. The tests may run in another process, and control the services by HTTP.
import { createServer } from 'node:http';
import type { Restartable } from './service';

const actions: Readonly<Record<string, (service: Restartable) => Promise<void>>> = {
	start: async (service) => await service.start(),
	stop: async (service) => await service.stop(),
	kill: async (service) => await service.kill(),
};

/** Lets other processes start, stop and kill these services by name; returns the address. */
export async function serveProcessControl(services: Readonly<Record<string, Restartable>>): Promise<string> {
	const server = createServer((request, response) => {
		const [, name = '', action = ''] = (request.url ?? '').split('/');
		const [service, act] = [services[name], actions[action]];
		if (request.method !== 'POST' || !service || !act)
			return void response.writeHead(404).end(`There is no ${request.method} ${request.url}`);
		act(service).then(
			() => response.writeHead(204).end(),
			(error: unknown) => response.writeHead(500).end(String(error)),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	server.unref();
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The process control has no port');
	return `http://127.0.0.1:${address.port}`;
}

/** A service of another process; each act is done when its promise resolves. */
export function controlledService(controlUrl: string, name: string): Restartable {
	const ask = async (action: string) => {
		const response = await fetch(`${controlUrl}/${name}/${action}`, { method: 'POST' });
		if (!response.ok) throw new Error(await response.text());
	};
	return { start: async () => await ask('start'), stop: async () => await ask('stop'), kill: async () => await ask('kill') };
}
