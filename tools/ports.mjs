import { createServer } from 'node:net';
import { Failure } from './failure.mjs';

const HOST = '127.0.0.1';

async function listen(port) {
	const server = createServer();
	await new Promise((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
	const taken = server.address().port;
	await new Promise((resolve) => server.close(resolve));
	return taken;
}

export const freePort = async () => await listen(0);

/** Refuses to go on when something else already listens there. */
export async function requireFreePort(port, use, option) {
	try {
		await listen(port);
	} catch (error) {
		if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
		throw new Failure(
			`Port ${port} for ${use} is ${error.code === 'EACCES' ? 'not allowed' : 'already in use'}`,
			`stop what uses it, or choose another port with ${option} <port>`,
		);
	}
}
