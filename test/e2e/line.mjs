import { connect, createServer } from 'node:net';

/** A line to a port of this machine, as n8n's way to a vendor: it can go down, with every connection on it, and come up again. */
export async function layLine(to) {
	const sockets = new Set();
	const track = (socket) => sockets.add(socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket)));
	let isUp = true;
	const server = createServer((near) => {
		if (!isUp) return near.resetAndDestroy();
		const far = connect(to, '127.0.0.1');
		track(near);
		track(far);
		near.pipe(far).pipe(near);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const cut = () => {
		for (const socket of sockets) socket.destroy();
	};
	return {
		url: `http://127.0.0.1:${server.address().port}`,
		up: () => (isUp = true),
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
