import { randomUUID } from 'node:crypto';
import 'n8n-workflow'; // Changes how JSON writes whole numbers above 2^53, for everything in the process.
import { POSITIONS as ALL } from '../../sandbox/vendors';
import { events } from '../../sandbox/vendors/positions/events';
import { webhooks } from '../../sandbox/vendors/positions/webhooks';
import { batchFrom, payment } from './batch';
import { Bench, type Caller, post } from './caller';

/** Those of events and webhooks are in vendorEvents.test.ts. */
const POSITIONS = ALL.filter((position) => ![...events, ...webhooks].includes(position));

const SECOND = 1;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FUND = 'SE0001862426SEK';

let bench: Bench;
let fondo: Caller;
let finvis: Caller;
let root: string;
let account: any;
let bankAccount: string;
let payer: any;
/** The IDs of the accounts in the order of the list, and of the bank transactions. */
let accounts: string[];
let transactions: string[];
let sent = 0;

beforeAll(async () => {
	const tokenLifetimeSeconds = 1e9;
	bench = await Bench.open({
		// The clock moves only when a test moves it.
		speed: 0,
		transactions: 300,
		settings: { fondo: { tokenLifetimeSeconds }, finvis: { tokenLifetimeSeconds, rateLimit: null } },
	});
	[fondo, finvis] = await Promise.all([bench.fondo(), bench.finvis()]);
	const client = (await fondo.get('/v2/partner/client')).json[0].id;
	root = `/v2/partner/client/${client}`;
	const all = (await fondo.get(`${root}/account`)).json;
	accounts = all.map(({ id }: any) => id);
	account = all.find((one: any) => one.status === 'active' && one.bankAccounts.length > 0);
	bankAccount = account.bankAccounts[0].id;
	bench.admin.deposits({ accountId: account.id, amount: 1_000_000 });
	payer = (await finvis.get('/accounts/')).json.results[0];
	transactions = (await finvis.get('/transactions?page_size=200')).json.results.map(({ id }: any) => id);
});
afterAll(() => bench.stop());

const advance = (seconds: number) => bench.admin.clock.advance(seconds);
const same = (one: unknown, other: unknown) => String(one).toLowerCase() === String(other).toLowerCase();
const rowsOf = ({ json }: { json: any }): any[] => [json, json?.results, json?.data, json?.items].find(Array.isArray) ?? [];
const ledger = (reference: string) => bench.admin.ledger(reference).filter(({ canceled }) => !canceled).length;
const nextRef = () => `R-${(sent += 1)}`;

const orderBody = (fields = {}) => ({
	orderType: 'subscription',
	account: account.id,
	clientRef: nextRef(),
	instrument: FUND,
	amount: 200,
	...fields,
});
const order = (fields = {}, query = '') => fondo.post(`${root}/order${query}`, orderBody(fields));
const orderRow = async (id: string) => rowsOf(await fondo.get(`${root}/order`)).find((row) => same(row.id, id));
const payout = (fields = {}) =>
	fondo.post(`${root}/account/${account.id}/withdrawal`, {
		clientRef: nextRef(),
		executorRef: '198001019807',
		amount: 5,
		bankAccount,
		...fields,
	});
const cashRow = async (id: string) => rowsOf(await fondo.get(`${root}/transaction/cash`)).find((row) => same(row.id, id));

const batchBody = (fields = {}) => batchFrom(payer.id, { name: nextRef(), ...fields });
const batch = (fields = {}, key: string = randomUUID()) => finvis.post('/payments/batches/', batchBody(fields), key);
const batchRow = async (id: string) => rowsOf(await finvis.get('/payments/batches/?page_size=200')).find((row) => same(row.id, id));
const act = (path: string) => finvis.post(path, undefined, randomUUID());
const submit = (id: string) => act(`/payments/batches/${id}/submit`);
const approvalsOf = async (id: string) =>
	rowsOf(await finvis.get('/approvals/pending?page_size=200')).filter((row) => same(row.object_id, id));
const approve = async (id: string) => {
	for (const approval of await approvalsOf(id)) await act(`/approvals/${approval.id}/approve`);
};

/** What a call does, and what it gives with the position. Without the position it gives something else. */
interface Case {
	probe: () => Promise<unknown>;
	expected: unknown;
}

const cases = new Map<string, Case>();
const given = (probe: Case['probe'], expected: Record<string, unknown>) => {
	for (const [name, value] of Object.entries(expected)) cases.set(name, { probe, expected: value });
};

// References and names.

