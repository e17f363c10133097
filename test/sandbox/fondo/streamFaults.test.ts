import { WebSocket } from 'ws';
import type { StreamFaultInput } from '../../../sandbox/fondo/streamFaults';
import { Bench, Caller, until } from '../caller';

let bench: Bench;
let fondo: Caller;
let clients: string[];
let sockets: WebSocket[];

beforeAll(async () => {
	bench = await Bench.open({ settings: { fondo: { heartbeatSeconds: 0.05 } } });
});
beforeEach(async () => {
	sockets = [];
	bench.admin.reset();
	fondo = await bench.fondo();
	clients = (await fondo.get('/v2/partner/client')).json.map(({ id }: { id: string }) => id);
});
afterEach(async () => {
	for (const socket of sockets) socket.terminate();
	await until(() => bench.admin.stream.connections() === 0);
});
afterAll(() => bench.stop());

function connect(path: string, token: string): WebSocket {
	const socket = new WebSocket(`${bench.sandbox.fondoUrl.replace('http', 'ws')}${path}`, { headers: { authorization: `Bearer ${token}` } });
	sockets.push(socket);
	return socket;
}

/** Connects to a client's stream. `received` has the numbers of the events, and the text of other frames. */
async function listen(clientId = clients[0]) {
	const received: Array<number | string> = [];
	const socket = connect(`/v2/partner/client/${clientId}/subscribe`, fondo.token);
	socket.on('message', (data) => {
		const text = String(data);
		if (!text.includes('heartbeat')) received.push(/"number":(\d+)/.exec(text)?.[1] === undefined ? text : Number(/\d+/.exec(text)?.[0]));
	});
	await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
	await until(() => bench.admin.stream.clientIds().includes(clientId ?? ''));
	return { received, socket };
}

const emitEvents = (count: number, clientId = clients[0]) => {
	for (let number = 1; number <= count; number += 1) bench.admin.stream.emit({ eventType: 'x.update', current: { number } }, clientId);
};

it.each<[StreamFaultInput, number[]]>([
	[{ kind: 'duplicate', every: 2 }, [1, 2, 2, 3, 4, 4]],
	[{ kind: 'lose', every: 3 }, [1, 2, 4]],
	[{ kind: 'lose', times: 2 }, [3, 4]],
	[{ kind: 'lose', probability: 0 }, [1, 2, 3, 4]],
	[{ kind: 'reorder' }, [2, 1, 4, 3]],
	[{ kind: 'late', times: 1, delayMs: 20 }, [2, 3, 4, 1]],
])('%j', async (fault, expected) => {
	const { received } = await listen();
	bench.admin.stream.faults.add(fault);
	emitEvents(4);
	await until(() => received.length === expected.length);
	expect(received).toEqual(expected);
});

it('a delayed event stays with its client, and arrives when the faults are cleared', async () => {
	const [one, other] = [await listen(clients[0]), await listen(clients[1])];
	expect(bench.admin.stream.clientIds()).toEqual([clients[0], clients[1]]);
	bench.admin.stream.faults.add({ kind: 'reorder', times: 1 });
	emitEvents(1, clients[0]);
	emitEvents(1, clients[1]);
	await until(() => other.received.length === 1);
	expect(one.received).toEqual([]);
	bench.admin.stream.faults.clear();
	await until(() => one.received.length === 1);
	expect([one.received, other.received]).toEqual([[1], [1]]);
});

it('garbage arrives before the event', async () => {
	const { received } = await listen();
	bench.admin.stream.faults.add({ kind: 'garbage', times: 1 });
	emitEvents(2);
	await until(() => received.includes(2));
	expect(received.slice(-2)).toEqual([1, 2]);
	expect(received.slice(0, -2).every((text) => typeof text === 'string')).toBe(true);
	expect(received.length).toBeGreaterThan(4);
});

it('silence stops heartbeats too, and keeps connections open', async () => {
	bench.admin.stream.faults.add({ kind: 'silence' });
	const { received, socket } = await listen();
	let beats = 0;
	socket.on('message', () => (beats += 1));
	emitEvents(3);
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect({ received, beats, open: socket.readyState === WebSocket.OPEN }).toEqual({ received: [], beats: 0, open: true });
	bench.admin.stream.faults.clear();
	await until(() => beats > 0);
});

it('cut terminates the connections after every nth event', async () => {
	bench.admin.stream.faults.add({ kind: 'cut', every: 2 });
	for (let round = 0; round < 3; round += 1) {
		const { socket } = await listen();
		const gone = new Promise((resolve) => socket.once('close', resolve));
		emitEvents(2);
		await gone;
		await until(() => bench.admin.stream.connections() === 0);
	}
	expect(bench.admin.stream.faults.list()).toMatchObject([{ kind: 'cut', seen: 6, applied: 3 }]);
});

it('the admin API adds and clears stream faults', async () => {
	const admin = new Caller(bench.sandbox.adminUrl, '');
	expect(await admin.post('/stream/faults', { kind: 'lose', every: 2 })).toMatchObject({
		status: 201,
		json: { faults: [{ kind: 'lose' }] },
	});
	expect((await admin.get('/stream')).json).toEqual({ connections: 0, clientIds: [] });
	expect((await admin.send('DELETE', '/stream/faults')).json).toEqual({ cleared: 1 });
	const { status, json } = await admin.post('/stream/faults', { kind: 'boom' });
	expect([status, json.error]).toEqual([400, expect.stringContaining('kind')]);
});

it.each([
	['an unknown client', '/v2/partner/client/unknown/subscribe', undefined, 403],
	['a client with a token that may not read', undefined, 'account:write', 403],
	['another address', '/v2/partner/subscribe', undefined, 404],
])('a connection to %s is refused', async (_name, path, scope, status) => {
	const { token } = await bench.fondo(scope);
	const socket = connect(path ?? `/v2/partner/client/${clients[0]}/subscribe`, token);
	expect(
		await new Promise((resolve) =>
			socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode)).on('error', () => {}),
		),
	).toBe(status);
});

it('one request books ten thousand deposits, and lists and stream show them', async () => {
	const { received } = await listen();
	const from = bench.admin.clock.now();
	const admin = new Caller(bench.sandbox.adminUrl, '');
	const { account, transactions } = (await admin.post('/deposits', { clientId: clients[0], count: 10_000, amount: 1 })).json;
	const rows = (await fondo.get(`/v2/partner/client/${clients[0]}/transaction/cash?modifiedFrom=${from}`)).json;
	expect(rows.map(({ id }: { id: string }) => id)).toEqual(transactions);
	const [saver] = (await fondo.get(`/v2/partner/client/${clients[0]}/account?modifiedFrom=${from}`)).json;
	expect(saver.id).toBe(account);
	await until(() => received.length === 20_000, 10_000);
	expect(bench.admin.ledger()).toEqual([]);
});
