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
const redemption = (fields = {}) => ({
	orderType: 'redemption',
	account: account.id,
	clientRef: 'REF-2',
	executorRef: '191212121212',
	instrument: account.positions[0].instrument,
	units: 2.5,
	...fields,
});

it('an order withdrawal pays out the proceeds', async () => {
	const bankAccount = account.bankAccounts[0];
	const { json: order } = await fondo.post(`${root}/order/withdrawal`, redemption({ bankAccount: bankAccount.id }));
	expect(bench.admin.ledger()[0]).toMatchObject({ kind: 'order_withdrawal', counterparty: bankAccount.iban });
	bench.admin.clock.advance(100 * HOUR);
	const { amount } = (await fondo.get(`${root}/order/${order.id}`)).json;
	const after = await readAccount();
	expect(after.balance).toBeCloseTo(account.balance, 2);
	expect(after.amounts.withdrawn).toBeCloseTo(account.amounts.withdrawn + amount, 2);
	const foreign = await fondo.post(`${root}/order/withdrawal`, redemption({ bankAccount: account.id }));
	expect(foreign.json.error_description).toMatch(/does not belong/);
});

it('a withdrawal reduces the cash at once', async () => {
	const { json } = await fondo.post(`${root}/account/${account.id}/withdrawal`, {
		clientRef: 'W-1',
		executorRef: '1',
		amount: 100.5,
	});
	expect(json).toMatchObject({ transactionType: 'withdrawal', debitAccount: account.id, amount: 100.5 });
	expect((await readAccount()).balance).toBeCloseTo(account.balance - 100.5, 2);
	expect(bench.admin.ledger('W-1')[0]).toMatchObject({ kind: 'withdrawal', amount: '100.50', objectId: json.id });
});

it('payment instructions end as deposits', async () => {
	const payments = [1, 2].map((n) => ({ account: account.id, amount: 110, clientRef: `P-${n}` }));
	const { json } = await fondo.post(`${root}/instruction/payment`, { type: 'autogiro', payments });
	expect(bench.admin.ledger().map(({ kind, reference, batchId }) => [kind, reference, batchId])).toEqual([
		['payment_instruction', 'P-1', json.id],
		['payment_instruction', 'P-2', json.id],
	]);
	const status = async () => (await fondo.get(`${root}/instruction/${json.id}`)).json.status;
	expect(await status()).toBe('new');
	bench.admin.clock.advance(HOUR);
	expect(await status()).toBe('processing');
	bench.admin.clock.advance(24 * HOUR);
	expect((await fondo.get(`${root}/instruction/${json.id}/payment`)).json.map((one: any) => one.status)).toEqual([
		'completed',
		'completed',
	]);
	expect((await fondo.get(`${root}/transaction/cash?ref=${json.id}`)).json.map((one: any) => one.transactionType)).toEqual([
		'deposit',
		'deposit',
	]);
	expect((await readAccount()).balance).toBeCloseTo(account.balance + 220, 2);
	const nowhere = await fondo.post(`${root}/instruction/payment`, {
		type: 'autogiro',
		payments: [{ amount: 1, clientRef: 'x' }],
	});
	expect(nowhere.json.error_description).toMatch(/payments\.0\.account is missing/);
});

it('serves agreements as PDF', async () => {
	const types = (await fondo.get(`${root}/account/${account.id}/agreement-types`)).json;
	expect(types.map((one: any) => one.key)).toEqual(['account', 'power_of_attorney']);
	const pdf = await fondo.get(`${root}/account/${account.id}/agreement/account`);
	expect(pdf.headers.get('content-type')).toBe('application/pdf');
	expect(pdf.text).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\n$/);
});
