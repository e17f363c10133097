import { Bench, type Caller } from '../caller';

const HOUR = 3600;
let bench: Bench;
let fondo: Caller;
let root: string;
let account: any;
beforeAll(async () => {
	bench = await Bench.open();
});
beforeEach(async () => {
	bench.admin.reset();
	fondo = await bench.fondo();
	root = `/v2/partner/client/${(await fondo.get('/v2/partner/client')).json[0].id}`;
	account = (await fondo.get(`${root}/account`)).json.find(
		(one: any) => one.status === 'active' && one.balance > 1000 && one.positions.length > 0,
	);
});
afterEach(() => expect(bench.admin.violations()).toEqual([]));
afterAll(() => bench.stop());

const readAccount = async () => (await fondo.get(`${root}/account/${account.id}`)).json;
const positionIn = (of: any, instrument: string) => of.positions.find((one: any) => one.instrument === instrument);
const subscription = (fields = {}) => ({
	orderType: 'subscription',
	account: account.id,
	clientRef: 'REF-1',
	executorRef: '191212121212',
	instrument: 'SE0001862426SEK',
	amount: 500,
	...fields,
});
const redemption = (fields = {}) => ({
	orderType: 'redemption',
	account: account.id,
	clientRef: 'REF-2',
	executorRef: '191212121212',
	instrument: account.positions[0].instrument,
	units: 2.5,
	...fields,
});

it('a subscription goes from received to settled and becomes units', async () => {
	const { status, json: order } = await fondo.post(`${root}/order`, subscription());
	expect([status, order.status, order.clientRef]).toEqual([200, 'received', 'REF-1']);
	expect((await readAccount()).balance).toBeCloseTo(account.balance - 500, 2);
	const statuses: string[] = [];
	for (const seconds of [5 * 60, HOUR, 24 * HOUR, 48 * HOUR]) {
		bench.admin.clock.advance(seconds);
		statuses.push((await fondo.get(`${root}/order/${order.id}`)).json.status);
	}
	expect(statuses).toEqual(['pending', 'sent', 'confirmed', 'settled']);
	const settled = (await fondo.get(`${root}/order/${order.id}`)).json;
	const [cash] = (await fondo.get(`${root}/transaction/cash?ref=${order.id}`)).json;
	const [fund] = (await fondo.get(`${root}/transaction/fund?ref=${order.id}`)).json;
	expect(cash).toMatchObject({
		transactionType: 'subscription',
		debitAccount: account.id,
		amount: 500,
		clientRef: 'REF-1',
	});
	expect(fund).toMatchObject({ transactionType: 'subscription', units: settled.units, clientRef: 'REF-1' });
	const before = positionIn(account, 'SE0001862426SEK')?.units ?? 0;
	expect(positionIn(await readAccount(), 'SE0001862426SEK').units).toBeCloseTo(before + settled.units, 4);
});

it('a redemption adds cash at settlement', async () => {
	const { json: order } = await fondo.post(`${root}/order`, redemption());
	const reduced = positionIn(await readAccount(), order.instrument);
	expect(reduced.units).toBeCloseTo(account.positions[0].units - 2.5, 6);
	expect(reduced.unitsSettled).toBe(account.positions[0].unitsSettled);
	bench.admin.clock.advance(100 * HOUR);
	const { amount } = (await fondo.get(`${root}/order/${order.id}`)).json;
	expect(amount).toBeCloseTo(2.5 * account.positions[0].closePrice, 2);
	expect((await readAccount()).balance).toBeCloseTo(account.balance + amount, 2);
});