const REFERENCE = ' Rent-March  2026 for the flat number 17 ';
const shownReference = async () => {
	const { id, clientRef: answer } = (await order({ clientRef: REFERENCE })).json;
	const { clientRef: list } = await orderRow(id);
	const { clientRef: read } = (await fondo.get(`${root}/order/${id}`)).json;
	return [answer, list, read];
};
const everywhere = (text: string | undefined) => [text, text, text];
given(shownReference, {
	'references-cut-20': everywhere(' Rent-March  2026 fo'),
	'references-cut-35': everywhere(' Rent-March  2026 for the flat numb'),
	'references-upper-case': everywhere(' RENT-MARCH  2026 FOR THE FLAT NUMBER 17 '),
	'references-lower-case': everywhere(' rent-march  2026 for the flat number 17 '),
	'references-trimmed': everywhere('Rent-March 2026 for the flat number 17'),
	'references-without-spaces': everywhere('Rent-March2026fortheflatnumber17'),
	'references-without-hyphens': everywhere(' RentMarch  2026 for the flat number 17 '),
	'references-only-in-reads': [undefined, undefined, REFERENCE],
	'references-not-in-answers': [undefined, REFERENCE, REFERENCE],
	'references-only-in-answers': [REFERENCE, undefined, undefined],
	'references-never-shown': everywhere(undefined),
});
given(
	async () => {
		const { id } = (await order({ clientRef: 'Executed' })).json;
		const before = (await orderRow(id)).clientRef;
		advance(2 * DAY);
		return [before, (await orderRow(id)).clientRef];
	},
	{ 'references-once-executed': [undefined, 'Executed'] },
);
const referenceTwice = async () => {
	const clientRef = nextRef();
	const instruct = () =>
		fondo.post(`${root}/instruction/payment`, { type: 'autogiro', payments: [{ account: account.id, amount: 100, clientRef }] });
	return [(await order({ clientRef })).status, (await payout({ clientRef })).status, (await instruct()).status, ledger(clientRef)];
};
given(referenceTwice, { 'used-references-409': [200, 409, 409, 1], 'used-references-400': [200, 400, 400, 1] });

const NAME = ' Rent (March)  for all the flats, No. 17 ';
const shownName = async () => {
	const { id, name } = (await batch({ name: NAME })).json;
	advance(HOUR);
	return [name, (await batchRow(id)).name];
};
const always = (name: string | undefined) => [name, name];
given(shownName, {
	'names-cut-20': always(' Rent (March)  for a'),
	'names-cut-35': always(' Rent (March)  for all the flats, N'),
	'names-trimmed': always('Rent (March) for all the flats, No. 17'),
	'names-upper-case': always(' RENT (MARCH)  FOR ALL THE FLATS, NO. 17 '),
	'names-lower-case': always(' rent (march)  for all the flats, no. 17 '),
	'names-plain-letters': always(' Rent March  for all the flats No 17 '),
	'names-changed': always(`${NAME} (copy)`),
	'names-dropped': always(undefined),
	'names-changed-by-a-person': [NAME, 'Renamed by Anna'],
});
given(
	async () => {
		const name = nextRef();
		await batch({ name });
		return rowsOf(await finvis.get('/payments/batches/?page_size=200')).flatMap((row) => (row.name === name ? row.total_amount : []));
	},
	{ 'drafts-planted-by-others': ['990000.00', '100.30'] },
);

// When a row shows.

/** Whether a list shows an object so many seconds after it was made. */
const shows = (make: () => Promise<{ json: any }>, row: (id: string) => Promise<unknown>, times: number[]) => async () => {
	const { id } = (await make()).json;
	const seen: boolean[] = [];
	let passed = 0;
	for (const time of times) {
		advance(time - passed);
		passed = time;
		seen.push((await row(id)) !== undefined);
	}
	return seen;
};
const APPEARS = [false, true];
const DISAPPEARS = [true, false];
for (const [api, make, row] of [
	['fondo', order, orderRow],
	['finvis', batch, batchRow],
] as const) {
	given(shows(make, row, [7 * SECOND, 8 * SECOND]), { [`${api}-rows-8-seconds-late`]: APPEARS });
	given(shows(make, row, [11 * MINUTE - 1, 11 * MINUTE]), { [`${api}-rows-11-minutes-late`]: APPEARS });
	given(shows(make, row, [3 * DAY - 1, 3 * DAY]), { [`${api}-rows-3-days-late`]: APPEARS });
	given(shows(make, row, [30 * DAY - 1, 30 * DAY]), { [`${api}-lists-without-old`]: DISAPPEARS });
}
const CONFIRMED = 5 * MINUTE + HOUR + DAY;
given(shows(order, orderRow, [CONFIRMED - 1, CONFIRMED]), { 'fondo-rows-once-executed': APPEARS });
given(shows(order, orderRow, [CONFIRMED + 2 * DAY - 1, CONFIRMED + 2 * DAY]), { 'fondo-lists-without-finished': DISAPPEARS });
given(shows(payout, cashRow, [DAY - 1, DAY]), { 'payouts-listed-late': APPEARS });
given(shows(payout, cashRow, [0, 9 * DAY]), { 'payouts-never-listed': [false, false] });
const showsExecuted = async () => {
	const { id } = (await batch()).json;
	const before = (await batchRow(id)) !== undefined;
	await submit(id);
	await approve(id);
	advance(DAY);
	return [before, (await batchRow(id)) !== undefined];
};
given(showsExecuted, { 'finvis-rows-once-executed': APPEARS, 'finvis-lists-without-finished': DISAPPEARS });

