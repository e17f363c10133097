import 'reflect-metadata';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';
import { useBench } from '../../support/sandbox';
import { event, signed, Workflow } from './workflows';

/** The rows of the table of cases that concern Finvis' webhooks. */

const bench = useBench();
const SECRET = 'whsec_by_hand_0123';
const EVENT = 'payment.status.updated';

let warned: jest.SpyInstance;
beforeEach(() => {
	warned = jest.spyOn(Container.get(Logger), 'warn');
	warned.mockClear();
});
const warnings = () => warned.mock.calls.map(([text]) => String(text));

const manual = (parameters: IDataObject = {}, id?: string) =>
	new Workflow(bench.finvis({ webhookSecret: SECRET }, 'finvisTrigger'), { registration: 'manual', ...parameters }, id ? { id } : {});
/** The IDs of the events that started the workflow, for each body. */
const idsOf = async (workflow: Workflow, ...bodies: Array<IDataObject | string>) => {
	const ids: unknown[] = [];
	for (const body of bodies)
		ids.push((await workflow.deliver(signed(SECRET, body))).json?.map(({ delivery }) => (delivery as IDataObject).id) ?? []);
	return ids;
};
const HASH = expect.stringMatching(/^[0-9a-f]{64}$/);

describe('E1', () => {
	const flat = (status: string, more: IDataObject = {}) => ({ id: 'b-1', event: EVENT, status, ...more });

	it('E1: every status of a batch starts the workflow where events are flat, and a redelivery does not', async () => {
		const workflow = manual();
		const bodies = [flat('processing'), flat('executed'), flat('processing'), flat('executed')];
		expect(await idsOf(workflow, ...bodies)).toEqual([[HASH], [HASH], [], []]);
	});

	it('E1: an ID beside data is the ID of the event, however the rest is written', async () => {
		const workflow = manual();
		expect(await idsOf(workflow, event({ id: 'e-1' }), event({ id: 'e-1', created_at: 'later' }))).toEqual([['e-1'], []]);
	});

	it('E1: an ID beside data that is the ID of the object in it is not the ID of the event', async () => {
		const about = (status: string) => event({ id: 'b1', data: { batch_id: 'b1', status } });
		expect(await idsOf(manual(), about('processing'), about('executed'), about('executed'))).toEqual([[HASH], [HASH], []]);
	});

	it('E1: two events of different names with one ID are two events', async () => {
		const workflow = manual({ events: [EVENT, 'transaction.created'] });
		const bodies = [event({ id: 'e-2' }), event({ id: 'e-2', event: 'transaction.created' })];
		expect(await idsOf(workflow, ...bodies)).toEqual([['e-2'], ['e-2']]);
	});
});

describe('E9', () => {
	/** Another process knows nothing of what this one has received: the same node under another webhook. */
	const inAnotherProcess = async (body: IDataObject, number: number) =>
		(await manual({}, `process ${number} ${String(body.id)}`).deliver(signed(SECRET, body))).json ?? [];
	const engine = () => bench.finvis({}, 'finvisTrigger');
	const settings = { parameters: { registration: 'manual' } };

	it('E9: an event that arrives again after a restart, or in another process, starts no second run', async () => {
		const body = event();
		const runs: unknown[] = [];
		for (let process = 0; process < 3; process += 1) {
			const around = { mode: 'webhook' as const, workflowId: 'wf-E9', executionId: `E9-${process}` };
			const items = await inAnotherProcess(body, process);
			expect(items).toHaveLength(1);
			runs.push((await engine().run(settings, items, around)).json.length);
			// Bull gives the job of a worker that died to another one: the same execution begins again.
			if (process === 0) expect((await engine().run(settings, items, around)).json).toEqual(items);
		}
		expect(runs).toEqual([1, 0, 0]);
	});

	it('E9: of several events in one delivery only the known ones are dropped', async () => {
		const around = (executionId: string) => ({ mode: 'webhook' as const, workflowId: 'wf-E9-list', executionId });
		const [one, two, three] = await Promise.all(['E9-1', 'E9-2', 'E9-3'].map(async (id) => (await inAnotherProcess(event({ id }), 9))[0]));
		expect((await engine().run(settings, [one, two], around('1'))).json).toEqual([one, two]);
		expect((await engine().run(settings, [two, three], around('2'))).json).toEqual([three]);
	});

	it.each(['manual', 'retry'] as const)('E9: in an execution of mode %s nothing is dropped', async (mode) => {
		const [item] = await inAnotherProcess(event({ id: `E9 ${mode}` }), 10);
		for (const executionId of ['1', '2'])
			expect((await engine().run(settings, [item], { mode, workflowId: `wf-E9-${mode}`, executionId })).json).toEqual([item]);
	});
});

