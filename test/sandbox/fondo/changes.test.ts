import { WebSocket } from 'ws';
import { Bench, type Caller, until } from '../caller';

const FUND = 'SE0001862426SEK';
const NO_SERVER = 'http://127.0.0.1:9/callback';
const LISTS = { account: ['account'], order: ['order'], transaction: ['transaction/cash', 'transaction/fund'] };
/** Addresses that show the current state of an object. */
const ADDRESSES: Record<string, (id: string) => string[]> = {
	client: () => [''],
	account: (id) => [`/account/${id}`],
	order: (id) => [`/order/${id}`],
	journey: (id) => [`/journey/${id}`],
	transaction: (id) => [`/transaction/cash/${id}`, `/transaction/fund/${id}`],
	allocationPlan: (id) => [`/allocationplan/${id}`],
	paymentInstruction: (id) => [`/instruction/${id}`],
};

let bench: Bench;
let fondo: Caller;
let root: string;
let start: string;
let before: Map<string, unknown>;
let framesByObject: Map<string, any[]>;

async function read(address: string) {
	const { status, json } = await fondo.get(`${root}${address}`);
	return status === 200 ? json : undefined;
}

/** Does everything that a partner and its customers can do to objects. */
async function changeEverything() {
	const accounts: any[] = await read('/account');
	const funded = accounts.filter(({ status, balance, deleted }) => status === 'active' && balance > 2000 && deleted !== true);
	const payer = funded.find(({ bankAccounts, positions }) => bankAccounts.length > 0 && positions.length > 0);
	const [position] = payer.positions;
	const order = (rest: object) => ({ account: payer.id, clientRef: 'L-1', executorRef: 'E-1', ...rest });
	const buy = order({ orderType: 'subscription', instrument: FUND, amount: 300 });
	const sell = order({ orderType: 'redemption', instrument: position.instrument, units: Math.min(1, position.units / 4) });
	const succeed = async (request: Promise<{ status: number; text: string; json: any }>) => {
		const { status, text, json } = await request;
		if (status >= 300) throw new Error(`${status} ${text}`);
		return json;
	};
	await succeed(fondo.post(`${root}/order`, buy));
	await succeed(fondo.post(`${root}/order`, sell));
	const [{ id: bankAccount }] = payer.bankAccounts;
	await succeed(fondo.post(`${root}/order/withdrawal`, { ...sell, bankAccount }));
	for (const body of [buy, sell])
		await succeed(fondo.send('DELETE', `${root}/order/${(await succeed(fondo.post(`${root}/order`, body))).id}`));
	await succeed(fondo.post(`${root}/account/${payer.id}/withdrawal`, { amount: 50, bankAccount, clientRef: 'L-2', executorRef: 'E-1' }));
	await succeed(
		fondo.post(`${root}/instruction/payment`, { type: 'autogiro', payments: [{ account: payer.id, amount: 110, clientRef: 'L-3' }] }),
	);
	bench.admin.deposits({ accountId: payer.id, count: 3 });
	for (const displayName of ['One', 'Two', 'Three']) await succeed(fondo.send('PATCH', root, { body: { displayName } }));
	const [plan] = await read('/allocationplan');
	const saver = accounts.find(({ id }) => id === plan.account);
	await succeed(fondo.send('PATCH', `${root}/allocationplan/${plan.id}`, { body: { bankAccount: saver.bankAccounts.at(-1).id } }));
	for (const action of ['complete', 'cancel', undefined]) {
		const journey = await succeed(fondo.post(`${root}/journey`, { journey: {}, callbackUrl: NO_SERVER, scope: null }));
		await fetch(journey.url);
		if (action !== undefined) await fetch(`${journey.url}/${action}`, { method: 'POST' });
		if (action !== 'complete') continue;
		const { result } = await read(`/journey/${journey.id}`);
		await succeed(fondo.send('DELETE', `${root}/account/${result.account}`));
	}
	bench.admin.clock.advance(200 * 3600);
}