// Pages.

/** The places of the accounts that a list gives, by their order without positions. */
const places = async (query: string) => rowsOf(await fondo.get(`${root}/account?${query}`)).map(({ id }) => accounts.indexOf(id));
const sortedIdOf = async (place: number) => (await fondo.get(`${root}/account/${accounts[place]}`)).json.sortedId;
const fromSecond = async () => places(`limit=3&start=${await sortedIdOf(1)}`);
given(fromSecond, { 'start-exclusive': [2, 3, 4], 'start-ignored': [0, 1, 2] });
given(async () => (await places('limit=60')).length, { 'fondo-own-page-size': 20, 'fondo-silent-cap': 50 });
given(async () => [(await fondo.get(`${root}/account?limit=100`)).status, (await fondo.get(`${root}/account?limit=101`)).status], {
	'fondo-page-size-refused': [200, 400],
});
given(async () => [await places('limit=2'), await places(`limit=2&start=${await sortedIdOf(1)}`)], {
	'fondo-newest-first': [
		[99, 98],
		[1, 0],
	],
});
given(async () => (await fondo.get(`${root}/account?start=${'Z'.repeat(26)}`)).status, { 'fondo-404-beyond-the-end': 404 });
given(async () => (await places('modifiedFrom=2999-01-01T00:00:00.000Z')).length, { 'fondo-filters-ignored': 100 });
const sortedIds = async () => {
	const ids: unknown[] = rowsOf(await fondo.get(`${root}/account`)).map(({ sortedId }) => sortedId);
	const isOrdered = ids.every((id, index) => index === 0 || String(ids[index - 1]) < String(id));
	const second = typeof ids[1] === 'undefined' ? [] : await places(`limit=2&start=${ids[1]}`);
	return [typeof ids[1], new Set(ids).size, isOrdered, second];
};
given(sortedIds, {
	'no-sorted-id': ['undefined', 1, false, []],
	'sorted-id-as-integer': ['number', 100, false, [1, 2]],
	'sorted-id-not-in-order': ['string', 100, false, [1, 2]],
});

const bankPlaces = async (query: string) => rowsOf(await finvis.get(`/transactions?${query}`)).map(({ id }) => transactions.indexOf(id));
given(async () => (await bankPlaces('page_size=60')).length, { 'finvis-own-page-size': 20, 'finvis-silent-cap': 50 });
given(async () => [(await finvis.get('/transactions?page_size=100')).status, (await finvis.get('/transactions?page_size=101')).status], {
	'finvis-page-size-refused': [200, 400],
});
given(
	async () => {
		const { json } = await finvis.get('/companies?page_size=200');
		return json.results.map(({ org_number }: any) => org_number).join() === (await companyNumbers()).reverse().join();
	},
	{ 'finvis-newest-first': true },
);
/** In the order of the sandbox's store. */
const companyNumbers = async () => {
	const on = bench.admin.vendor.on();
	bench.admin.vendor.set([]);
	const { json } = await finvis.get('/companies?page_size=200');
	bench.admin.vendor.set(on);
	return json.results.map(({ org_number }: any) => org_number);
};
const beyond = async () => {
	const response = await finvis.get('/companies?page=99&page_size=4');
	return [response.status, rowsOf(response).length];
};
given(beyond, { 'finvis-404-beyond-the-end': [404, 0], 'finvis-last-page-again': [200, 2] });
given(() => bankPlaces('page=2&page_size=2'), { 'finvis-page-number-ignored': [0, 1] });
given(async () => rowsOf(await finvis.get('/reconciliation/matches?status=nothing')).length > 0, { 'finvis-filters-ignored': true });

// Shapes of lists.

