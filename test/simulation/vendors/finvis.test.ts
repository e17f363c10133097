import { MODELLED } from '../../../sandbox/vendors';
import { DAY, HOUR, MINUTE, SECOND } from '../../../sandbox/vendors/durations';
import { fieldsOf } from '../../../sandbox/vendors/model/vendor';
import { ACCOUNT, FinvisCalls, idOf, KEY, START } from './bench';

/** What a probe sees of a vendor with the position; the vendor of the contract must show something else. */
type Difference = readonly [probe: (finvis: FinvisCalls) => unknown, seen: unknown];

const shownName =
	(name: string, after = 0) =>
	(finvis: FinvisCalls) => {
		const answer = finvis.batch(name);
		return [fieldsOf(answer.body).name, finvis.after(after).names()[0]];
	};
const LONG = 'invoice-2026-000042-of-the-supplier-ab';

const isListed =
	(...times: number[]) =>
	(finvis: FinvisCalls) => {
		finvis.executed('INV-1');
		return times.map((time) => {
			finvis.now = START + time;
			return finvis.batches().length;
		});
	};
const createAnswer = (finvis: FinvisCalls) => {
	const { status, headers, body } = finvis.batch('INV-1');
	return [status, headers.location?.startsWith('https://finvis.invalid/public/payments/batches/'), Object.keys(fieldsOf(body)).slice(0, 1)];
};
const refusal = (finvis: FinvisCalls) => {
	const { status, body } = finvis.batch('INV-1', { payments: [] });
	return [status, body, finvis.effects().length];
};
/** Executed and badly answered; the repeat with the same key is answered well and executes nothing. */
const failureAfterEffect = (finvis: FinvisCalls) => {
	const { status, headers } = finvis.batch('INV-1', {}, KEY);
	return [status, headers['content-type'], finvis.batch('INV-1', {}, KEY).status, finvis.effects()];
};
const otherBody = (finvis: FinvisCalls) => {
	finvis.batch('INV-1', {}, KEY);
	const { status, body } = finvis.batch('INV-1', { currency: 'EUR' }, KEY);
	return [status, fieldsOf(body).currency, finvis.batch('INV-1', {}, KEY).status, finvis.effects().length];
};
/** How often a batch was made after repeats with one key at these times. */
const repeatedAt =
	(...times: number[]) =>
	(finvis: FinvisCalls) => {
		finvis.batch('INV-1', {}, KEY);
		return times.map((time) => {
			finvis.now = START + time;
			finvis.batch('INV-1', {}, KEY);
			return finvis.effects().length;
		});
	};
const submittedTwice = (finvis: FinvisCalls) => {
	const id = idOf(finvis.batch('INV-1'));
	return [finvis.submit(id).status, finvis.submit(id).status, finvis.effects()];
};
const statusLater = (finvis: FinvisCalls) => {
	finvis.batch('INV-1');
	return finvis.after(HOUR).batches()[0]?.status;
};
const field = (name: string) => (finvis: FinvisCalls) => {
	finvis.batch('INV-1');
	return finvis.batches()[0]?.[name];
};
const payees = (finvis: FinvisCalls) => {
	const { payments } = fieldsOf(finvis.batch('INV-1').body);
	return Array.isArray(payments) ? payments.map((payment) => fieldsOf(payment).creditor_name) : undefined;
};
const nextOf = (finvis: FinvisCalls, page: string) => fieldsOf(finvis.list('/payments/batches/', { page, page_size: '2' }).body).next;
const countOf = (finvis: FinvisCalls, page = '1') =>
	fieldsOf(finvis.many(3).list('/payments/batches/', { page, page_size: '2' }).body).count;
const firstPage = 'https://finvis.invalid/public/payments/batches/?page=1&page_size=2';
const secondPage = 'https://finvis.invalid/public/payments/batches/?page=2&page_size=2';

