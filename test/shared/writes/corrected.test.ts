import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../../support/n8n';
import { batch, seeded, subscription, type Seeded } from '../../support/samples';
import { useBench } from '../../support/sandbox';
import { pass, useServer, type Received, type Reply } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

/** Vendors that are refused, or whose references are not found, without a correction of the credential. */
const bench = useBench({ settings: { finvis: { rateLimit: null } } });
const gateway = useServer();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
let reference = '';
let number = 0;
beforeEach(() => {
	number += 1;
	reference = `corrected-${number}`;
	skipWaits();
});
afterEach(() => {
	giveTimeBack();
	gateway.reset();
});

/** A vendor before the sandbox: `change` makes another answer of a good one. The first create call loses its answer where `loses` says so. */
function behind(url: () => string, change: (body: never, call: Received) => unknown) {
	let lost = 0;
	gateway.token = async (call) => await pass(url(), call);
	gateway.answer = async (call): Promise<Reply | undefined> => {
		const reply = await pass(url(), call);
		if (loses && call.method === 'POST' && lost++ === 0) return undefined;
		return (reply.status ?? 200) >= 300 || reply.body === ''
			? reply
			: { ...reply, body: change(JSON.parse(String(reply.body)) as never, call) };
	};
}
let loses = false;
afterEach(() => (loses = false));

const fondo = (vendorCorrections?: object) =>
	bench.fondo({ baseUrl: gateway.url, ...(vendorCorrections && { vendorCorrections: JSON.stringify(vendorCorrections) }) });
const finvis = (vendorCorrections?: object) =>
	bench.finvis({ baseUrl: `${gateway.url}/public`, ...(vendorCorrections && { vendorCorrections: JSON.stringify(vendorCorrections) }) });
const moved = () => bench.sandbox.admin.ledger(reference).length;
const sent = () => gateway.received.filter(({ method }) => method === 'POST').length;
const outcomes = ({ json, error }: Run) => [error?.message, ...json.map(({ receipt }) => (receipt as IDataObject | undefined)?.outcome)];

const amountsTimesHundred = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(amountsTimesHundred);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => [
			name,
			/^(amount|total_amount)$/.test(name) && field !== null ? Math.round(Number(field) * 100) : amountsTimesHundred(field),
		]),
	);
};

const vendors = {
	'Fondo shows its orders beside another list': {
		isFondo: true,
		change: (body: unknown, { path, method }: Received) =>
			method === 'GET' && /\/(order|cash)$/.test(path) ? { payload: { entries: body, events: [{ text: 'a' }, { text: 'b' }] } } : body,
		corrections: { envelope: 'payload.entries' },
		before: /other than JSON/,
	},
	'Finvis shows its batches beside another list': {
		isFondo: false,
		change: (body: IDataObject, { path, method }: Received) =>
			method === 'GET' && path.includes('/batches')
				? { count: body.count, next: body.next, batches: body.results, others: [{ id: 'x' }, { id: 'y' }] }
				: body,
		corrections: { envelope: { 'GET /payments/batches/': 'batches' } },
		before: /list/i,
	},
	'Fondo shows amounts in öre': {
		isFondo: true,
		change: amountsTimesHundred,
		corrections: { minorUnits: ['amount'] },
		before: /./,
	},
	'Finvis shows amounts in öre': {
		isFondo: false,
		change: amountsTimesHundred,
		corrections: { minorUnits: ['amount', 'total_amount'] },
		before: /./,
	},
} as const;

