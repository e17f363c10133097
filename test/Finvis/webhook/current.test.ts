import type { IDataObject } from 'n8n-workflow';
import { batch, seeded } from '../../support/samples';
import { startBench, type Bench } from '../../support/sandbox';
import { giveTimeBack, takeTime } from '../../support/time';
import { event, signed, Workflow } from './workflows';

let bench: Bench;
let made: IDataObject;
let transaction: IDataObject;

const SECRET = 'whsec_by_hand';

beforeAll(async () => {
	bench = await startBench();
	const { json } = await bench.finvis().run(batch(await seeded(bench)), [{ reference: 'current-1' }]);
	made = json[0];
	[transaction] = (await bench.finvis().run({ resource: 'transaction', operation: 'getMany' })).json;
});
beforeEach(() => void bench.sandbox.admin.faults.clear());
afterEach(giveTimeBack);
afterAll(async () => await bench.sandbox.stop());

async function told(body: IDataObject, credential: IDataObject = {}) {
	const engine = bench.finvis({ webhookSecret: SECRET, ...credential }, 'finvisTrigger');
	const options = { fetchCurrentState: true };
	const workflow = new Workflow(engine, { registration: 'manual', events: ['other'], otherEvents: String(body.event), options });
	const { status, json } = await workflow.deliver(signed(SECRET, body));
	expect(status).toBe(200);
	return json?.[0];
}

const ofBatch = (id: unknown) => event({ data: { batch_id: id, status: 'executed' } });
const ofTransaction = (data: IDataObject) => event({ event: 'transaction.created', data });

describe('the current state that comes with an event', () => {
	test('is that of the payment batch, whatever the event says', async () => {
		expect(await told(ofBatch(made.id))).toMatchObject({
			data: { status: 'executed' },
			current: { id: made.id, status: 'draft', total_amount: '100.50' },
		});
	});

	test('is that of the transaction, found by its account and day', async () => {
		const before = bench.sandbox.admin.requests().length;
		expect(await told(ofTransaction(transaction))).toMatchObject({ current: transaction });
		const { query } =
			bench.sandbox.admin
				.requests()
				.slice(before)
				.find(({ path }) => path.includes('/transactions')) ?? {};
		const { account_id, booking_date } = transaction;
		expect(query).toContain(`account_id=${String(account_id)}&date_from=${String(booking_date)}&date_to=${String(booking_date)}`);
	});

	test('of a transaction without account and day is looked for in all', async () => {
		expect(await told(ofTransaction({ id: transaction.id }))).toMatchObject({ current: transaction });
	});

	test.each([
		['that is not there', ofBatch('no-such-batch')],
		['that is not named', event({ data: {} })],
		['of a kind that has none', event({ event: 'reconciliation.match.suggested', data: { id: 'm1' } })],
	])('is null for an object %s', async (_, body) => {
		const json = await told(body);
		expect(json).toMatchObject({ current: null });
		expect(json).not.toHaveProperty('currentUnknown');
	});

	test.each([
		['Finvis refuses', { kind: 'status' as const, status: 400 }, /400|refused|not accept/i],
		['the scope is missing', { kind: 'status' as const, status: 403 }, /./],
	])('is null when %s, and the item says why; the event is not lost', async (_, fault, why) => {
		bench.sandbox.admin.faults.add({ match: { path: 'listPaymentBatches' }, ...fault });
		expect(await told(ofBatch(made.id))).toMatchObject({ current: null, currentUnknown: expect.stringMatching(why) });
	});

	test('is null when it is not among the first rows of a long list, and the item says so', async () => {
		bench.sandbox.admin.settings.patch({ finvis: { pageCap: 1 } });
		const json = await told(ofTransaction({ id: 'on-another-page' }));
		bench.sandbox.admin.settings.patch({ finvis: { pageCap: null } });
		expect(json).toMatchObject({ current: null, currentUnknown: expect.stringContaining('not on the first 5 pages') });
	});

	test('holds the answer to Finvis up for five seconds at most', async () => {
		const time = takeTime();
		bench.sandbox.admin.faults.add({ match: { path: 'listPaymentBatches' }, kind: 'latency', delayMs: 200 });
		expect(await told(ofBatch(made.id))).toMatchObject({ current: null, currentUnknown: 'Finvis did not answer in time' });
		expect(time.waits).toEqual([5_000]);
	});

	test('is not read when nobody asked for it', async () => {
		const engine = bench.finvis({ webhookSecret: SECRET }, 'finvisTrigger');
		const before = bench.sandbox.admin.requests().length;
		const { json } = await new Workflow(engine, { registration: 'manual' }).deliver(signed(SECRET, ofBatch(made.id)));
		expect(json?.[0]).not.toHaveProperty('current');
		expect(bench.sandbox.admin.requests()).toHaveLength(before);
	});
});
