/**
 * Vendors that write IDs, days and amounts in their own way: a write that is run twice goes out once, and what it reads later is
 * known again. An amount a hundred times what was sent is refused.
 */
import type { IDataObject } from 'n8n-workflow';
import { Engine } from '../../support/n8n';
import { batch, byId, subscription } from '../../support/samples';
import { type Received, type Reply, useServer } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const server = useServer();
beforeEach(() => {
	server.reset();
	skipWaits();
});
afterEach(giveTimeBack);

/** Numbers that JavaScript would round are written into the JSON as they are. */
const raw = (digits: string) => `@${digits}@`;
const inJson = (body: unknown): Reply => ({
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(body).replace(/"@([^"@]*)@"/g, '$1'),
});

type Write = (object: IDataObject) => IDataObject;

interface Api {
	readonly engine: () => Engine;
	readonly create: (reference: string) => object;
	readonly answer: (reference: string, write: Write, losesAnswer: boolean) => (call: Received) => Reply | undefined;
}

const credential = () => ({ environment: 'custom', baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
const isPost = ({ method }: Received) => method === 'POST';
const posts = () => server.received.filter(isPost);

/** The list shows what was posted, in the vendor's writing. */
function keeping(write: Write, losesAnswer: boolean, more: IDataObject, list: (rows: IDataObject[], call: Received) => unknown) {
	const rows: IDataObject[] = [];
	return (call: Received): Reply | undefined => {
		if (!isPost(call)) return inJson(list(rows, call));
		rows.push(write({ ...(JSON.parse(call.body) as IDataObject), ...more }));
		return losesAnswer ? undefined : inJson(rows.at(-1));
	};
}

const apis: Record<'fondo' | 'finvis', Api> = {
	fondo: {
		engine: () => new Engine('fondo', credential()),
		create: (reference) =>
			subscription({ client: `c-${reference}`, accounts: ['a-1'], instrument: 'i-1', bankAccount: '', secondBankAccount: '' }),
		answer: (reference, write, losesAnswer) =>
			keeping(write, losesAnswer, { id: `o-${reference}`, sortedId: '01J1', status: 'received' }, (rows, { path, query }) =>
				path.endsWith('/order') ? rows.filter(({ sortedId }) => query.start === undefined || String(sortedId) >= query.start) : [],
			),
	},
	finvis: {
		engine: () => new Engine('finvis', credential()),
		create: () => batch({ client: '', accounts: [], instrument: '', bankAccount: 'b-1', secondBankAccount: '' }),
		answer: (reference, write, losesAnswer) =>
			keeping(
				({ payments: _, ...sent }) => write({ ...sent, total_amount: '100.50', payment_count: 1 }),
				losesAnswer,
				{ id: `b-${reference}`, status: 'draft', currency: 'SEK' },
				(rows) => ({ count: rows.length, next: null, results: rows }),
			),
	},
};

let references = 0;

/** Runs one write twice. The vendor has a client of its own for each, because the node keeps what it has read of a client. */
async function twice(api: Api, write: Write, losesAnswer: boolean) {
	const reference = `value-${(references += 1)}`;
	server.answer = api.answer(reference, write, losesAnswer);
	const engine = api.engine();
	const first = await engine.run(api.create(reference), [{ reference }]);
	const second = await engine.run(api.create(reference), [{ reference }]);
	return { first, second };
}

const on =
	(name: string, change: (value: string) => unknown): Write =>
	(object) =>
		object[name] === undefined ? object : { ...object, [name]: change(String(object[name])) as IDataObject };
const withComma = (value: string) => Number(value).toFixed(2).replace('.', ',');

const ids: Array<[string, Write]> = [
	['an ID above 2^53', (object) => ({ ...object, id: raw('9007199254740993') })],
	['a small number as ID', (object) => ({ ...object, id: 7 })],
];
const amounts = (name: string): Array<[string, Write]> => [
	['amounts as numbers', on(name, Number)],
	['amounts with many decimals', on(name, (value) => raw(`${Number(value).toFixed(2)}0000000000000000`))],
	['amounts with an exponent', on(name, (value) => raw(Number(value).toExponential()))],
	['amounts with an exponent as text', on(name, (value) => Number(value).toExponential().toUpperCase())],
	['amounts with a comma', on(name, withComma)],
];
const days: Array<[string, Write]> = [
	['T00:00:00', 'days with a time and no zone'],
	[' 00:00:00', 'days with a time behind a space'],
	['T00:00:00+0200', 'days with +0200'],
	['T00:00:00.000+02:00', 'days with +02:00'],
	['+0200', 'days with a zone alone'],
].map(([more, name]) => [name, on('execution_date', (day) => day.slice(0, 10) + more)]);

const works: Array<['fondo' | 'finvis', string, Write]> = [
	...[...ids, ...amounts('amount')].map(([name, write]): ['fondo', string, Write] => ['fondo', name, write]),
	...[...ids, ...amounts('total_amount'), ...days].map(([name, write]): ['finvis', string, Write] => ['finvis', name, write]),
];

describe.each([
	['with its answer', false],
	['whose answer is lost', true],
])('a write %s', (_, losesAnswer) => {
	test.each(works)('%s with %s: created once, and found the second time', async (api, __, write) => {
		const { first, second } = await twice(apis[api], write, losesAnswer);
		expect([first.error?.description, second.error?.description]).toEqual([undefined, undefined]);
		expect(first.json[0]).toMatchObject({ receipt: { outcome: 'created' } });
		expect(second.json[0]).toMatchObject({ receipt: { outcome: 'found' } });
		expect(posts()).toHaveLength(1);
	});

	test.each<['fondo' | 'finvis', string, string, (value: number) => unknown]>([
		['fondo', 'numbers', 'amount', (value) => value * 100],
		['fondo', 'texts', 'amount', (value) => String(value * 100)],
		['finvis', 'numbers', 'total_amount', (value) => value * 100],
		['finvis', 'texts', 'total_amount', (value) => `${value * 100}.00`],
	])('%s with amounts in öre as %s: refused both times, and sent once', async (api, __, name, write) => {
		const { first, second } = await twice(
			apis[api],
			on(name, (value) => write(Number(value))),
			losesAnswer,
		);
		for (const { error } of [first, second]) expect(error?.message).toMatch(losesAnswer ? /known|sent before/ : /other values|sent before/);
		const said = `${first.error?.description} ${second.error?.description}`;
		expect(said).toMatch(/amount was (50000|10050(\.00)?), now (500|100\.50) \(a hundred times as much, as if it were counted in öre\)/);
		expect(posts()).toHaveLength(1);
	});

	test.each<['fondo' | 'finvis', string, string, string]>([
		['fondo', 'a comma that groups', 'amount', '500,000'],
		['finvis', 'another day', 'execution_date', '2020-01-02T00:00:00+0200'],
		['finvis', 'no day', 'execution_date', '02/01/2020'],
	])('%s with %s: refused both times, and sent once', async (api, __, name, value) => {
		const { first, second } = await twice(
			apis[api],
			on(name, () => value),
			losesAnswer,
		);
		expect([first.error, second.error]).not.toContain(undefined);
		expect(posts()).toHaveLength(1);
	});
});

describe('a read', () => {
	const row = {
		id: raw('9007199254740993'),
		amount: raw('12345678901234567.89'),
		units: raw('1.5e-7'),
		createdDate: '2026-03-06T10:00:00+0200',
	};
	const client = byId('c-1');

	test('gives IDs and amounts with every digit, and other values as they are', async () => {
		server.answer = () => inJson(row);
		const { json } = await apis.fondo.engine().run({ resource: 'order', operation: 'get', parameters: { client, order: byId('x') } });
		expect(json).toEqual([
			{ id: '9007199254740993', amount: '12345678901234567.89', units: 1.5e-7, createdDate: '2026-03-06T10:00:00+0200' },
		]);
	});

	test('in a list gives an ID that leads back to its object', async () => {
		server.answer = ({ path }) => inJson(path.endsWith('/order') ? [row, { ...row, id: raw('9007199254740992') }] : row);
		const engine = apis.fondo.engine();
		const { json } = await engine.run({ resource: 'order', operation: 'getMany', parameters: { client } });
		expect(json.map(({ id }) => String(id))).toEqual(['9007199254740993', '9007199254740992']);
		await engine.run({ resource: 'order', operation: 'get', parameters: { client, order: byId(json[0].id) } });
		expect(server.received.at(-1)?.path).toBe('/v2/partner/client/c-1/order/9007199254740993');
	});
});
