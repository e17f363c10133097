import { MODELLED } from '../../../sandbox/vendors';
import { DAY, HOUR, MINUTE, SECOND } from '../../../sandbox/vendors/durations';
import { fieldsOf } from '../../../sandbox/vendors/model/vendor';
import { ACCOUNT, CLIENT, FondoCalls, idOf, START } from './bench';

/** What a probe sees of a vendor with the position; the vendor of the contract must show something else. */
type Difference = readonly [probe: (fondo: FondoCalls) => unknown, seen: unknown];

const shownReference =
	(reference: string, after = 0) =>
	(fondo: FondoCalls) => {
		const answer = fondo.order(reference);
		const { id } = fondo.orders()[0] ?? {};
		fondo.after(after);
		return [fieldsOf(answer.body).clientRef, fondo.references()[0], fieldsOf(fondo.get(`${CLIENT}/order/${String(id)}`).body).clientRef];
	};
const same = (text: string | undefined) => [text, text, text];
const LONG = 'invoice-2026-000042-of-the-supplier-ab';

/** At which of the times an order is in the list. */
const orderIsListed =
	(...times: number[]) =>
	(fondo: FondoCalls) => {
		fondo.order('INV-1');
		return times.map((time) => {
			fondo.now = START + time;
			return fondo.orders().length;
		});
	};
const payoutIsListed =
	(...times: number[]) =>
	(fondo: FondoCalls) => {
		fondo.payOut('PAY-1');
		return times.map((time) => {
			fondo.now = START + time;
			return fondo.cash().length;
		});
	};
const createAnswer = (fondo: FondoCalls) => {
	const { status, headers, body } = fondo.order('INV-1');
	return [status, headers.location?.startsWith(`https://fondo.invalid${CLIENT}/order/`), Object.keys(fieldsOf(body)).slice(0, 1)];
};
const refusal = (fondo: FondoCalls) => {
	const { status, body } = fondo.order('INV-1', { amount: 2e6 });
	return [status, body, fondo.effects().length];
};
const failureAfterEffect = (fondo: FondoCalls) => {
	const { status, headers } = fondo.order('INV-1');
	return [status, headers['content-type'], fondo.effects()];
};
const twice = (fondo: FondoCalls) => [fondo.order('INV-1').status, fondo.order('INV-1').status, fondo.effects().length];
const canceledTwice = (fondo: FondoCalls) => {
	const id = idOf(fondo.order('INV-1'));
	return [fondo.cancel(id).status, fondo.cancel(id).status];
};
const statusLater = (fondo: FondoCalls) => {
	fondo.order('INV-1');
	return fondo.after(HOUR).orders()[0]?.status;
};
/** One field of an order in the list. */
const field = (name: string) => (fondo: FondoCalls) => {
	fondo.order('INV-1');
	return fondo.orders()[0]?.[name];
};
const secondPage = (fondo: FondoCalls) => {
	const first = fondo.many(4).orders({ limit: '2' });
	return fondo.references({ limit: '2', start: String(first[1]?.sortedId) });
};