const PAGE = { total: 100, page: 1, size: 2, pages: 50 };
const META = { total: 100, current_page: 1, last_page: 50 };
const shape = async () => {
	const { json } = await fondo.get(`${root}/account?limit=2`);
	return Array.isArray(json)
		? 'bare'
		: Object.fromEntries(Object.entries(json).map(([name, value]) => [name, Array.isArray(value) ? value.length : value]));
};
given(shape, {
	'fondo-lists-in-results': { results: 2 },
	'fondo-lists-in-data': { data: 2, meta: META },
	'fondo-lists-in-items': { items: 2, ...PAGE },
});
const finvisShape = async () => {
	const { json } = await finvis.get('/companies?page_size=2');
	return Array.isArray(json)
		? json.length
		: Object.fromEntries(Object.entries(json).map(([name, value]) => [name, Array.isArray(value) ? value.length : value]));
};
given(finvisShape, {
	'finvis-bare-lists': 2,
	'finvis-lists-in-data': { data: 2, meta: { total: 6, current_page: 1, last_page: 3 } },
	'finvis-lists-in-items': { items: 2, total: 6, page: 1, size: 2, pages: 3 },
	'finvis-next-always-null': { count: 6, next: null, previous: null, results: 2 },
});
given(async () => new URL((await finvis.get('/companies?page=2&page_size=2')).json.next).searchParams.get('page'), {
	'finvis-next-points-back': '1',
});

const nextAddress = async () => {
	const { json, headers } = await finvis.get('/companies?page_size=2');
	return String(json?.next ?? headers.get('link')).replace(new URL(finvis.base).origin, '(here)');
};
const SECOND_PAGE = '/public/companies?page_size=2&page=2';
given(nextAddress, {
	'finvis-next-as-path': SECOND_PAGE,
	'finvis-next-on-another-host': `https://elsewhere.invalid${SECOND_PAGE}`,
	'finvis-next-in-a-link-header': `<(here)${SECOND_PAGE}>; rel="next"`,
	'finvis-next-as-path-in-a-link-header': `<${SECOND_PAGE}>; rel="next"`,
	'finvis-next-in-a-link-header-elsewhere': `<https://elsewhere.invalid${SECOND_PAGE}>; rel="next"`,
});
given(async () => new URL((await finvis.get('/companies?page_size=2')).json.next).protocol, { 'finvis-next-on-another-scheme': 'ftp:' });
given(async () => (await finvis.get('/companies?page_size=2')).json.count, {
	'finvis-counts-too-few': 5,
	'finvis-counts-too-many': 7,
	'finvis-counts-the-page': 2,
});

// Answers to writes.

/** Status and body of the answer to a create call, and whether its Location gives the object. */
const created = (caller: () => Caller, path: () => string, body: () => object) => async () => {
	const { base, token } = caller();
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
	const response = await fetch(base + path(), { method: 'POST', headers, body: JSON.stringify(body()), redirect: 'manual' });
	const text = await response.text();
	const location = response.headers.get('location');
	const at = location === null ? undefined : await fetch(location, { headers: { authorization: headers.authorization } });
	const read: any = await at?.json();
	const shownBody = text.startsWith('{') ? Object.keys(JSON.parse(text)) : text;
	return {
		status: response.status,
		body: Array.isArray(shownBody) && shownBody.length > 1 ? 'whole' : shownBody,
		location: read && same(read.id, location?.split('/').at(-1)),
	};
};
const createdOrder = created(
	() => fondo,
	() => `${root}/order`,
	orderBody,
);
const createdBatch = created(
	() => finvis,
	() => '/payments/batches/',
	batchBody,
);
for (const [api, probe, usual, other] of [
	['fondo', createdOrder, 200, 201],
	['finvis', createdBatch, 201, 200],
] as const) {
	given(probe, {
		[`${api}-answers-${other}`]: { status: other, body: 'whole' },
		[`${api}-answers-202`]: { status: 202, body: 'whole' },
		[`${api}-answers-204`]: { status: 204, body: '' },
		[`${api}-answers-302`]: { status: 302, body: '', location: true },
		[`${api}-answers-303`]: { status: 303, body: '', location: true },
		[`${api}-answers-id-only`]: { status: usual, body: ['id'] },
		[`${api}-answers-in-data`]: { status: usual, body: ['data'] },
		[`${api}-answers-text`]: { status: usual, body: 'Created' },
	});
}
const refusedOrder = async () => {
	const { status, json } = await order({ instrument: 'SE0000000000SEK' });
	return [status, Object.keys(json), JSON.stringify(json).includes('does not exist')];
};
const refusedBatch = async () => {
	const { status, json } = await batch({ payments: [] });
	return [status, Object.keys(json), JSON.stringify(json).includes('at least one payment')];
};
given(refusedOrder, { 'fondo-success-false': [200, ['success', 'error'], true], 'fondo-errors-in-200': [200, ['errors'], true] });
given(refusedBatch, { 'finvis-success-false': [200, ['success', 'error'], true], 'finvis-errors-in-200': [200, ['errors'], true] });
const afterOrder = async () => {
	const clientRef = nextRef();
	const { status, headers } = await order({ clientRef });
	return [status, headers.get('content-type')?.split(';')[0], ledger(clientRef)];
};
/** The repeat with the same key gets the answer that the key keeps. */
const afterBatch = async () => {
	const body = batchBody();
	const key = randomUUID();
	const first = await finvis.post('/payments/batches/', body, key);
	const repeated = await finvis.post('/payments/batches/', body, key);
	return [first.status, first.headers.get('content-type')?.split(';')[0], repeated.status];
};
given(afterOrder, { 'fondo-500-after-effect': [500, 'application/json', 1], 'fondo-504-after-effect': [504, 'text/html', 1] });
given(afterBatch, { 'finvis-500-after-effect': [500, 'application/json', 201], 'finvis-504-after-effect': [504, 'text/html', 201] });

