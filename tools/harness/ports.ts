import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import getPort, { portNumbers } from 'get-port';
import { Failure } from '../base/failure';
import { codeOf } from '../base/lock';

const HOST = '127.0.0.1';

// Below the ports that systems use for outgoing connections (Linux 32768-60999, IANA 49152-65535). Otherwise an outgoing connection could
// take the port before its server starts.
const FIRST = randomInt(20_000, 30_000);
const LAST = 32_000;

/** A port without a listener; a process never gets the same port twice. */
export const freePort = async (): Promise<number> => await getPort({ host: HOST, port: portNumbers(FIRST, LAST), reserve: true });

/** Throws a Failure when another program already listens on the port; `option` is the option that chooses another port. */
export async function requireFreePort(port: number, use: string, option: string): Promise<void> {
	const server = createServer();
	try {
		await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
	} catch (error) {
		const code = codeOf(error);
		if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
		throw new Failure(
			`Port ${port} for ${use} is ${code === 'EACCES' ? 'not allowed' : 'already in use'}`,
			`stop what uses it, or choose another port with ${option} <port>`,
		);
	}
	await new Promise((resolve) => server.close(resolve));
}