const DIFFERENCES: Readonly<Record<string, Difference>> = {
	'references-cut-20': [shownReference(LONG), same('invoice-2026-000042-')],
	'references-cut-35': [shownReference(LONG), same('invoice-2026-000042-of-the-supplier')],
	'references-upper-case': [shownReference('Inv-1'), same('INV-1')],
	'references-lower-case': [shownReference('Inv-1'), same('inv-1')],
	'references-trimmed': [shownReference(' INV  1 '), same('INV 1')],
	'references-without-spaces': [shownReference('INV 1'), same('INV1')],
	'references-without-hyphens': [shownReference('INV-1-2'), same('INV12')],
	'references-only-in-reads': [shownReference('INV-1'), [undefined, undefined, 'INV-1']],
	'references-not-in-answers': [shownReference('INV-1'), [undefined, 'INV-1', 'INV-1']],
	'references-only-in-answers': [shownReference('INV-1'), ['INV-1', undefined, undefined]],
	'references-never-shown': [shownReference('INV-1', 4 * DAY), same(undefined)],
	'references-once-executed': [shownReference('INV-1', 2 * DAY), [undefined, 'INV-1', 'INV-1']],
	'used-references-409': [twice, [200, 409, 1]],
	'used-references-400': [twice, [200, 400, 1]],
	'fondo-rows-8-seconds-late': [orderIsListed(0, 8 * SECOND - 1, 8 * SECOND), [0, 0, 1]],
	'fondo-rows-11-minutes-late': [orderIsListed(0, 11 * MINUTE - 1, 11 * MINUTE), [0, 0, 1]],
	'fondo-rows-3-days-late': [orderIsListed(0, 3 * DAY - 1, 3 * DAY), [0, 0, 1]],
	'fondo-rows-once-executed': [orderIsListed(0, 2 * DAY - 1, 2 * DAY), [0, 0, 1]],
	'payouts-listed-late': [(fondo) => [payoutIsListed(0, 2 * DAY - 1, 2 * DAY)(fondo), orderIsListed(2 * DAY)(fondo)], [[0, 0, 1], [1]]],
	'payouts-never-listed': [payoutIsListed(0, 365 * DAY), [0, 0]],
	'fondo-lists-without-old': [orderIsListed(0, 30 * DAY - 1, 30 * DAY), [1, 1, 0]],
	'fondo-lists-without-finished': [orderIsListed(0, 3 * DAY - 1, 3 * DAY), [1, 1, 0]],
	'start-exclusive': [secondPage, ['INV-3', 'INV-4']],
	'start-ignored': [secondPage, ['INV-1', 'INV-2']],
	'fondo-own-page-size': [(fondo) => [fondo.many(30).orders().length, fondo.orders({ limit: '7' }).length], [20, 20]],
	'fondo-silent-cap': [
		(fondo) => [fondo.many(60).orders().length, fondo.orders({ limit: '55' }).length, fondo.orders({ limit: '7' }).length],
		[50, 50, 7],
	],
	'fondo-page-size-refused': [(fondo) => ['100', '101'].map((limit) => fondo.get(`${CLIENT}/order`, { limit }).status), [200, 400]],
	'fondo-newest-first': [
		(fondo) => [fondo.many(3).references({ limit: '2' }), fondo.references({ start: String(fondo.orders()[1]?.sortedId) })],
		[
			['INV-3', 'INV-2'],
			['INV-2', 'INV-1'],
		],
	],
	'fondo-404-beyond-the-end': [
		(fondo) => [fondo.get(`${CLIENT}/order`).status, fondo.many(2).get(`${CLIENT}/order`, { start: 'ZZZZ' }).status],
		[200, 404],
	],
	'fondo-filters-ignored': [
		(fondo) => {
			fondo.payOut('PAY-1');
			return [fondo.cash({ ref: 'x' }).length, fondo.after(DAY).cash({ modifiedFrom: new Date(fondo.now).toISOString() }).length];
		},
		[1, 1],
	],
	'no-sorted-id': [
		(fondo) =>
			fondo
				.many(2)
				.orders()
				.map((row) => 'sortedId' in row),
		[false, false],
	],
	'sorted-id-as-integer': [
		(fondo) =>
			fondo
				.many(2)
				.orders()
				.map(({ sortedId }) => sortedId),
		[1, 2],
	],
	'sorted-id-not-in-order': [
		(fondo) =>
			fondo
				.many(11)
				.orders()
				.map(({ sortedId }) => String(sortedId))
				.filter((id, at, ids) => at > 0 && id < String(ids[at - 1])).length,
		1,
	],
	'fondo-lists-in-results': [(fondo) => Object.keys(fieldsOf(fondo.many(2).get(`${CLIENT}/order`).body)), ['results']],
	'fondo-lists-in-data': [(fondo) => fieldsOf(fondo.many(2).get(`${CLIENT}/order`).body).meta, { total: 2, current_page: 1, last_page: 1 }],
	'fondo-lists-in-items': [(fondo) => fieldsOf(fieldsOf(fondo.many(2).get(`${CLIENT}/order`, { limit: '1' }).body)).pages, 2],
	'fondo-answers-201': [createAnswer, [201, undefined, ['id']]],
	'fondo-answers-202': [createAnswer, [202, undefined, ['id']]],
	'fondo-answers-204': [createAnswer, [204, undefined, []]],
	'fondo-answers-302': [createAnswer, [302, true, []]],
	'fondo-answers-303': [createAnswer, [303, true, []]],
	'fondo-answers-id-only': [(fondo) => Object.keys(fieldsOf(fondo.order('INV-1').body)), ['id']],
	'fondo-answers-in-data': [createAnswer, [200, undefined, ['data']]],
	'fondo-answers-text': [(fondo) => fondo.order('INV-1'), { status: 200, headers: { 'content-type': 'text/plain' }, body: 'Created' }],
	'fondo-success-false': [refusal, [200, { success: false, error: 'Too much' }, 0]],
	'fondo-errors-in-200': [refusal, [200, { errors: [{ message: 'Too much' }] }, 0]],
	'fondo-500-after-effect': [failureAfterEffect, [500, 'application/json', ['order']]],
	'fondo-504-after-effect': [failureAfterEffect, [504, 'text/html', ['order']]],
	'fondo-amounts-as-text': [field('amount'), '1500'],
	'fondo-amounts-with-exponent': [field('amount'), '1.5E+3'],
	'fondo-amounts-more-decimals': [field('amount'), '1500.0000000'],
	'fondo-amounts-with-comma': [field('amount'), '1500,00'],
	'fondo-amounts-in-minor-units': [field('amount'), 150_000],
	'fondo-moments-without-zone': [field('createdDate'), '2026-11-02T09:00:00'],
	'fondo-moments-with-plain-offset': [field('createdDate'), '2026-11-02T10:00:00+0100'],
	'fondo-moments-with-zone': [field('createdDate'), '2026-11-02T10:00:00.000+01:00'],
	'fondo-ids-upper-case': [
		(fondo) => {
			const id = idOf(fondo.order('INV-1'));
			return [String(id) === String(id).toUpperCase(), field('account')(fondo), fondo.get(`${CLIENT}/order/${String(id)}`).status];
		},
		[true, ACCOUNT.toUpperCase(), 200],
	],
	'fondo-codes-lower-case': [field('instrument'), 'se0001862426sek'],
	'fondo-codes-upper-case': [field('orderType'), 'SUBSCRIPTION'],
	'personal-numbers-twelve-digits': [field('executorRef'), '197001010003'],
	'instructions-in-another-order': [
		(fondo) => {
			const { instructions } = fieldsOf(fondo.instruct('P-1', 'P-2').body);
			return Array.isArray(instructions) ? instructions.map((payment) => fieldsOf(payment).clientRef) : undefined;
		},
		['P-2', 'P-1'],
	],
	'orders-rejected': [statusLater, 'rejected'],
	'orders-rejected-in-capitals': [statusLater, 'REJECTED'],
	'orders-declined': [statusLater, 'declined'],
	'orders-expired': [statusLater, 'expired'],
	'orders-canceled': [statusLater, 'canceled'],
	'orders-cancelled': [statusLater, 'cancelled'],
	'orders-of-unknown-status': [field('status'), 'parked'],
	'fondo-statuses-in-capitals': [field('status'), 'RECEIVED'],
	'validate-only-answers-valid': [(fondo) => [fondo.check().body, fondo.effects().length], [{ valid: true }, 0]],
	'validate-only-answers-invalid-in-200': [
		(fondo) => {
			const { status, body } = fondo.check({ amount: 2e6 });
			return [status, body, fondo.effects().length];
		},
		[200, { valid: false, errors: ['Too much'] }, 0],
	],
	'validate-only-answers-an-order': [
		(fondo) => [typeof idOf(fondo.check()), fondo.effects().length, fondo.orders().length],
		['string', 0, 0],
	],
	'validate-only-executes': [
		(fondo) => [typeof idOf(fondo.check()), fondo.vendor.effects().map(({ isValidation }) => isValidation), fondo.orders().length],
		['string', [true], 1],
	],
	'cancelled-again-409': [canceledTwice, [200, 409]],
	'cancelled-again-answers-state': [canceledTwice, [200, 200]],
	'fondo-lists-forbidden': [(fondo) => [fondo.order('INV-1').status, fondo.get(`${CLIENT}/order`).status], [200, 403]],
};

