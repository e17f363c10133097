/** *Order: Wait Until* and *Payment Batch: Wait Until*: each look over real HTTP against the sandbox. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { batch, byId, seeded, subscription, type Seeded } from '../../support/samples';
import { useBench } from '../../support/sandbox';
import { giveTimeBack, skipWaits, takeTime } from '../../support/time';

const bench = useBench();
const HOUR_MS = 3_600_000;
let seed: Seeded;
let references = 0;
beforeAll(async () => {
	seed = await seeded(bench);
});
beforeEach(() => bench.sandbox.admin.faults.clear());
afterEach(giveTimeBack);

const newOrder = async () => {
	const [order] = (await bench.fondo().run(subscription(seed, { reference: `WAIT-${(references += 1)}`, amount: 100 }))).json;
	return String(order.id);
};
const newBatch = async () => {
	const [made] = (await bench.finvis().run(batch(seed, { reference: `WAIT-${(references += 1)}` }))).json;
	return String(made.id);
};

const ofOrder = (id: string, more: IDataObject = {}) => ({
	resource: 'order',
	operation: 'waitUntil',
	parameters: { client: byId(seed.client), order: byId(id), ...more } as unknown as INodeParameters,
});
const ofBatch = (id: string, more: IDataObject = {}) => ({
	resource: 'paymentBatch',
	operation: 'waitUntil',
	parameters: { paymentBatch: byId(id), ...more } as unknown as INodeParameters,
});

const kinds = [
	{
		what: 'The order',
		make: newOrder,
		of: ofOrder,
		engine: () => bench.fondo(),
		rehearsed: () => bench.fondo({ rehearsal: true }),
		first: 'received',
		path: 'getOrderById',
	},
	{
		what: 'The batch',
		make: newBatch,
		of: ofBatch,
		engine: () => bench.finvis(),
		rehearsed: () => bench.finvis({ rehearsal: true }),
		first: 'draft',
		path: 'listPaymentBatches',
	},
];

describe.each(kinds)('$what', ({ what, make, of, engine, rehearsed, first, path }) => {
	const look = async (id: string, more?: IDataObject, input: IDataObject = {}) =>
		await engine().run(of(id, more), [input], { isLooped: true });

	test('that is still on its way pauses the execution for the chosen time, and says so on the item that comes back', async () => {
		const id = await make();
		const { now } = takeTime(Date.now());
		const { waiting, status, json } = await look(id, { lookEvery: 30 });
		expect(status).toBe('waiting');
		expect(waiting?.until.getTime()).toBe(now + 30 * 60_000);
		expect(waiting?.input).toEqual([
			expect.objectContaining({ id, status: first, outcome: 'waiting', waitingSince: new Date(now).toISOString() }),
		]);
		expect(json[0]).toMatchObject({ id, outcome: 'waiting' });
	});

	test('is waited for since the first look, and no longer than the limit', async () => {
		const id = await make();
		const { now } = takeTime(Date.now());
		const waitingSince = new Date(now - 9.5 * HOUR_MS).toISOString();
		const input = { id, outcome: 'waiting', waitingSince };
		const { waiting } = await look(id, { waitLimit: 10, lookEvery: 60 }, input);
		expect(waiting?.until.getTime()).toBe(now + 0.5 * HOUR_MS);
		expect(waiting?.input[0]).toMatchObject({ waitingSince });
		const { waiting: again, json } = await look(id, { waitLimit: 9 }, input);
		expect(again).toBeUndefined();
		expect(json[0]).toMatchObject({
			id,
			status: first,
			outcome: 'timeout',
			outcomeMessage: `After 9 hours ${what.toLowerCase()} has the status '${first}'.`,
		});
	});

	test('counts from now where the item comes from another wait', async () => {
		const id = await make();
		const { now } = takeTime(Date.now());
		const waitingSince = new Date(now - 9 * HOUR_MS).toISOString();
		const { waiting } = await look(id, { waitLimit: 2, lookEvery: 60 }, { id: 'another', outcome: 'waiting', waitingSince });
		expect(waiting?.input[0].waitingSince).toBe(new Date(now).toISOString());
	});

	test('an outage ends no wait that has begun, and the first look it does', async () => {
		const id = await make();
		skipWaits();
		bench.sandbox.admin.faults.add({ match: { path }, kind: 'status', status: 503 });
		expect((await look(id)).status).toBe('error');
		const input = { id, outcome: 'waiting', waitingSince: new Date().toISOString() };
		expect((await look(id, {}, input)).waiting?.input[0]).toMatchObject(input);
		const over = { ...input, waitingSince: new Date(Date.now() - 400 * HOUR_MS).toISOString() };
		expect((await look(id, {}, over)).status).toBe('error');
	});

	test('is refused where nothing leads back to the node, because what follows would act before its time', async () => {
		const { error, waiting } = await engine().run(of(await make()));
		expect(error?.message).toBe("Nothing leads back to 'Node'");
		expect(error?.description).toContain("where 'outcome' is 'waiting' it leads back to this node");
		expect(waiting).toBeUndefined();
	});

	test('that is unknown is not waited for', async () => {
		const { error, waiting } = await look('00000000-1111-4000-8000-000000000000'.replace(/^0+/, '12345678'));
		expect(error?.message).toMatch(/has no such order|lists no payment batch/);
		expect(waiting).toBeUndefined();
	});

	test('of a rehearsal has come to its status', async () => {
		const { json } = await rehearsed().run(of('00000000-1111-4000-8000-000000000000'));
		expect(json[0]).toMatchObject({ outcome: 'reached' });
	});

	test('is waited for one at a time, and never by an AI', async () => {
		const id = await make();
		expect((await engine().run(of(id), [{}, {}])).error?.message).toBe("'Wait Until' takes one item at a time, but 2 came in");
		expect((await engine().run({ ...of(id), type: `${path.startsWith('list') ? 'finvis' : 'fondo'}Tool` })).error?.message).toBe(
			"An AI cannot use 'Wait Until'",
		);
	});

	test.each([
		[{ lookEvery: 0 }, "'Look Every (Minutes)': '0' is not a number from 1 to 1440"],
		[{ waitLimit: '={{ "soon" }}' }, "'Wait at Most (Hours)': 'soon' is not a number from 1 to 8760"],
	])('%j is refused', async (more, message) => {
		expect((await look(await make(), more)).error?.message).toBe(message);
	});
});

describe('the end of the wait', () => {
	test('a settled order is returned at once, also for an earlier status', async () => {
		const id = await newOrder();
		bench.sandbox.admin.clock.advance(10 * 86_400);
		for (const untilStatus of ['sent', 'confirmed', 'settled'])
			expect((await bench.fondo().run(ofOrder(id, { untilStatus }))).items).toEqual([
				{
					json: expect.objectContaining({
						id,
						clientId: seed.client,
						status: 'settled',
						outcome: 'reached',
						outcomeMessage: "The order has the status 'settled'.",
					}),
					pairedItem: { item: 0 },
				},
			]);
	});

	test('a cancelled order ends it in words, and the selected fields always have the outcome', async () => {
		const id = await newOrder();
		await bench.fondo().run({ resource: 'order', operation: 'cancel', parameters: ofOrder(id).parameters });
		const { json } = await bench.fondo().run(ofOrder(id, { options: { fieldsToReturn: 'status' } }));
		expect(json).toEqual([
			{
				id,
				clientId: seed.client,
				status: 'canceled',
				outcome: 'failed',
				outcomeMessage: "The order has the status 'canceled' and will never be settled.",
			},
		]);
	});

	test('a batch is approved before it is executed', async () => {
		const id = await newBatch();
		await bench.finvis().run({ resource: 'paymentBatch', operation: 'submit', parameters: { paymentBatch: byId(id) } });
		const look = async (untilStatus: string) => await bench.finvis().run(ofBatch(id, { untilStatus }), [{}], { isLooped: true });
		expect((await look('approved')).status).toBe('waiting');
		const pending = (await bench.finvis().run({ resource: 'approval', operation: 'getManyPending' })).json;
		const approval = pending.find(({ object_id }) => object_id === id);
		await bench
			.finvis({ clientId: 'finvis-approver', clientSecret: 'finvis-approver-secret' })
			.run({ resource: 'approval', operation: 'approve', parameters: { approval: byId(approval?.id) } });
		expect((await look('approved')).json[0]).toMatchObject({ id, outcome: 'reached' });
		expect((await look('executed')).status).toBe('waiting');
		bench.sandbox.admin.clock.advance(10 * 86_400);
		expect((await look('executed')).json[0]).toMatchObject({ id, status: 'executed', outcome: 'reached' });
	});

	test('a batch that was refused ends it in words', async () => {
		const all = (await bench.finvis().run({ resource: 'paymentBatch', operation: 'getMany', parameters: { returnAll: true } })).json;
		const dead = all.find(({ status }) => status === 'rejected' || status === 'cancelled');
		const { json } = await bench.finvis().run(ofBatch(String(dead?.id)));
		expect(json[0]).toMatchObject({
			outcome: 'failed',
			outcomeMessage: `The batch has the status '${String(dead?.status)}' and will never be executed.`,
		});
	});
});
