import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { useBench } from '../../support/sandbox';
import { giveTimeBack, takeTime } from '../../support/time';
import { event, signed, Workflow } from './workflows';

const bench = useBench();
let workflow: Workflow;

const SECRET = 'whsec_by_hand_0123';
const ofTrigger = (webhookSecret = SECRET) => bench.finvis({ webhookSecret }, 'finvisTrigger');
const manual = (parameters: IDataObject = {}) => new Workflow(ofTrigger(), { registration: 'manual', ...parameters });

beforeEach(() => {
	workflow = manual();
});
afterEach(giveTimeBack);

test('a parameter that cannot be read starts no failed execution', async () => {
	const broken = manual({ options: { fetchCurrentState: '={{ $("Missing").first().json.x }}' } });
	const { status, json } = await broken.deliver(signed(SECRET, event({ id: 'broken' })));
	expect([status, json]).toEqual([500, undefined]);
});

describe('a signed event', () => {
	test('starts a run with the whole event, and with how it was verified', async () => {
		const { now } = takeTime();
		const body = event({ data: { batch_id: 'b1', status: 'executed', odd: { nested: [1, null] } }, unknown: 'kept' });
		const { status, json, body: answer } = await workflow.deliver(signed(SECRET, body));
		const delivery = { id: body.id, event: body.event, receivedAt: new Date(now).toISOString(), verifiedWith: 'credential' };
		expect(json).toEqual([{ ...body, delivery }]);
		expect([status, answer]).toEqual([200, { message: 'Received' }]);
	});

	test('keeps every digit of its numbers', async () => {
		const { json } = await workflow.deliver(
			signed(SECRET, '{"id":7615917337495251231,"event":"payment.status.updated","data":{"total":100.10}}'),
		);
		expect(json).toEqual([
			expect.objectContaining({ id: '7615917337495251231', delivery: expect.objectContaining({ id: '7615917337495251231' }) }),
		]);
	});

	test('with a field named error does not look like a failed item', async () => {
		const { json } = await workflow.deliver(signed(SECRET, event({ error: 'rejected by bank' })));
		expect(json).toEqual([expect.objectContaining({ apiError: 'rejected by bank' })]);
		expect(json?.[0]).not.toHaveProperty('error');
	});

	test('with an old time starts a run, because a redelivery can be late', async () => {
		expect((await workflow.deliver(signed(SECRET, event({ created_at: '2001-01-01T00:00:00Z' })))).json).toHaveLength(1);
	});

	test('verifies in the format timestamped, and an old time starts no run', async () => {
		const { now } = takeTime();
		const stamped = (seconds: number, text: string) => {
			const v1 = createHmac('sha256', SECRET).update(`${seconds}.${text}`).digest('hex');
			return { rawBody: text, headers: { 'x-finvis-signature': `t=${seconds},v1=${v1}` } };
		};
		const stampedOnly = manual({ options: { signatureFormat: 'timestamped' } });
		expect((await stampedOnly.deliver(stamped(now / 1_000, JSON.stringify(event())))).json).toHaveLength(1);
		expect((await stampedOnly.deliver(stamped(now / 1_000 - 301, JSON.stringify(event())))).status).toBe(401);
		expect((await stampedOnly.deliver(signed(SECRET))).status).toBe(401);
	});

	test.each([
		['hex', 'hex', ''],
		['base64', 'base64', ''],
		['sha256Hex', 'hex', 'sha256='],
		['sha256Base64', 'base64', 'sha256='],
	])('verifies in the format %s, and in no other', async (signatureFormat, encoding, prefix) => {
		const other = manual({ options: { signatureFormat } });
		const { rawBody, headers } = signed(SECRET);
		const bytes = Buffer.from(String(headers?.['x-finvis-signature']), 'hex');
		const header = prefix + bytes.toString(encoding as BufferEncoding);
		const call = { rawBody, headers: { 'x-finvis-signature': header } };
		expect((await other.deliver(call)).json).toHaveLength(1);
		if (signatureFormat !== 'hex') expect((await workflow.deliver(call)).status).toBe(401);
	});
});