test('every position that the model shows, of Fondo has a test', () => {
	expect(Object.keys(DIFFERENCES).sort()).toEqual(
		MODELLED.filter(({ api }) => api === 'fondo')
			.map(({ name }) => name)
			.sort(),
	);
});

test.each(Object.entries(DIFFERENCES))('%s shows', (name, [probe, seen]) => {
	expect(probe(new FondoCalls(name))).toEqual(seen);
	expect(probe(new FondoCalls())).not.toEqual(seen);
});

describe('as the contract is written', () => {
	test('an order goes through its statuses and leaves a cash transaction', () => {
		const fondo = new FondoCalls();
		fondo.order('INV-1');
		const statuses = [0, HOUR, DAY, 2 * DAY, 3 * DAY].map((time) => {
			fondo.now = START + time;
			return fondo.orders()[0]?.status;
		});
		expect(statuses).toEqual(['received', 'pending', 'sent', 'confirmed', 'settled']);
		expect(fondo.cash()).toEqual([
			expect.objectContaining({ transactionType: 'subscription', clientRef: 'INV-1', refType: 'order', amount: 1500 }),
		]);
	});

	test('an order can be canceled until it is sent, once, and then leaves no cash transaction', () => {
		const fondo = new FondoCalls();
		const [early, late] = [idOf(fondo.order('INV-1')), idOf(fondo.order('INV-2'))];
		expect(fieldsOf(fondo.after(HOUR).cancel(early).body)).toMatchObject({ status: 'canceled', canceledDate: '2026-11-02T10:00:00.000Z' });
		expect(fondo.cancel(early).status).toBe(400);
		expect(fondo.after(DAY).cancel(late).status).toBe(400);
		expect(fondo.cancel('00000000-0000-4000-8000-000000000000').status).toBe(404);
		expect(
			fondo
				.after(5 * DAY)
				.cash()
				.map(({ clientRef }) => clientRef),
		).toEqual(['INV-2']);
		expect(fondo.vendor.effects().map(({ endedAt }) => endedAt)).toEqual([START + HOUR, undefined, undefined]);
	});

	test('redeem and pay out leaves a redemption and a withdrawal', () => {
		const fondo = new FondoCalls();
		const body = {
			orderType: 'redemption',
			account: ACCOUNT,
			clientRef: 'R-1',
			executorRef: '197001010003',
			instrument: 'SE0001862426SEK',
			units: 2,
		};
		expect(fondo.send('POST', `${CLIENT}/order/withdrawal`, { body }).status).toBe(400);
		expect(fondo.send('POST', `${CLIENT}/order/withdrawal`, { body: { ...body, bankAccount: ACCOUNT } }).status).toBe(200);
		expect(
			fondo
				.after(2 * DAY)
				.cash()
				.map(({ transactionType }) => transactionType),
		).toEqual(['redemption', 'withdrawal']);
	});

	test('the payments of an instruction become deposits days later, one by one', () => {
		const fondo = new FondoCalls();
		const answer = fondo.instruct('P-1', 'P-2');
		expect(answer.body).toMatchObject({
			type: 'autogiro',
			status: 'new',
			instructions: [{ amount: 110, clientRef: 'P-1' }, { clientRef: 'P-2' }],
		});
		const instruction = `${CLIENT}/instruction/${String(idOf(answer))}`;
		const seen = [2 * DAY - 1, 2 * DAY, 2 * DAY + HOUR].map((time) => {
			fondo.now = START + time;
			return [
				fieldsOf(fondo.get(instruction).body).status,
				fondo.cash().map(({ clientRef }) => clientRef),
				fondo.rows(`${instruction}/payment`).map(({ status }) => status),
			];
		});
		expect(seen).toEqual([
			['new', [], ['new', 'new']],
			['processing', ['P-1'], ['completed', 'new']],
			['completed', ['P-1', 'P-2'], ['completed', 'completed']],
		]);
		expect(fondo.effects()).toEqual(['payment']);
	});

	test('a repeated call is executed again, and a check is not', () => {
		const fondo = new FondoCalls();
		fondo.order('INV-1');
		fondo.order('INV-1');
		expect(fondo.check().body).not.toHaveProperty('id');
		expect(fondo.effects()).toEqual(['order', 'order']);
		expect(fondo.vendor.effects()[0]).toMatchObject({ at: START, reference: 'INV-1', sent: { amount: 1500 }, isValidation: false });
	});

	test('an account is closed once', () => {
		const fondo = new FondoCalls();
		const close = () => fondo.send('DELETE', `${CLIENT}/account/${ACCOUNT}`).status;
		expect([close(), close(), fondo.vendor.effects().length]).toEqual([200, 400, 1]);
		expect(fondo.get(`${CLIENT}/account/${ACCOUNT}`).body).toMatchObject({ deleted: true });
	});

	test('an envelope numbers its pages by what comes before', () => {
		const fondo = new FondoCalls('fondo-lists-in-data').many(5);
		const start = String(fondo.orders()[2]?.sortedId);
		expect(fieldsOf(fondo.get(`${CLIENT}/order`, { limit: '2', start }).body).meta).toEqual({ total: 5, current_page: 2, last_page: 3 });
	});

	test('a setting is an effect each time', () => {
		const fondo = new FondoCalls();
		expect(fondo.send('PATCH', CLIENT, { body: {} }).status).toBe(400);
		expect(fondo.send('PATCH', CLIENT, { body: { displayName: 'B' } }).body).toMatchObject({ displayName: 'B' });
		expect(fondo.get(CLIENT).body).toMatchObject({ displayName: 'B' });
		expect(fondo.vendor.effects()).toHaveLength(1);
	});

	test.each([
		{ orderType: 'gift' },
		{ amount: 0 },
		{ amount: '1500' },
		{ account: '' },
		{ instrument: undefined },
		{ orderType: 'redemption' },
	])('the order %j is refused', (wrong) => {
		const fondo = new FondoCalls();
		expect(fondo.order('INV-1', wrong)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
		expect(fondo.effects()).toEqual([]);
	});

	test('reads of what is there, and of what is not', () => {
		const fondo = new FondoCalls();
		expect(fondo.get('/v2/partner/instrument/SE0001862426SEK').status).toBe(200);
		expect(fondo.get('/ping').status).toBe(200);
		expect(fondo.get(`${CLIENT}/account/${ACCOUNT}`).body).toMatchObject({ id: ACCOUNT, status: 'active' });
		expect(fondo.rows('/v2/partner/client')).toHaveLength(1);
		for (const path of ['/v3', '/v2/partner/instrument/x', `${CLIENT}/order/x`, `${CLIENT}/nothing`])
			expect(fondo.get(path).status).toBe(404);
	});

	test('the location of a created object can be read', () => {
		const fondo = new FondoCalls('fondo-answers-303');
		for (const { headers } of [fondo.order('INV-1'), fondo.payOut('PAY-1'), fondo.instruct('P-1')]) {
			expect(fondo.get(String(headers.location).replace('https://fondo.invalid', '')).status).toBe(200);
		}
	});
});
