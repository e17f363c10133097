import { WebSocket } from 'ws';
import { Bench, type Caller, until } from '../caller';

let bench: Bench;
let fondo: Caller;
let root: string;
beforeAll(async () => {
	bench = await Bench.open({
		settings: { fondo: { heartbeatSeconds: 0.05 }, finvis: { webhookRetryMilliseconds: 5 } },
	});
});
beforeEach(async () => {
	bench.admin.reset();
	fondo = await bench.fondo();
	root = `/v2/partner/client/${(await fondo.get('/v2/partner/client')).json[0].id}`;
});
afterAll(() => bench.stop());

describe('the Fondo event stream', () => {
	const open = (token = fondo.token): { socket: WebSocket; frames: any[] } => {
		const socket = new WebSocket(`${bench.sandbox.fondoUrl.replace('http', 'ws')}${root}/subscribe`, {
			headers: { authorization: `Bearer ${token}` },
		});
		const frames: any[] = [];
		socket.on('message', (data) => frames.push(JSON.parse(String(data))));
		return { socket, frames };
	};
	const opened = (socket: WebSocket) => new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
	const closed = (socket: WebSocket) => new Promise((resolve) => socket.once('close', resolve));

	it('sends heartbeats and every change', async () => {
		const { socket, frames } = open();
		await opened(socket);
		await until(() => frames.some(({ eventType }) => eventType === 'heartbeat'));
		const account = (await fondo.get(`${root}/account`)).json.find((one: any) => one.status === 'active' && one.balance > 500);
		const { json: order } = await fondo.post(`${root}/order`, {
			orderType: 'subscription',
			account: account.id,
			clientRef: 'S-1',
			instrument: 'SE0001862426SEK',
			amount: 200,
		});
		bench.admin.clock.advance(100 * 3600);
		await until(() => frames.some(({ eventType, current }) => eventType === 'order.update' && current.status === 'settled'));
		const types = frames.map(({ eventType }) => eventType).filter((type) => type !== 'heartbeat');
		expect(types.slice(0, 3)).toEqual(['order.create', 'account.update', 'order.update']);
		expect(new Set(types)).toEqual(new Set(['order.create', 'order.update', 'account.update', 'transaction.create']));
		const update = frames.find(({ eventType }) => eventType === 'order.update');
		expect(update).toMatchObject({
			current: { id: order.id, status: 'pending' },
			previous: { id: order.id, status: 'received' },
		});
		socket.close();
		await closed(socket);
	});

	it('sends events and cuts connections on request', async () => {
		const { socket, frames } = open();
		await opened(socket);
		await until(() => bench.admin.stream.connections() === 1);
		expect(bench.admin.stream.emit({ eventType: 'client.update', current: { name: 'X' } })).toBe(1);
		await until(() => frames.some(({ eventType }) => eventType === 'client.update'));
		const gone = closed(socket);
		expect(bench.admin.stream.cut()).toBe(1);
		await gone;
		await until(() => bench.admin.stream.connections() === 0);
	});

	it('applies request faults to a connection', async () => {
		bench.admin.faults.add({ match: { path: 'getWebsocket' }, times: 1, kind: 'status', status: 502 });
		const answer = new Promise<number | undefined>((resolve) =>
			open().socket.once('unexpected-response', (_request, response) => resolve(response.statusCode)),
		);
		expect(await answer).toBe(502);
		bench.admin.faults.add({ match: { path: 'getWebsocket' }, times: 1, kind: 'cut_before' });
		await expect(opened(open().socket)).rejects.toThrow();
	});

	it.each([
		['a wrong token', () => open('wrong'), 401],
		[
			'every token while the setting refuses upgrades',
			() => (bench.admin.settings.patch({ fondo: { refuseUpgrades: true } }), open()),
			503,
		],
	])('refuses %s', async (_name, connect, status) => {
		const { socket } = connect();
		const answer = await new Promise<number | undefined>((resolve) =>
			socket.once('unexpected-response', (_request, response) => resolve(response.statusCode)),
		);
		expect(answer).toBe(status);
	});
});