// Keys.

const otherBody = async () => {
	const key = randomUUID();
	const first = (await batch({ name: 'First' }, key)).json;
	const second = await batch({ name: 'Second' }, key);
	return [second.status, second.json.id === first.id];
};
given(otherBody, {
	'cached-answers': [201, true],
	'other-body-409': [409, false],
	'other-body-422': [422, false],
	'other-body-400': [400, false],
});
/** Whether a key is known so many seconds after its first use. */
const known = (times: number[]) => async () => {
	const key = randomUUID();
	const body = batchBody();
	const { id } = (await finvis.post('/payments/batches/', body, key)).json;
	const found: boolean[] = [];
	let passed = 0;
	for (const time of times) {
		advance(time - passed);
		passed = time;
		found.push((await finvis.post('/payments/batches/', body, key)).json.id === id);
	}
	return found;
};
given(known([20 * SECOND, 31 * SECOND]), { 'keys-forgotten-after-30-seconds': [true, false] });
given(known([29 * MINUTE, 31 * MINUTE]), { 'keys-forgotten-after-30-minutes': [true, false] });
given(known([23 * HOUR, 25 * HOUR]), { 'keys-forgotten-after-a-day': [true, false] });
given(known([0]), { 'keys-ignored': [false] });
given(
	async () => {
		const key = randomUUID();
		return [(await batch({ payments: [] }, key)).status, (await batch({}, key)).status];
	},
	{ 'keys-keep-refusals': [400, 400] },
);
given(async () => [(await batch({}, `plain-${randomUUID()}`)).status, (await batch()).status], { 'keys-want-uuid-v4': [400, 201] });
given(
	async () => {
		const [key, body] = [randomUUID(), batchBody()];
		const send = async () => (await finvis.post('/payments/batches/', body, key)).status;
		const early = [await send(), await send()];
		advance(6);
		return [...early, await send()];
	},
	{ 'keys-conflict-under-way': [201, 409, 201] },
);

// How values are written.

const written =
	(field: string, fields = {}) =>
	async () => {
		const { id } = (await order(fields)).json;
		return [(await orderRow(id))?.[field], (await fondo.get(`${root}/order/${id}`)).json[field]];
	};
const twice = (value: unknown) => [value, value];
given(written('amount'), {
	'fondo-amounts-as-text': twice('200'),
	'fondo-amounts-with-exponent': twice('2E+2'),
	'fondo-amounts-more-decimals': twice('200.0000000'),
	'fondo-amounts-with-comma': twice('200,00'),
	'fondo-amounts-in-minor-units': twice(20_000),
});
given(async () => [(await order()).json.createdDate.slice(-6), (await fondo.get(`${root}/account`)).json[0].createdDate.slice(-6)], {
	'fondo-moments-with-zone': twice('+01:00'),
});
given(
	async () => {
		const { id, account: own } = (await order({ account: account.id.toUpperCase() })).json ?? {};
		return [id !== undefined && id === id.toUpperCase(), own === account.id.toUpperCase(), (await fondo.get(`${root}/order/${id}`)).status];
	},
	{ 'fondo-ids-upper-case': [true, true, 200] },
);
given(written('instrument', { instrument: FUND.toLowerCase() }), { 'fondo-codes-lower-case': twice(FUND.toLowerCase()) });
given(written('orderType'), { 'fondo-codes-upper-case': twice('SUBSCRIPTION') });
given(written('executorRef', { executorRef: '8001019807' }), { 'personal-numbers-twelve-digits': twice('198001019807') });
given(
	async () => {
		const payments = ['a', 'b', 'c'].map((clientRef) => ({ account: account.id, amount: 100, clientRef }));
		const { json } = await fondo.post(`${root}/instruction/payment`, { type: 'autogiro', payments });
		return json.instructions.map(({ clientRef }: any) => clientRef);
	},
	{ 'instructions-in-another-order': ['c', 'b', 'a'] },
);

