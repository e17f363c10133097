import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Failure } from './failure.mjs';

const HOST = '127.0.0.1';

// Below the ports that systems give to outgoing connections (Linux 32768-60999, IANA 49152-65535), so that none of those takes one
// between the look and the start of the server it is for.
let next = randomInt(20_000, 30_000);

async function listen(port) {
	const server = createServer();
	await new Promise((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
	await new Promise((resolve) => server.close(resolve));
}

const isRefused = ({ code }) => code === 'EADDRINUSE' || code === 'EACCES';

/** A port nothing listens on, never the same twice in a process. */
export async function freePort() {
	for (;;) {
		const port = next++;
		try {
			await listen(port);
			return port;
		} catch (error) {
			if (!isRefused(error)) throw error;
		}
	}
}

/** Refuses to go on when something else already listens there. */
export async function requireFreePort(port, use, option) {
	try {
		await listen(port);
	} catch (error) {
		if (!isRefused(error)) throw error;
		throw new Failure(
			`Port ${port} for ${use} is ${error.code === 'EACCES' ? 'not allowed' : 'already in use'}`,
			`stop what uses it, or choose another port with ${option} <port>`,
		);
	}
}