describe.each(Object.entries(vendors))('%s', (_, { isFondo, change, corrections, before }) => {
	const engine = (with_?: object) => (isFondo ? fondo(with_) : finvis(with_));
	const write = () => (isFondo ? subscription(seed) : batch(seed));
	const start = () => behind(() => (isFondo ? bench.sandbox.fondoUrl : bench.sandbox.finvisUrl), change as never);

	test('without a correction the node refuses, or says that it does not know', async () => {
		start();
		const { error } = await engine().run(write(), [{ reference }]);
		expect(error?.message).toMatch(before);
		expect(moved()).toBeLessThanOrEqual(1);
	});

	test('with it the answer is lost, and a further run finds what was made once', async () => {
		start();
		loses = true;
		expect(outcomes(await engine(corrections).run(write(), [{ reference }]))).toEqual([undefined, expect.stringMatching(/created|found/)]);
		expect(outcomes(await engine(corrections).run(write(), [{ reference }]))).toEqual([undefined, expect.stringMatching(/found|replayed/)]);
		expect(sent()).toBe(1);
		if (isFondo) expect(moved()).toBe(1);
	});
});

describe('a reference that Fondo calls otherwise', () => {
	const renamed = (body: unknown) => {
		const of = (one: unknown): unknown => {
			if (typeof one !== 'object' || one === null || !('clientRef' in one)) return one;
			const { clientRef, ...row } = one;
			return { ...row, partnerRef: clientRef };
		};
		return Array.isArray(body) ? body.map(of) : of(body);
	};
	const corrections = { fields: { partnerRef: 'clientRef' } };

	test('a lost answer is unknown without a correction, and found with it', async () => {
		behind(() => bench.sandbox.fondoUrl, renamed);
		loses = true;
		expect((await fondo().run(subscription(seed), [{ reference }])).error?.message).toMatch(/not known|unknown/i);
		// The same write: a correction is part of no key and of no fingerprint, so nothing is sent again.
		const after = await fondo(corrections).run(subscription(seed), [{ reference }]);
		expect(outcomes(after)).toEqual([undefined, 'found']);
		expect([sent(), moved()]).toEqual([1, 1]);
		const conflict = await fondo(corrections).run(subscription(seed, { amount: 600 }), [{ reference }]);
		expect(conflict.error?.message).toBeDefined();
		expect([sent(), moved()]).toEqual([1, 1]);
	});
});

test('what was sent without a correction has the same key with it', async () => {
	behind(
		() => bench.sandbox.finvisUrl,
		(body) => body,
	);
	const [first] = (await finvis().run(batch(seed), [{ reference }])).json;
	const [second] = (await finvis({ fields: { title: 'name' }, envelope: 'data' }).run(batch(seed), [{ reference }])).json;
	const of = ({ receipt }: IDataObject) => receipt as IDataObject;
	expect([of(second).idempotencyKey, of(second).fingerprint]).toEqual([of(first).idempotencyKey, of(first).fingerprint]);
	expect([second.id, sent()]).toEqual([first.id, 1]);
});

test('a limit is refused while amounts are in minor units, before anything is sent', async () => {
	behind(() => bench.sandbox.finvisUrl, amountsTimesHundred as never);
	const limited = batch(seed, { additionalFields: { limitPerDay: '1000000' } });
	const { error } = await finvis({ minorUnits: ['total_amount'] }).run(limited, [{ reference }]);
	expect(error?.message).toBe(
		'A limit cannot be checked while the Vendor Corrections of the credential say that amounts are in minor units',
	);
	expect(sent()).toBe(0);
});

test('Check Setup shows in one line which corrections act, and a wrong one stops every call', async () => {
	const { json } = await bench.fondo({ vendorCorrections: '{"fields":{"partnerRef":"clientRef"}}' }).run({
		resource: 'system',
		operation: 'checkSetup',
	});
	expect(json.filter(({ check }) => check === 'Vendor corrections')).toEqual([
		{ check: 'Vendor corrections', status: 'ok', finding: 'These act: fields: partnerRef → clientRef', instruction: '' },
	]);
	const { error } = await fondo({ fields: { clientRef: 'text' } }).run(subscription(seed), [{ reference }]);
	expect(error?.message).toBe(
		"Vendor Corrections (JSON) cannot be used: 'fields.clientRef' is a field of the contract, and is not taken away from where it is",
	);
	expect(gateway.received).toEqual([]);
});
