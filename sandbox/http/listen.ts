import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { refusalOf } from './guard';

export interface Listener {
	server: Server;
	url: string;
	stop(): Promise<void>;
}

/** Listens on loopback only, and keeps web pages out. The error of a port that cannot be opened says what to do. */
export function listen(name: string, port: number, handler: RequestListener): Promise<Listener> {
	const server = createServer((request, response) => {
		const refusal = refusalOf(request);
		if (refusal === undefined) handler(request, response);
		else response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' }).end(refusal);
	});
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(name, port, error)));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			const used = typeof address === 'object' && address !== null ? address.port : port;
			resolve({ server, url: `http://127.0.0.1:${used}`, stop: () => close(server, sockets) });
		});
	});
}

function close(server: Server, sockets: Set<Socket>): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		for (const socket of sockets) socket.destroy();
	});
}

function listenError(name: string, port: number, error: NodeJS.ErrnoException): Error {
	const option = `--${name.toLowerCase()}-port`;
	if (error.code === 'EADDRINUSE') {
		return new Error(
			`Port ${port} for ${name} is already in use. Stop the program that uses it, or choose another port with ${option} (0 takes a free one).`,
		);
	}
	if (error.code === 'EACCES') {
		return new Error(`Port ${port} for ${name} may not be opened by this user. Choose a port above 1023 with ${option}.`);
	}
	return new Error(`Port ${port} for ${name} could not be opened: ${error.message}`);
}