it('the ledger has each accepted order, also a repeated one', async () => {
	await fondo.post(`${root}/order`, subscription());
	await fondo.post(`${root}/order`, subscription());
	await fondo.post(`${root}/order`, redemption());
	expect(bench.admin.ledger('REF-1')).toHaveLength(2);
	expect(bench.admin.ledger()[0]).toEqual({
		seq: 1,
		time: expect.any(String),
		api: 'fondo',
		kind: 'order',
		reference: 'REF-1',
		objectId: expect.any(String),
		amount: '500.00',
		currency: 'SEK',
		account: account.id,
		counterparty: 'SE0001862426SEK',
	});
	expect(bench.admin.ledger('REF-2')[0]).toMatchObject({ units: 2.5 });
	const listed = (await fondo.get(`${root}/order?modifiedFrom=2026-01-01T00:00:00.000Z`)).json;
	expect(listed.map((one: any) => one.clientRef)).toEqual(['REF-1', 'REF-1', 'REF-2']);
});

it('validate-only stores nothing', async () => {
	const { status, json } = await fondo.post(`${root}/order?validate-only=true`, subscription());
	expect([status, json.id, json.amount]).toEqual([200, undefined, 500]);
	bench.admin.settings.patch({ fondo: { validateOnlyAnswer: 'empty' } });
	expect((await fondo.post(`${root}/order?validate-only=true`, subscription())).status).toBe(204);
	expect((await fondo.post(`${root}/order?validate-only=true`, subscription({ amount: 1e9 }))).status).toBe(400);
	expect((await fondo.post(`${root}/order?validate-only=perhaps`, subscription())).status).toBe(400);
	expect([bench.admin.ledger(), (await readAccount()).balance]).toEqual([[], account.balance]);
});

it('a create can answer without a body, and the order exists', async () => {
	bench.admin.settings.patch({ fondo: { createAnswer: 'empty' } });
	const { status, text } = await fondo.post(`${root}/order`, subscription());
	expect([status, text]).toEqual([204, '']);
	expect((await fondo.get(`${root}/order?modifiedFrom=2026-01-01T00:00:00.000Z`)).json).toHaveLength(1);
});

it('an order can be canceled while it is received or pending', async () => {
	const { json: first } = await fondo.post(`${root}/order`, subscription());
	const { json: second } = await fondo.post(`${root}/order`, redemption());
	const canceled = await fondo.send('DELETE', `${root}/order/${first.id}`);
	expect([canceled.status, canceled.json.status, typeof canceled.json.canceledDate]).toEqual([200, 'canceled', 'string']);
	expect((await readAccount()).balance).toBe(account.balance);
	expect(bench.admin.ledger('REF-1')[0]?.canceled).toBe(true);
	bench.admin.clock.advance(2 * HOUR);
	const late = await fondo.send('DELETE', `${root}/order/${second.id}`);
	expect([late.status, late.json.error_description]).toEqual([
		400,
		'An order can be canceled while it is received or pending; this one is sent',
	]);
	bench.admin.clock.advance(100 * HOUR);
	expect((await fondo.get(`${root}/order/${first.id}`)).json.status).toBe('canceled');
});

it.each([
	['more cash than the account has', () => subscription({ amount: 1e8 }), /not enough cash/],
	['a zero amount', () => subscription({ amount: 0 }), /greater than 0/],
	['less than the minimum amount', () => subscription({ amount: 99 }), /at least 100 SEK/],
	['an unknown instrument', () => subscription({ instrument: 'SE0000000000SEK' }), /does not exist/],
	['an unknown account', () => subscription({ account: '00000000-0000-4000-8000-000000000000' }), /does not exist at this client/],
	['more units than the account has', () => redemption({ units: 1e7 }), /not enough units/],
	['too many decimals', () => redemption({ units: 0.123456789 }), /seven decimals/],
	['an amount instead of units', () => ({ ...redemption(), units: undefined, amount: 5 }), /units/],
])('refuses %s', async (_name, body, message) => {
	const { status, json } = await fondo.post(`${root}/order`, body());
	expect([status, json.error]).toEqual([400, 'invalid_request']);
	expect(json.error_description).toMatch(message);
	expect(bench.admin.ledger()).toEqual([]);
});

it('refuses an account that is not active', async () => {
	const pending = (await fondo.get(`${root}/account`)).json.find((one: any) => one.status !== 'active');
	expect((await fondo.post(`${root}/order`, subscription({ account: pending.id }))).json.error_description).toMatch(/not active/);
});
