import finvis from '../../../contracts/finvis.shapes.json';
import fondo from '../../../contracts/fondo.shapes.json';
import { fondoConnection } from '../../../nodes/Fondo/connection';
import { UserError } from '../../../nodes/shared/core/userError';
import { correct } from '../../../nodes/shared/http/correct';
import { correctionsOf, shownCorrections } from '../../../nodes/shared/http/corrections';
import type { ApiRequest, ApiResponse } from '../../../nodes/shared/http/request';
import type { Shapes } from '../../../nodes/shared/http/shapes';

const read = (corrections: unknown, shapes: Shapes = finvis) =>
	correctionsOf({ vendorCorrections: typeof corrections === 'string' ? corrections : JSON.stringify(corrections) }, shapes);
const refusal = (corrections: unknown, shapes?: Shapes) => {
	try {
		return read(corrections, shapes);
	} catch (error) {
		return error instanceof UserError ? error.message.replace('Vendor Corrections (JSON) cannot be used: ', '') : error;
	}
};

/** What an API with these corrections gets, and what the nodes see of its answer. */
async function through(corrections: unknown, request: ApiRequest, body: unknown, status = 200) {
	const sent: ApiRequest[] = [];
	const send = async (one: ApiRequest): Promise<ApiResponse> => {
		sent.push(one);
		return { status, headers: {}, body };
	};
	const response = await correct(read(corrections))(send)(request);
	return { sent: sent[0], body: response.body };
}
const LIST = { route: 'GET /payments/batches/' };
const CREATE = { route: 'POST /payments/batches/', body: { title: 'x', payments: [{ amount: '12.50' }] } };

test('nothing, an empty object and an empty text are no corrections', () => {
	for (const none of ['', ' ', '{}', '""']) expect(read(none)).toBeUndefined();
	expect(correctionsOf({}, finvis)).toBeUndefined();
	expect(correctionsOf({ vendorCorrections: { fields: { title: 'name' } } }, finvis)?.fields).toEqual({ title: 'name' });
});