const DIFFERENCES: Readonly<Record<string, Difference>> = {
	'names-cut-20': [shownName(LONG), ['invoice-2026-000042-', 'invoice-2026-000042-']],
	'names-cut-35': [shownName(LONG), ['invoice-2026-000042-of-the-supplier', 'invoice-2026-000042-of-the-supplier']],
	'names-trimmed': [shownName(' INV  1 '), ['INV 1', 'INV 1']],
	'names-upper-case': [shownName('Inv-1'), ['INV-1', 'INV-1']],
	'names-lower-case': [shownName('Inv-1'), ['inv-1', 'inv-1']],
	'names-plain-letters': [shownName('Löner [INV-1]'), ['Löner INV-1', 'Löner INV-1']],
	'names-changed': [shownName('INV-1'), ['INV-1 (copy)', 'INV-1 (copy)']],
	'names-dropped': [shownName('INV-1'), [undefined, undefined]],
	'names-changed-by-a-person': [shownName('INV-1', HOUR), ['INV-1', 'Renamed by Anna']],
	'drafts-planted-by-others': [
		(finvis) => {
			finvis.batch('INV-1');
			return [finvis.names(), finvis.batches().map(({ total_amount }) => total_amount), finvis.effects()];
		},
		[['INV-1', 'INV-1'], ['990000.00', '12500.50'], ['batches']],
	],
	'finvis-rows-8-seconds-late': [isListed(0, 8 * SECOND - 1, 8 * SECOND), [0, 0, 1]],
	'finvis-rows-11-minutes-late': [isListed(0, 11 * MINUTE - 1, 11 * MINUTE), [0, 0, 1]],
	'finvis-rows-3-days-late': [isListed(0, 3 * DAY - 1, 3 * DAY), [0, 0, 1]],
	'finvis-rows-once-executed': [isListed(0, 10 * MINUTE - 1, 10 * MINUTE), [0, 0, 1]],
	'finvis-lists-without-old': [isListed(0, 30 * DAY - 1, 30 * DAY), [1, 1, 0]],
	'finvis-lists-without-finished': [isListed(0, 10 * MINUTE - 1, 10 * MINUTE), [1, 1, 0]],
	'finvis-own-page-size': [(finvis) => [finvis.many(30).batches().length, finvis.batches({ page_size: '7' }).length], [20, 20]],
	'finvis-silent-cap': [
		(finvis) => [finvis.many(60).batches({ page_size: '55' }).length, finvis.batches({ page_size: '7' }).length],
		[50, 7],
	],
	'finvis-page-size-refused': [
		(finvis) => ['100', '101'].map((size) => finvis.list('/payments/batches/', { page_size: size }).status),
		[200, 400],
	],
	'finvis-newest-first': [
		(finvis) => [finvis.many(3).names({ page_size: '2' }), finvis.names({ page_size: '2', page: '2' })],
		[['INV-3', 'INV-2'], ['INV-1']],
	],
	'finvis-404-beyond-the-end': [
		(finvis) => ['1', '2'].map((page) => finvis.many(1).list('/payments/batches/', { page, page_size: '2' }).status),
		[200, 404],
	],
	'finvis-filters-ignored': [(finvis) => finvis.many(2).batches({ status: 'executed' }).length, 2],
	'finvis-last-page-again': [(finvis) => finvis.many(3).names({ page_size: '2', page: '9' }), ['INV-3']],
	'finvis-page-number-ignored': [(finvis) => finvis.many(3).names({ page_size: '2', page: '2' }), ['INV-1', 'INV-2']],
	'finvis-bare-lists': [(finvis) => Array.isArray(finvis.many(2).list('/payments/batches/').body), true],
	'finvis-lists-in-data': [
		(finvis) => fieldsOf(finvis.many(3).list('/payments/batches/', { page_size: '2' }).body).meta,
		{ total: 3, current_page: 1, last_page: 2 },
	],
	'finvis-lists-in-items': [
		(finvis) => ({ ...fieldsOf(finvis.many(3).list('/payments/batches/', { page_size: '2' }).body), items: 'rows' }),
		{ items: 'rows', total: 3, page: 1, size: 2, pages: 2 },
	],
	'finvis-next-always-null': [
		(finvis) => {
			const { count, next, results } = fieldsOf(finvis.many(3).list('/payments/batches/', { page_size: '2' }).body);
			return [count, next, Array.isArray(results) && results.length];
		},
		[3, null, 2],
	],
	'finvis-next-points-back': [(finvis) => ['1', '2'].map((page) => nextOf(finvis.many(3), page)), [secondPage, firstPage]],
	'finvis-next-as-path': [(finvis) => nextOf(finvis.many(3), '1'), '/public/payments/batches/?page=2&page_size=2'],
	'finvis-next-on-another-host': [
		(finvis) => nextOf(finvis.many(3), '1'),
		'https://elsewhere.invalid/public/payments/batches/?page=2&page_size=2',
	],
	'finvis-next-on-another-scheme': [(finvis) => nextOf(finvis.many(3), '1'), secondPage.replace('https:', 'ftp:')],
	'finvis-counts-too-few': [countOf, 2],
	'finvis-counts-too-many': [countOf, 4],
	'finvis-counts-the-page': [(finvis) => countOf(finvis, '2'), 1],
	'finvis-answers-200': [createAnswer, [200, undefined, ['id']]],
	'finvis-answers-202': [createAnswer, [202, undefined, ['id']]],
	'finvis-answers-204': [createAnswer, [204, undefined, []]],
	'finvis-answers-302': [createAnswer, [302, true, []]],
	'finvis-answers-303': [createAnswer, [303, true, []]],
	'finvis-answers-id-only': [(finvis) => Object.keys(fieldsOf(finvis.batch('INV-1').body)), ['id']],
	'finvis-answers-in-data': [createAnswer, [201, undefined, ['data']]],
	'finvis-answers-text': [(finvis) => finvis.batch('INV-1'), { status: 201, headers: { 'content-type': 'text/plain' }, body: 'Created' }],
	'finvis-success-false': [refusal, [200, { success: false, error: 'payments must not be empty' }, 0]],
	'finvis-errors-in-200': [refusal, [200, { errors: [{ message: 'payments must not be empty' }] }, 0]],
	'finvis-500-after-effect': [failureAfterEffect, [500, 'application/json', 201, ['batches']]],
	'finvis-504-after-effect': [failureAfterEffect, [504, 'text/html', 201, ['batches']]],
	'other-body-409': [otherBody, [409, undefined, 201, 1]],
	'other-body-422': [otherBody, [422, undefined, 201, 1]],
	'other-body-400': [otherBody, [400, undefined, 201, 1]],
	'keys-forgotten-after-30-seconds': [repeatedAt(30 * SECOND - 1, 30 * SECOND), [1, 2]],
	'keys-forgotten-after-30-minutes': [repeatedAt(30 * MINUTE - 1, 30 * MINUTE), [1, 2]],
	'keys-forgotten-after-a-day': [repeatedAt(DAY - 1, DAY), [1, 2]],
	'keys-ignored': [repeatedAt(0, 1), [2, 3]],
	'keys-keep-refusals': [
		(finvis) => [finvis.batch('INV-1', { payments: [] }, KEY).status, finvis.batch('INV-1', {}, KEY).status],
		[400, 400],
	],
	'keys-want-uuid-v4': [
		(finvis) => [KEY, KEY.replace('-4', '-8'), 'INV-1'].map((key) => finvis.batch('INV-1', {}, key).status),
		[201, 400, 400],
	],
	'keys-conflict-under-way': [
		(finvis) => [0, 5 * SECOND - 1, 1].map((time) => finvis.after(time).batch('INV-1', {}, KEY).status),
		[201, 409, 201],
	],
	'finvis-amounts-as-number': [field('total_amount'), 12500.5],
	'finvis-amounts-with-exponent': [field('total_amount'), '1.25005E+4'],
	'finvis-amounts-more-decimals': [field('total_amount'), '12500.5000000'],
	'finvis-amounts-with-comma': [field('total_amount'), '12500,50'],
	'finvis-amounts-in-minor-units': [field('total_amount'), 1_250_050],
	'finvis-moments-without-zone': [field('created_at'), '2026-11-02T09:00:00'],
	'finvis-moments-with-plain-offset': [field('created_at'), '2026-11-02T10:00:00+0100'],
	'finvis-moments-with-zone': [field('created_at'), '2026-11-02T10:00:00.000+01:00'],
	'finvis-ids-upper-case': [
		(finvis) => {
			const id = idOf(finvis.batch('INV-1'));
			return [String(id) === String(id).toUpperCase(), finvis.batches()[0]?.account_id, finvis.submit(id).status];
		},
		[true, ACCOUNT.toUpperCase(), 200],
	],
	'finvis-days-with-time': [field('execution_date'), '2026-11-30T00:00:00'],
	'finvis-days-with-zone': [field('execution_date'), '2026-11-30T00:00:00+01:00'],
	'finvis-codes-lower-case': [field('currency'), 'sek'],
	'batches-show-payments': [payees, ['A AB', 'B AB']],
	'batches-show-payments-in-another-order': [payees, ['B AB', 'A AB']],
	'batches-rejected': [statusLater, 'rejected'],
	'batches-rejected-in-capitals': [statusLater, 'REJECTED'],
	'batches-declined': [statusLater, 'declined'],
	'batches-expired': [statusLater, 'expired'],
	'batches-canceled': [statusLater, 'canceled'],
	'batches-cancelled': [statusLater, 'cancelled'],
	'batches-of-unknown-status': [field('status'), 'parked'],
	'finvis-statuses-in-capitals': [field('status'), 'DRAFT'],
	'acts-again-answer-state': [submittedTwice, [200, 200, ['batches', 'submit']]],
	'acts-again-400': [submittedTwice, [200, 400, ['batches', 'submit']]],
	'acts-again-executed': [submittedTwice, [200, 200, ['batches', 'submit', 'submit']]],
	'finvis-lists-forbidden': [(finvis) => [finvis.batch('INV-1').status, finvis.list('/payments/batches/').status], [201, 403]],
};