const batchField = (field: string) => async () => {
	const { json } = await batch({ execution_date: '2099-03-01' });
	return [json[field], (await batchRow(json.id))[field]];
};
given(batchField('total_amount'), {
	'finvis-amounts-as-number': twice(100.3),
	'finvis-amounts-with-exponent': twice('1.003E+2'),
	'finvis-amounts-more-decimals': twice('100.3000000'),
	'finvis-amounts-with-comma': twice('100,30'),
	'finvis-amounts-in-minor-units': twice(10_030),
});
const endOf = (moment: string) => moment.slice(19);
given(async () => endOf((await order()).json.createdDate), {
	'fondo-moments-without-zone': '',
	'fondo-moments-with-plain-offset': '+0100',
});
given(async () => endOf((await batch()).json.created_at), {
	'finvis-moments-without-zone': '',
	'finvis-moments-with-plain-offset': '+0100',
});
for (const [api, make, path] of [
	['fondo', order, (id: string) => `${root}/order/${id}`],
	['finvis', batch, () => `/accounts/${payer.id}`],
] as const) {
	/** Whether the answer has a number as its ID, as it is written, and whether the number leads back. */
	const numbered = async () => {
		const made = await make();
		const [, id = ''] = /"id":(\d+)/.exec(made.text) ?? [];
		const read = await (api === 'fondo' ? fondo : finvis).get(path(id));
		const [, own = ''] = /"id":(\d+)/.exec(read.text) ?? [];
		const again = await (api === 'fondo' ? fondo : finvis).get(api === 'fondo' ? path(own) : `/accounts/${own}`);
		return id !== '' && again.status === 200 && (BigInt(id) > 2n ** 53n ? 'big' : 'small');
	};
	given(numbered, { [`${api}-ids-as-numbers`]: 'small', [`${api}-ids-above-2-53`]: 'big' });
}
given(
	async () => [
		(await batch()).json.created_at.slice(-6),
		payer.id && (await finvis.get(`/accounts/${payer.id}`)).json.balance_updated_at.slice(-6),
	],
	{
		'finvis-moments-with-zone': twice('+01:00'),
	},
);
given(
	async () => {
		const { id } = (await batch({ account_id: payer.id.toUpperCase() })).json;
		return [id !== undefined && id === id.toUpperCase(), (await submit(String(id).toUpperCase())).status];
	},
	{ 'finvis-ids-upper-case': [true, 200] },
);
given(batchField('execution_date'), {
	'finvis-days-with-time': twice('2099-03-01T00:00:00'),
	'finvis-days-with-zone': twice('2099-03-01T00:00:00+01:00'),
});
given(batchField('currency'), { 'finvis-codes-lower-case': twice('sek') });
const shownPayments = async () => {
	const { json } = await batch();
	const ids = (payments: any) => payments?.map(({ end_to_end_id }: any) => end_to_end_id);
	return [ids(json.payments), ids((await batchRow(json.id)).payments)];
};
given(shownPayments, {
	'batches-show-payments': twice(['E2E-1', 'E2E-2']),
	'batches-show-payments-in-another-order': twice(['E2E-2', 'E2E-1']),
});

// What only a caller over HTTP sees.