describe('a refused delivery', () => {
	test.each<[string, () => ReturnType<typeof signed>]>([
		['no signature', () => ({ rawBody: JSON.stringify(event()) })],
		['a signature with another secret', () => signed('another')],
		['a body that was changed in transit', () => ({ ...signed(SECRET), rawBody: JSON.stringify(event({ data: { status: 'rejected' } })) })],
		['a signature without the bytes', () => ({ ...signed(SECRET), rawBody: null })],
		['an empty body', () => ({ rawBody: '', headers: { 'x-finvis-signature': '' } })],
	])('%s gets a 401 and starts no run', async (_, call) => {
		const { status, json, body } = await workflow.deliver(call());
		expect([status, json, body]).toEqual([401, undefined, { message: 'The signature is missing or wrong' }]);
	});

	test('every delivery, when there is no secret', async () => {
		const open = new Workflow(ofTrigger(''), { registration: 'manual' });
		for (const secret of ['', 'undefined', 'null', SECRET]) expect((await open.deliver(signed(secret))).status).toBe(401);
	});

	test('the answer to a forgery reveals no secret', async () => {
		expect(JSON.stringify(await workflow.deliver(signed('another')).then(({ body }) => body))).not.toContain(SECRET);
	});
});

describe('a signed delivery that starts no run', () => {
	test.each(['', 'no JSON', '{"id":1', '[]', '[[{"event":"payment.status.updated"}]]', '"payment.status.updated"', 'null', '1'])(
		'%j gets the answer 422 and never hangs',
		async (text) => {
			const { status, json } = await workflow.deliver(signed(SECRET, text));
			expect([status, json]).toEqual([422, undefined]);
		},
	);

	test('an event that the workflow does not listen to gets the answer 200', async () => {
		for (const name of ['transaction.created', 'something.new']) {
			const { status, json } = await workflow.deliver(signed(SECRET, event({ event: name })));
			expect([status, json]).toEqual([200, undefined]);
		}
	});

	test('other events start a run when the user has named them', async () => {
		const other = manual({ events: ['other'], otherEvents: 'something.new, reconciliation.match.suggested' });
		expect((await other.deliver(signed(SECRET, event({ event: 'something.new' })))).json).toHaveLength(1);
		expect((await other.deliver(signed(SECRET, event()))).json).toBeUndefined();
	});
});

describe('a repeated event', () => {
	test('starts one run, also when it arrives ten times at once', async () => {
		const call = signed(SECRET);
		const calls = await Promise.all(Array.from({ length: 10 }, async () => await workflow.deliver(call)));
		expect(calls.filter(({ json }) => json !== undefined)).toHaveLength(1);
		expect(calls.map(({ status }) => status)).toEqual(Array(10).fill(200));
	});

	test('without an ID is recognised by its bytes', async () => {
		const call = signed(SECRET, event({ id: undefined, created_at: 'now' }));
		expect((await workflow.deliver(call)).json?.[0].delivery).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{64}$/) });
		expect((await workflow.deliver(call)).json).toBeUndefined();
		expect((await workflow.deliver(signed(SECRET, event({ id: undefined, created_at: 'later' })))).json).toHaveLength(1);
	});

	test('starts a run in each workflow', async () => {
		const call = signed(SECRET);
		for (const one of [workflow, manual()]) expect((await one.deliver(call)).json).toHaveLength(1);
	});

	test('starts a run when n8n could not start the first one', async () => {
		const call = signed(SECRET);
		expect((await workflow.deliver({ ...call, cannotStart: true })).status).toBe(500);
		expect((await workflow.deliver(call)).json).toHaveLength(1);
		expect((await workflow.deliver(call)).json).toBeUndefined();
	});

	test('is recognised for three days', async () => {
		const time = takeTime();
		const call = signed(SECRET);
		expect((await workflow.deliver(call)).json).toHaveLength(1);
		time.now += 3 * 24 * 3_600_000 - 1;
		expect((await workflow.deliver(call)).json).toBeUndefined();
		time.now += 1;
		expect((await workflow.deliver(call)).json).toHaveLength(1);
	});

	test('starts a run each time in the editor', async () => {
		const call = { ...signed(SECRET), mode: 'manual' as const };
		for (let time = 0; time < 2; time += 1) expect((await workflow.deliver(call)).json).toHaveLength(1);
	});
});