/** The position that the contract's one certain sentence describes: the vendor as written has it, too. */
const CERTAIN: Readonly<Record<string, Difference>> = { 'cached-answers': [otherBody, [201, 'SEK', 201, 1]] };

test('every position that the model shows, of Finvis has a test', () => {
	const names = MODELLED.filter(({ api }) => api === 'finvis').map(({ name }) => name);
	expect([...Object.keys(DIFFERENCES), ...Object.keys(CERTAIN)].sort()).toEqual(names.sort());
});

test.each(Object.entries(DIFFERENCES))('%s shows', (name, [probe, seen]) => {
	expect(probe(new FinvisCalls(name))).toEqual(seen);
	expect(probe(new FinvisCalls())).not.toEqual(seen);
});

test.each(Object.entries(CERTAIN))('%s is how the vendor is written', (name, [probe, seen]) => {
	expect(probe(new FinvisCalls(name))).toEqual(seen);
	expect(probe(new FinvisCalls())).toEqual(seen);
});

describe('as the contract is written', () => {
	test('a batch goes from draft to execution, with an effect for each step', () => {
		const finvis = new FinvisCalls();
		const seen = () => [finvis.batches()[0]?.status, finvis.approvals().length];
		const id = idOf(finvis.batch('INV-1'));
		expect(seen()).toEqual(['draft', 0]);
		expect(finvis.submit(id).body).toMatchObject({ status: 'pending_approval' });
		expect(seen()).toEqual(['pending_approval', 1]);
		const [approval] = finvis.approvals();
		expect(approval).toMatchObject({ object_id: id, amount: '12500.50', status: 'pending', decided_at: null });
		expect(finvis.approve(approval?.id).body).toMatchObject({ status: 'approved' });
		expect(seen()).toEqual(['approved', 0]);
		finvis.after(10 * MINUTE);
		expect(seen()).toEqual(['executed', 0]);
		expect(finvis.effects()).toEqual(['batches', 'submit', 'approve']);
		expect(finvis.submit(id)).toMatchObject({ status: 409, body: { code: 'conflict' } });
		expect(finvis.approve(approval?.id).status).toBe(409);
	});

	test('a match is confirmed once', () => {
		const finvis = new FinvisCalls();
		const [match] = finvis.rows('/reconciliation/matches');
		const confirm = () => finvis.post(`/reconciliation/matches/${String(match?.id)}/confirm`);
		expect([confirm().status, confirm().status, finvis.effects()]).toEqual([200, 409, ['confirm']]);
	});

	test('an ended batch can no longer be submitted or approved, and an approved one no longer ends', () => {
		const finvis = new FinvisCalls('batches-expired');
		const [draft, approved] = [idOf(finvis.batch('INV-1')), finvis.executed('INV-2')];
		const waiting = idOf(finvis.batch('INV-3'));
		finvis.submit(waiting);
		const [approval] = finvis.approvals();
		finvis.after(HOUR);
		expect([finvis.submit(draft).status, finvis.approve(approval?.id).status, finvis.approvals()]).toEqual([409, 409, []]);
		expect(finvis.batches().map(({ id, status }) => [id, status])).toEqual([
			[draft, 'expired'],
			[approved, 'executed'],
			[waiting, 'expired'],
		]);
		const ends = finvis.vendor.effects().filter(({ reference }) => reference.startsWith('INV'));
		expect(ends.map(({ endedAt }) => endedAt)).toEqual([START + HOUR, undefined, START + HOUR]);
	});

	test('tenants have nothing in common', () => {
		const finvis = new FinvisCalls();
		const id = idOf(finvis.batch('INV-1', {}, KEY));
		const other = { headers: { 'x-tenant-id': 'b', 'idempotency-key': KEY } };
		expect(finvis.send('GET', '/payments/batches', other).body).toMatchObject({ count: 0 });
		expect(finvis.send('POST', `/payments/batches/${String(id)}/submit`, other).status).toBe(404);
		expect(finvis.vendor.effects().map(({ caller, key }) => [caller, key])).toEqual([['6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e', KEY]]);
	});

	test('a write without a key is refused, and a refusal is not kept', () => {
		const finvis = new FinvisCalls();
		expect(finvis.send('POST', '/payments/batches/', { body: {} }).status).toBe(400);
		expect(finvis.batch('INV-1', { payments: [{ amount: 'x' }] }, KEY).status).toBe(400);
		expect(finvis.batch('INV-1', {}, KEY).status).toBe(201);
	});

	test('a person plants a draft, which is no effect of a call', () => {
		const finvis = new FinvisCalls();
		const id = finvis.vendor.plant('6E0F9A1C-3B7D-4C52-9D18-2F4A6B8C0D1E', { name: 'INV-1', payments: [] }, finvis.now);
		expect(finvis.batches()).toEqual([expect.objectContaining({ id, name: 'INV-1', payment_count: 0 })]);
		expect(finvis.effects()).toEqual([]);
	});

	test('a page beyond the end is empty, and every other path is unknown', () => {
		const finvis = new FinvisCalls().many(3);
		expect(finvis.batches({ page: '3', page_size: '2' })).toEqual([]);
		expect(finvis.list('/payments/batches/x').status).toBe(404);
		expect(finvis.list('/webhooks/').status).toBe(404);
		expect(finvis.rows('/accounts/')).toHaveLength(1);
	});
});