const token = async (api: 'fondo' | 'finvis') => {
	const url = api === 'fondo' ? `${fondo.base}/v2/partner/auth/token` : `${finvis.base}/auth/token/`;
	const form = { grant_type: 'client_credentials', client_id: `${api}-demo`, client_secret: `${api}-demo-secret` };
	const { status, json } = await post(url, new URLSearchParams(form));
	const { expires_in, token_type } = json.data ?? json;
	return [status, Object.keys(json).length === 1, typeof expires_in, token_type];
};
for (const [api, type] of [
	['fondo', undefined],
	['finvis', 'Bearer'],
] as const) {
	given(() => token(api), {
		[`${api}-tokens-without-expires-in`]: [200, api === 'fondo', 'undefined', type],
		[`${api}-expires-in-as-text`]: [200, false, 'string', type],
		[`${api}-tokens-in-data`]: [200, true, 'number', type],
		[`${api}-tokens-201`]: [201, false, 'number', type],
		[`${api}-token-type-in-lower-case`]: [200, false, 'number', 'bearer'],
	});
	const withOldToken = async () => {
		const { base } = api === 'fondo' ? fondo : finvis;
		const path = api === 'fondo' ? `${root}/account` : '/accounts/';
		return (await fetch(base + path, { headers: { authorization: 'Bearer old' } })).status;
	};
	given(withOldToken, { [`${api}-expired-token-400`]: 400, [`${api}-expired-token-403`]: 403 });

	const unknown = async () => {
		const { text, headers } = await (api === 'fondo'
			? fondo.get(`${root}/account/${randomUUID()}`)
			: finvis.get(`/accounts/${randomUUID()}`));
		const body = text.startsWith('{') ? Object.keys(JSON.parse(text)) : text.slice(0, 6);
		return [body, headers.get('content-type')?.split(';')[0], text.includes('There is no account')];
	};
	const JSON_TYPE = 'application/json';
	given(unknown, {
		[`${api}-errors-in-detail`]: [['detail'], JSON_TYPE, true],
		[`${api}-errors-in-a-list-of-details`]: [['detail'], JSON_TYPE, true],
		[`${api}-errors-in-a-list`]: [['errors'], JSON_TYPE, true],
		[`${api}-errors-by-field`]: [['errors'], JSON_TYPE, true],
		[`${api}-errors-as-problem-json`]: [['type', 'title', 'status', 'detail'], 'application/problem+json', true],
		[`${api}-errors-as-web-page`]: ['<html>', 'text/html', true],
		[`${api}-errors-without-a-body`]: ['', undefined, false],
	});

	const throttled = async () => {
		bench.admin.faults.add({ match: { api }, kind: 'rate_limit', retryAfter: 30, times: 1 });
		const { headers } = await (api === 'fondo' ? fondo.get(`${root}/account`) : finvis.get('/accounts/'));
		const retryAfter = headers.get('retry-after');
		const reset = headers.get('x-ratelimit-reset');
		return [retryAfter?.slice(-3), reset?.length, headers.get('ratelimit-reset')];
	};
	given(throttled, {
		[`${api}-throttled-without-headers`]: [undefined, undefined, null],
		[`${api}-throttled-with-a-date`]: ['GMT', undefined, null],
		[`${api}-throttled-with-unix-seconds`]: [undefined, 10, null],
		[`${api}-throttled-with-unix-milliseconds`]: [undefined, 13, null],
		[`${api}-throttled-with-ratelimit-reset`]: [undefined, undefined, '30'],
	});
}
const agreement = async () => {
	const path = `${root}/account/${account.id}/agreement/account`;
	const { text, json, headers } = await fondo.get(path);
	const linked = json?.url === undefined ? '' : (await fondo.get(new URL(json.url).pathname + new URL(json.url).search)).text;
	const content = Buffer.from(json?.content ?? '', 'base64').toString('latin1');
	return [headers.get('content-type')?.split(';')[0], [text, content, linked].map((part) => part.startsWith('%PDF'))];
};
given(agreement, {
	'agreements-as-octet-stream': ['application/octet-stream', [true, false, false]],
	'agreements-in-base64': ['application/json', [false, true, false]],
	'agreements-as-link': ['application/json', [false, false, true]],
});
const withoutSlash = async () => {
	const headers = { authorization: `Bearer ${finvis.token}` };
	const { status, headers: answered } = await fetch(`${finvis.base}/companies?page=1`, { headers, redirect: 'manual' });
	return [status, answered.get('location')];
};
for (const status of [301, 302, 307, 308]) given(withoutSlash, { [`finvis-redirects-${status}`]: [status, '/public/companies/?page=1'] });

// Statuses.