test.each<[unknown, string | RegExp]>([
	['{', /^'the text' must be a JSON object/],
	['[]', /^'the text' must be a JSON object/],
	['{"a":1}', "'a' is none of envelope, fields, filters, minorUnits, paging"],
	[{ fields: [] }, "'fields' must be an object of names"],
	[{ fields: { title: 1 } }, "'fields.title' must lead from a name to a name"],
	['{"fields":{"__proto__":"name"}}', "'fields.__proto__' must lead from a name to a name"],
	[{ fields: { title: 'nam' } }, "'fields.title' leads to 'nam', which is no field of the contract"],
	[{ fields: { a: 'name', b: 'name' } }, "'fields.b' leads to 'name', and so does another"],
	[{ filters: { state: 'x' } }, /^'filters.state' is none of account_id, /],
	[{ filters: { status: 'date_from' } }, "'filters.status' may not become 'date_from', which means something else"],
	[{ paging: { results: 'rows' } }, "'paging.results' is none of count, cursor, limit, next, offset, page, page_size, start"],
	[{ envelope: 'a..b' }, "'envelope' must be a path such as 'data' or 'payload.rows'"],
	[{ envelope: { 'GET /nothing': 'a' } }, "'envelope.GET /nothing' is no read of the contract, such as 'GET /v1/objects'"],
	[{ minorUnits: ['iban'] }, /^'minorUnits' must be a list of these: amount, available_balance, /],
])('%j is refused, with the key and what is allowed', (corrections, message) => {
	expect(refusal(corrections)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
});

test('no correction takes a reference, an amount, an account, an ID or Validate Only from where it is', () => {
	for (const name of ['id', 'name', 'total_amount', 'account_id', 'currency', 'status'])
		expect(refusal({ fields: { [name]: 'bank' } })).toBe(
			`'fields.${name}' is a field of the contract, and is not taken away from where it is`,
		);
	for (const name of ['clientRef', 'amount', 'account', 'sortedId'])
		expect(refusal({ fields: { [name]: 'text' } }, fondo)).toMatch(/is not taken away/);
	for (const name of ['validate-only', 'validateOnly']) {
		expect(refusal({ filters: { [name]: 'check' } }, fondo)).toMatch(/is none of/);
		expect(refusal({ filters: { ssn: name } }, fondo)).toMatch(/means something else/);
	}
});

test('a field gets its name where the answer lacks it, at every depth, and is never replaced', async () => {
	const fields = { title: 'name', owner_id: 'account_id' };
	const body = {
		results: [
			{ title: 'A', inner: { title: 'B' } },
			{ title: 'C', name: 'D' },
			{ title: 'E', name: null },
		],
	};
	expect((await through({ fields }, LIST, body)).body).toEqual({
		results: [{ name: 'A', inner: { name: 'B' } }, { title: 'C', name: 'D' }, { name: 'E' }],
	});
});

test('queries of reads have the names of the API, and a write goes out unchanged', async () => {
	const corrections = {
		fields: { title: 'name' },
		filters: { status: 'state' },
		paging: { page: 'sida', page_size: 'antal', next: 'nasta' },
	};
	const query = { status: 'draft', page: 2, page_size: 50 };
	expect((await through(corrections, { ...LIST, query }, [])).sent.query).toEqual({ state: 'draft', sida: 2, antal: 50 });
	const { sent, body } = await through(corrections, { ...CREATE, query }, { title: 'x' });
	expect(sent).toEqual({ ...CREATE, query });
	expect(body).toEqual({ name: 'x' });
	expect((await through(corrections, LIST, { nasta: '?sida=3', results: [] })).body).toMatchObject({ next: '?sida=3' });
});

test('an envelope opens where it leads to rows or an object, with what it says about pages', async () => {
	const envelope = 'payload.batches';
	const body = { ok: true, payload: { batches: [{ id: 1 }], owners: [{ id: 2 }], next: '?page=2' } };
	expect((await through({ envelope }, LIST, body)).body).toMatchObject({ ok: true, next: '?page=2', results: [{ id: 1 }] });
	expect((await through({ envelope }, LIST, body)).body).not.toHaveProperty('owners');
	for (const other of [[{ id: 1 }], { payload: 'x' }, { payload: { batches: 'x' } }])
		expect((await through({ envelope }, LIST, other)).body).toEqual(other);
	expect((await through({ envelope: { [LIST.route]: 'payload' } }, { route: 'GET /accounts/' }, body)).body).toEqual(body);
	expect((await through({ envelope: 'payload' }, CREATE, { payload: { id: 1 } })).body).toEqual({ id: 1 });
	expect((await through({ envelope: 'payload' }, CREATE, { payload: { id: 1 } }, 400)).body).toEqual({ payload: { id: 1 } });
});

test('amounts in minor units under a name of the API become amounts, and those under the name of the contract stay', async () => {
	const corrections = { fields: { amountOre: 'amount' }, minorUnits: ['amountOre'] };
	const rows = [{ amountOre: 12_345 }, { amount: 500 }, { amount: 500, amountOre: 50_000 }, { parts: [{ amountOre: '7' }] }];
	expect((await through(corrections, LIST, rows)).body).toEqual([
		{ amount: 123.45 },
		{ amount: 500 },
		{ amount: 500, amountOre: 50_000 },
		{ parts: [{ amount: '0.07' }] },
	]);
	expect(refusal({ fields: { title: 'name' }, minorUnits: ['title'] })).toMatch(/^'minorUnits' must be a list of these: /);
	expect(refusal({ minorUnits: ['amountOre'] })).toMatch(/^'minorUnits' must be a list of these: /);
});

test('amounts in minor units become amounts, to the last digit, and decimals are refused in a read', async () => {
	const amountOf = async (amount: unknown, request: ApiRequest = LIST) =>
		(await through({ minorUnits: ['amount'] }, request, [{ amount }])).body;
	for (const [minor, major] of [
		[12_345, 123.45],
		[-5, -0.05],
		[0, 0],
		['90071992547409931234', '900719925474099312.34'],
		['7', '0.07'],
		[null, null],
		['', ''],
	])
		expect(await amountOf(minor)).toEqual([{ amount: major }]);
	for (const amount of [12.5, '125.50', '1.2E+3', '12,50']) {
		await expect(amountOf(amount)).rejects.toThrow("'amount' is not in minor units, as the Vendor Corrections of the credential say");
		// An executed write is compared with what was sent.
		expect(await amountOf(amount, CREATE)).toEqual([{ amount }]);
	}
});

test('corrections are part of no identity, and are shown in one line', () => {
	const credential = { environment: 'production', clientId: 'a', clientSecret: 'b' };
	const text = '{"fields":{"partnerRef":"clientRef"},"filters":{"ssn":"person"},"envelope":"data","minorUnits":["amount"]}';
	const { corrections, ...corrected } = fondoConnection({ ...credential, vendorCorrections: text });
	const { corrections: none, ...plain } = fondoConnection(credential);
	expect(corrected).toEqual(plain);
	expect([none, corrections?.text]).toEqual([undefined, text]);
	expect(shownCorrections(corrections ?? {})).toBe(
		'fields: partnerRef → clientRef; filters: ssn → person; envelope: data; minor units: amount',
	);
});