it('E10: an event with a byte order mark before its JSON is read; the signature covers the mark too', async () => {
	const text = JSON.stringify(event({ id: 'with a BOM' }));
	const { status, json } = await manual().deliver(signed(SECRET, `\uFEFF${text}`));
	expect([status, json?.[0].id]).toEqual([200, 'with a BOM']);
	expect((await manual().deliver({ ...signed(SECRET, text), rawBody: `\uFEFF${text}` })).status).toBe(401);
});

describe('E16', () => {
	it.each(['event', 'event_type', 'eventType', 'type'])(
		'E16: the name can be in the field %s, of a flat or a wrapped event',
		async (field) => {
			const workflow = manual();
			for (const more of [{ status: 'executed' }, { data: { status: 'executed' } }]) {
				const { json } = await workflow.deliver(signed(SECRET, { id: `by ${field}`, [field]: EVENT, ...more }));
				expect(json?.[0].delivery).toMatchObject({ event: EVENT });
			}
		},
	);

	it.each(['PAYMENT_STATUS_UPDATED', 'payment.status.Updated', 'paymentStatusUpdated', 'payment-status-updated'])(
		'E16: the name can be written as %s',
		async (name) => {
			const { json } = await manual().deliver(signed(SECRET, event({ event: name })));
			expect(json).toEqual([expect.objectContaining({ event: name, delivery: expect.objectContaining({ event: EVENT }) })]);
		},
	);

	it('E16: the type of a flat object is not the name of its event', async () => {
		const { json } = await manual().deliver(signed(SECRET, { id: 'b', event: EVENT, type: 'salary' }));
		expect(json?.[0].delivery).toMatchObject({ event: EVENT });
	});

	const two = () => [event({ id: 'one' }), event({ id: 'two' })];
	it.each<[string, (events: IDataObject[]) => unknown]>([
		['a list', (events) => events],
		['an object with the field events', (events) => ({ id: 'delivery', events })],
	])('E16: %s of events gives one item each, and each event once', async (_, wrap) => {
		const workflow = manual();
		const text = (events: IDataObject[]) => JSON.stringify(wrap(events));
		const [other] = [event({ id: 'other', event: 'something.else' })];
		expect(await idsOf(workflow, text([...two(), other, two()[0]]))).toEqual([['one', 'two']]);
		expect(await idsOf(workflow, text([...two(), event({ id: 'three' })]), text(two()))).toEqual([['three'], []]);
	});

	it('E16: flat events of a list without an ID of their own are different events', async () => {
		const flat = ['processing', 'executed'].map((status) => ({ id: 'b-9', type: EVENT, status }));
		const workflow = manual();
		expect(await idsOf(workflow, JSON.stringify(flat), JSON.stringify([flat[1]]))).toEqual([[HASH, HASH], []]);
	});

	it.each<[string, string]>([
		['{"id":"1","name":"payment.status.updated","data":{"iban":"SE4550000000058398257466"}}', 'an object with the fields id, name, data'],
		['{"events":[]}', 'an object with the fields events'],
		['[[]]', 'a list'],
		['"payment.status.updated"', 'no JSON object'],
	])('E16: what is signed and not understood is refused, and named once in the log: %s', async (text, shape) => {
		const workflow = manual();
		for (let time = 0; time < 2; time += 1) {
			const { status, json } = await workflow.deliver(signed(SECRET, text));
			expect([status, json]).toEqual([422, undefined]);
		}
		expect(warnings()).toEqual([expect.stringContaining(`does not understand: ${shape}`)]);
		expect(warnings().join()).not.toContain('SE45');
	});

	it('E16: what is understood in a list starts the workflow, and the rest is named', async () => {
		const { status, json } = await manual().deliver(signed(SECRET, JSON.stringify([event(), { odd: true }])));
		expect([status, json?.length]).toEqual([200, 1]);
		expect(warnings()).toEqual([expect.stringContaining('an object with the fields odd')]);
	});

	it('E16: a name that the workflow does not listen to is answered with 200, and named once in the log', async () => {
		const workflow = manual();
		for (let time = 0; time < 2; time += 1)
			expect((await workflow.deliver(signed(SECRET, event({ event: 'payment.batch.moved' })))).status).toBe(200);
		expect(warnings()).toEqual([expect.stringContaining("'payment.batch.moved', which is not one of its chosen events")]);
	});
});