const WORDS = {
	rejected: 'rejected',
	'rejected-in-capitals': 'REJECTED',
	declined: 'declined',
	expired: 'expired',
	canceled: 'canceled',
	cancelled: 'cancelled',
};
const endedOrder = async () => {
	const clientRef = nextRef();
	const { id } = (await order({ clientRef })).json;
	advance(HOUR - 1);
	const before = (await orderRow(id)).status;
	advance(1);
	return [before, (await orderRow(id)).status, ledger(clientRef), (await fondo.send('DELETE', `${root}/order/${id}`)).status];
};
const endedBatch = async () => {
	const { id } = (await batch()).json;
	await submit(id);
	advance(HOUR - 1);
	const before = [(await batchRow(id)).status, (await approvalsOf(id)).length];
	advance(1);
	return [before, [(await batchRow(id)).status, (await approvalsOf(id)).length], (await submit(id)).json.detail];
};
for (const [name, word] of Object.entries(WORDS)) {
	given(endedOrder, { [`orders-${name}`]: ['received', word, 0, 400] });
	given(endedBatch, { [`batches-${name}`]: [['pending_approval', 1], [word, 0], 'The batch has ended'] });
}
given(written('status'), { 'orders-of-unknown-status': twice('parked'), 'fondo-statuses-in-capitals': twice('RECEIVED') });
given(batchField('status'), { 'batches-of-unknown-status': twice('parked'), 'finvis-statuses-in-capitals': twice('DRAFT') });

// Checks, and acts that are already done.

const check = async () => {
	const clientRef = nextRef();
	const good = (await order({ clientRef }, '?validate-only=true')).json;
	const bad = await order({ instrument: 'SE0000000000SEK' }, '?validate-only=true');
	const isKept = good.id !== undefined && (await fondo.get(`${root}/order/${good.id}`)).status === 200;
	return {
		id: good.id !== undefined,
		valid: good.valid,
		status: good.status,
		isKept,
		moved: ledger(clientRef),
		bad: [bad.status, bad.json.valid],
	};
};
const CHECKED = { id: false, isKept: false, moved: 0, bad: [400, undefined] };
given(check, {
	'validate-only-answers-valid': { ...CHECKED, valid: true },
	'validate-only-answers-invalid-in-200': { ...CHECKED, bad: [200, false] },
	'validate-only-answers-an-order': { ...CHECKED, id: true, status: 'received' },
	'validate-only-executes': { ...CHECKED, id: true, status: 'received', isKept: true, moved: 1 },
});
const canceledAgain = async () => {
	const { id } = (await order()).json;
	const cancel = () => fondo.send('DELETE', `${root}/order/${id}`);
	await cancel();
	const { status, json } = await cancel();
	return [status, json.status];
};
given(canceledAgain, { 'cancelled-again-409': [409, undefined], 'cancelled-again-answers-state': [200, 'canceled'] });
const actsAgain = async () => {
	const reference = nextRef();
	const { id } = (await batch({ payments: [payment({ end_to_end_id: reference })] })).json;
	await submit(id);
	const submitted = (await submit(id)).status;
	const approvals = await approvalsOf(id);
	await approve(id);
	const approved = (await act(`/approvals/${approvals[0].id}/approve`)).status;
	advance(DAY);
	const [match] = rowsOf(await finvis.get('/reconciliation/matches?status=suggested'));
	await act(`/reconciliation/matches/${match.id}/confirm`);
	const confirmed = (await act(`/reconciliation/matches/${match.id}/confirm`)).status;
	return { again: [submitted, approved, confirmed], approvals: approvals.length, paid: ledger(reference) };
};
given(actsAgain, {
	'acts-again-answer-state': { again: [200, 200, 200], approvals: 1, paid: 1 },
	'acts-again-400': { again: [400, 400, 400], approvals: 1, paid: 1 },
	// Two approvals are given once each, and one of them again.
	'acts-again-executed': { again: [200, 200, 200], approvals: 2, paid: 3 },
});
given(
	async () => [
		(await fondo.get(`${root}/order`)).status,
		(await fondo.get(`${root}/instruction/${randomUUID()}`)).status,
		(await order()).status,
	],
	{
		'fondo-lists-forbidden': [403, 404, 200],
	},
);
given(async () => [(await finvis.get('/payments/batches/')).status, (await batch()).status], { 'finvis-lists-forbidden': [403, 201] });

/** What the sandbox does without positions, because the contract says so. */
const AS_DEFAULT = ['cached-answers'];

describe('each vendor position', () => {
	beforeEach(() => void bench.admin.vendor.set([]));
	afterEach(() => expect(bench.admin.violations()).toEqual([]));

	it('has a case', () => {
		expect([...cases.keys()].sort()).toEqual(POSITIONS.map(({ name }) => name).sort());
	});

	it.each(POSITIONS.map(({ name, sentence }) => [name, sentence]))('%s: %s', async (name) => {
		const { probe, expected } = cases.get(name) ?? { probe: () => Promise.resolve(undefined), expected: 'a case' };
		bench.admin.vendor.set([name]);
		expect(await probe()).toEqual(expected);
		bench.admin.vendor.set(AS_DEFAULT.includes(name) ? ['other-body-409'] : []);
		expect(await probe()).not.toEqual(expected);
	});
});
