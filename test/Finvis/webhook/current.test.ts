import type { IDataObject } from 'n8n-workflow';
import { batch, seeded } from '../../support/samples';
import { useBench } from '../../support/sandbox';
import { giveTimeBack, takeTime } from '../../support/time';
import { event, signed, Workflow } from './workflows';

const bench = useBench();
let createdBatch: IDataObject;
let transaction: IDataObject;

const SECRET = 'whsec_by_hand_0123';

beforeAll(async () => {
	const { json } = await bench.finvis().run(batch(await seeded(bench)), [{ reference: 'current-1' }]);
	createdBatch = json[0];
	[transaction] = (await bench.finvis().run({ resource: 'transaction', operation: 'getMany' })).json;
});
beforeEach(() => void bench.sandbox.admin.faults.clear());
afterEach(giveTimeBack);

async function deliver(body: IDataObject, credential: IDataObject = {}) {
	const engine = bench.finvis({ webhookSecret: SECRET, ...credential }, 'finvisTrigger');
	const options = { fetchCurrentState: true };
	const workflow = new Workflow(engine, { registration: 'manual', events: ['other'], otherEvents: String(body.event), options });
	const { status, json } = await workflow.deliver(signed(SECRET, body));
	expect(status).toBe(200);
	return json?.[0];
}

const ofBatch = (id: unknown) => event({ data: { batch_id: id, status: 'executed' } });
const ofTransaction = (data: IDataObject) => event({ event: 'transaction.created', data });

describe('the current state in the item of an event', () => {
	test('is the payment batch as Finvis lists it, whatever the event says', async () => {
		expect(await deliver(ofBatch(createdBatch.id))).toMatchObject({
			data: { status: 'executed' },
			current: { id: createdBatch.id, status: 'draft', total_amount: '100.50' },
		});
	});

	test('is the transaction as Finvis lists it, found by account and day', async () => {
		const before = bench.sandbox.admin.requests().length;
		expect(await deliver(ofTransaction(transaction))).toMatchObject({ current: transaction });
		const { query } =
			bench.sandbox.admin
				.requests()
				.slice(before)
				.find(({ path }) => path.includes('/transactions')) ?? {};
		const { account_id, booking_date } = transaction;
		expect(query).toContain(`account_id=${String(account_id)}&date_from=${String(booking_date)}&date_to=${String(booking_date)}`);
	});

	test('of a transaction without account and day is found in the list of all transactions', async () => {
		expect(await deliver(ofTransaction({ id: transaction.id }))).toMatchObject({ current: transaction });
	});

	test.each([
		['that Finvis does not list', ofBatch('no-such-batch')],
		['without an ID in the event', event({ data: {} })],
		['of a type without a list', event({ event: 'reconciliation.match.suggested', data: { id: 'm1' } })],
	])('is null for an object %s', async (_, body) => {
		const json = await deliver(body);
		expect(json).toMatchObject({ current: null });
		expect(json).not.toHaveProperty('currentUnknown');
	});

	test.each([
		['Finvis refuses', { kind: 'status' as const, status: 400 }, /400|refused|not accept/i],
		['the scope is missing', { kind: 'status' as const, status: 403 }, /./],
	])('is null when %s; the item says why, and the event still starts the workflow', async (_, fault, why) => {
		bench.sandbox.admin.faults.add({ match: { path: 'listPaymentBatches' }, ...fault });
		expect(await deliver(ofBatch(createdBatch.id))).toMatchObject({ current: null, currentUnknown: expect.stringMatching(why) });
	});

	test('is null when the object is not on the first pages of a long list, and the item says so', async () => {
		bench.sandbox.admin.settings.patch({ finvis: { pageCap: 1 } });
		const json = await deliver(ofTransaction({ id: 'on-another-page' }));
		bench.sandbox.admin.settings.patch({ finvis: { pageCap: null } });
		expect(json).toMatchObject({ current: null, currentUnknown: expect.stringContaining('not on the first 5 pages') });
	});

	test('delays the answer to Finvis by five seconds at most', async () => {
		const time = takeTime();
		bench.sandbox.admin.faults.add({ match: { path: 'listPaymentBatches' }, kind: 'latency', delayMs: 200 });
		expect(await deliver(ofBatch(createdBatch.id))).toMatchObject({ current: null, currentUnknown: 'Finvis did not answer in time' });
		expect(time.waits).toEqual([5_000]);
	});

	test('is not read without the option', async () => {
		const engine = bench.finvis({ webhookSecret: SECRET }, 'finvisTrigger');
		const before = bench.sandbox.admin.requests().length;
		const { json } = await new Workflow(engine, { registration: 'manual' }).deliver(signed(SECRET, ofBatch(createdBatch.id)));
		expect(json?.[0]).not.toHaveProperty('current');
		expect(bench.sandbox.admin.requests()).toHaveLength(before);
	});
});
