import { connect, createServer, type Socket } from 'node:net';

export interface Line {
	readonly url: string;
	up(): void;
	/** Resets every connection, and refuses new ones. */
	down(): void;
	remove(): Promise<void>;
}

/** A proxy to a port of this machine: the network between n8n and a vendor, which can fail and come back. */
export async function layLine(to: number): Promise<Line> {
	const sockets = new Set<Socket>();
	const track = (socket: Socket) => sockets.add(socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket)));
	let isUp = true;
	const server = createServer((near) => {
		if (!isUp) return void near.resetAndDestroy();
		const far = connect(to, '127.0.0.1');
		track(near);
		track(far);
		near.pipe(far).pipe(near);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The line has no port');
	const cut = () => {
		for (const socket of sockets) socket.destroy();
	};
	return {
		url: `http://127.0.0.1:${address.port}`,
		up: () => {
			isUp = true;
		},
		down: () => {
			isUp = false;
			cut();
		},
		remove: async () => {
			cut();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