beforeAll(async () => {
	bench = await Bench.open();
	fondo = await bench.fondo();
	root = `/v2/partner/client/${(await fondo.get('/v2/partner/client')).json[0].id}`;
	start = bench.admin.clock.now();
	const known = [[await read('')], await read('/account'), await read('/allocationplan')].flat();
	before = new Map(known.map((one: any) => [one.id, one]));
	const frames: any[] = [];
	const socket = new WebSocket(`${bench.sandbox.fondoUrl.replace('http', 'ws')}${root}/subscribe/`, {
		headers: { authorization: `Bearer ${fondo.token}` },
	});
	socket.on('message', (data) => frames.push(JSON.parse(String(data))));
	await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
	await changeEverything();
	// The first token has expired by now.
	fondo = await bench.fondo();
	bench.admin.stream.emit({ eventType: 'end.update' });
	await until(() => frames.some(({ eventType }) => eventType === 'end.update'));
	socket.close();
	framesByObject = new Map();
	for (const { eventType, current, previous } of frames) {
		if (eventType === 'heartbeat' || eventType === 'end.update') continue;
		const key = `${eventType.split('.')[0]} ${(current ?? previous).id}`;
		framesByObject.set(key, [...(framesByObject.get(key) ?? []), { eventType, current, previous }]);
	}
});
afterAll(() => bench.stop());

const objectsOf = () =>
	[...framesByObject].map(([key, frames]) => ({ object: key.split(' ')[0] ?? '', id: key.split(' ')[1] ?? '', frames }));

it('every kind of object has events', () => {
	const kinds = new Set(objectsOf().map(({ object }) => object));
	expect([...kinds].sort()).toEqual([
		'account',
		'allocationPlan',
		'client',
		'journey',
		'order',
		'payment',
		'paymentInstruction',
		'transaction',
	]);
	const endings = (object: string) =>
		new Set(objectsOf().flatMap((one) => (one.object === object ? (one.frames.at(-1).current?.status ?? 'deleted') : [])));
	expect(endings('order')).toEqual(new Set(['settled', 'canceled']));
	expect(endings('journey')).toEqual(new Set(['complete', 'canceled', 'expired']));
	expect(endings('account')).toContain('deleted');
	expect(endings('paymentInstruction')).toEqual(new Set(['completed']));
});

it('the events of an object form a chain: each one has the state before it as previous', () => {
	for (const { object, id, frames } of objectsOf()) {
		const chain = frames.map(({ previous }) => previous);
		const states = [before.get(id), ...frames.map(({ current }) => current)].slice(0, -1);
		expect({ object, chain }).toEqual({ object, chain: states });
		expect(
			frames.every(({ eventType, previous }, index) => eventType.endsWith('.create') === (index === 0 && previous === undefined)),
		).toBe(true);
	}
});

it('every state of an object has a later modifiedDate than the state before', () => {
	for (const { object, frames } of objectsOf()) {
		const dates = frames.flatMap(({ current }) => current?.modifiedDate ?? []);
		expect({ object, dates }).toEqual({ object, dates: [...new Set(dates)].sort() });
	}
});

it('a read over REST returns the state of the last event', async () => {
	for (const { object, id, frames } of objectsOf()) {
		const { eventType, current, previous } = frames.at(-1);
		if (object === 'payment') continue;
		const rows = await Promise.all((ADDRESSES[object]?.(id) ?? []).map(read));
		const row = rows.find((one) => one !== undefined);
		const deleted = { ...previous, deleted: true, deletedDate: row.deletedDate, modifiedDate: row.modifiedDate };
		expect(row).toEqual(eventType.endsWith('.delete') ? deleted : current);
	}
	const instruction = objectsOf().find(({ object }) => object === 'paymentInstruction');
	const payments = objectsOf().filter(({ object }) => object === 'payment');
	expect(await read(`/instruction/${instruction?.id}/payment`)).toEqual(payments.map(({ frames }) => frames.at(-1).current));
});

it('the lists show every changed object, closed accounts too', async () => {
	for (const [object, lists] of Object.entries(LISTS)) {
		const rows = (await Promise.all(lists.map((list) => read(`/${list}?modifiedFrom=${start}`)))).flat();
		const changed = objectsOf().flatMap((one) => (one.object === object ? [one.id] : []));
		expect(rows.map(({ id }) => id).sort()).toEqual(changed.sort());
		if (object === 'account') expect(rows.filter(({ deleted }) => deleted)).toHaveLength(1);
	}
});

it('every response matches the contract', () => expect(bench.admin.violations()).toEqual([]));
