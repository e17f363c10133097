import * as fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { paymentAmounts } from '../../../nodes/Finvis/controls/batch';
import { checkDay, checkPeople, checkTotals } from '../../../nodes/Finvis/controls/checks';
import { compare, sum } from '../../../nodes/shared/core/decimal';
import { useBench } from '../../support/sandbox';
import { batch, byId, seeded, type Seeded } from '../../support/samples';
import { giveTimeBack, skipWaits } from '../../support/time';

const bench = useBench({ settings: { finvis: { rateLimit: null } } });
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
beforeEach(skipWaits);
afterEach(() => {
	giveTimeBack();
	bench.sandbox.admin.faults.clear();
});

let references = 0;
const iban = { creditorName: 'Leverantören AB', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' };
const paying = (...amounts: string[]) => ({ rows: amounts.map((amount) => ({ ...iban, amount })) }) as unknown as IDataObject;

async function create(amounts: string[], controls: IDataObject = {}, changed: IDataObject = {}) {
	references += 1;
	return await bench
		.finvis()
		.run(batch(seed, { reference: `controlled-${references}`, payments: paying(...amounts), additionalFields: controls, ...changed }));
}

const submit = async (id: unknown, controls: IDataObject = {}) =>
	await bench.finvis().run({
		resource: 'paymentBatch',
		operation: 'submit',
		parameters: { paymentBatch: byId(id), additionalFields: controls } as unknown as INodeParameters,
	});
const approve = async (id: unknown, controls: IDataObject = {}) =>
	await bench.finvis().run({
		resource: 'approval',
		operation: 'approve',
		parameters: { approval: byId(id), additionalFields: controls } as unknown as INodeParameters,
	});
const writes = () => bench.sandbox.admin.requests().filter(({ method, path }) => method === 'POST' && !/\/auth\//.test(path)).length;
const receiptOf = ({ json }: { json: IDataObject[] }) => json[0].receipt as IDataObject;

async function prepared(...amounts: string[]) {
	const made = await create(amounts);
	expect(made.error).toBeUndefined();
	return { id: made.json[0].id, batchFingerprint: String(receiptOf(made).batchFingerprint) };
}

async function waiting(...amounts: string[]) {
	const { id } = await prepared(...amounts);
	const submitted = await submit(id);
	const pending = await bench.finvis().run({ resource: 'approval', operation: 'getManyPending', parameters: { returnAll: true } });
	const approval = pending.json.find(({ object_id }) => object_id === id);
	return {
		id,
		approval: approval?.id,
		initiator: String(approval?.requested_by),
		batchFingerprint: String(receiptOf(submitted).batchFingerprint),
	};
}

const right: IDataObject = { expectedTotal: '0.30', expectedCount: 2, expectedCurrency: 'sek', limitPerBatch: '0.30' };
const wrong: Array<[string, IDataObject, string]> = [
	['total', { expectedTotal: '0.31' }, 'The payments come to 0.30, not to 0.31'],
	['count', { expectedCount: 3 }, 'There are 2 payments, not 3'],
	['currency', { expectedCurrency: 'EUR' }, 'The batch is in SEK, not in EUR'],
	['limit per batch', { limitPerBatch: '0.29' }, 'The batch comes to 0.30 SEK, more than 0.29'],
	[
		'limit per day',
		{ limitPerDay: '0.05' },
		expect.stringMatching(/^With this batch, \d{4}-\d\d-\d\d comes to \d+\.\d\d SEK, more than 0\.05$/),
	],
];

describe('Create', () => {
	test('creates the batch when all controls hold', async () => {
		const { error, json } = await create(['0.1', '0.2'], { ...right, limitPerPayment: '0.2' });
		expect(error?.description).toBeUndefined();
		expect(json[0]).toMatchObject({
			payment_count: 2,
			receipt: { outcome: 'created', batchFingerprint: expect.stringMatching(/^[0-9a-f]{20}$/) },
		});
	});

	test.each([
		...wrong,
		['limit per payment', { limitPerPayment: '0.15' }, 'Payment 2 is 0.20 SEK, more than 0.15'] as (typeof wrong)[number],
	])('sends nothing when this control fails: %s', async (_, controls, message) => {
		const before = writes();
		const { error } = await create(['0.10', '0.20'], controls);
		expect(error?.message).toEqual(message);
		expect(error?.description).toContain('Nothing was sent');
		expect(writes()).toBe(before);
	});

	test('checks the body that would be sent, raw JSON included', async () => {
		const inEuro = { rawBody: JSON.stringify({ currency: 'EUR' }), expectedCurrency: 'SEK' };
		expect((await create(['0.10'], inEuro)).error?.message).toBe('The batch is in EUR, not in SEK');
		const before = writes();
		const rawBody = JSON.stringify({
			payments: [{ amount: '999.00', creditor_name: 'A', creditor_account: { type: 'iban', value: 'SE3550000000054910000003' } }],
		});
		const { error } = await create(['0.10'], { rawBody, limitPerPayment: '100' });
		expect(error?.message).toBe("'Raw JSON Body' may not replace 'payments'");
		expect(error?.description).toContain('Nothing was sent.');
		expect(writes()).toBe(before);
	});
});

describe('the limit per day', () => {
	const day = '={{ $now.plus({ days: 40 }) }}';
	test('counts the batches that Finvis lists for the day and currency, but not a repeat of the same batch', async () => {
		const changed = { executionDate: day, reference: 'day-1', additionalFields: { limitPerDay: '100' } };
		const first = await create(['60.00'], {}, changed);
		expect(first.error).toBeUndefined();
		const again = await create(['60.00'], {}, changed);
		expect(receiptOf(again).outcome).toBe('found');
		const { error } = await create(['40.01'], {}, { ...changed, reference: 'day-2' });
		expect(error?.message).toMatch(/ comes to 100\.01 SEK, more than 100$/);
		const fits = await create(['40.00'], {}, { ...changed, reference: 'day-3' });
		expect(fits.error).toBeUndefined();
		// Another day has its own limit. It is so far away that no holiday moves the first day to it.
		const { error: none } = await create(['100'], {}, { ...changed, reference: 'day-4', executionDate: '={{ $now.plus({ days: 60 }) }}' });
		expect(none).toBeUndefined();
	});
});

describe('Submit', () => {
	test('submits the batch when all controls hold, and a repeat submits nothing a second time', async () => {
		const { id, batchFingerprint } = await prepared('0.1', '0.2');
		const controls = { ...right, batchFingerprint, approvedBy: 'bo@example.se', preparedBy: 'anna@example.se' };
		const first = await submit(id, controls);
		expect(first.error?.description).toBeUndefined();
		expect(receiptOf(first).outcome).toBe('accepted');
		const again = await submit(id, controls);
		expect(again.error?.description).toBeUndefined();
		expect(receiptOf(again).outcome).toBe('found');
	});

	test.each(wrong.slice(0, 4))('sends nothing when this control fails: %s', async (_, controls, message) => {
		const { id } = await prepared('0.10', '0.20');
		const before = writes();
		const { error } = await submit(id, controls);
		expect(error?.message).toEqual(message);
		expect(writes()).toBe(before);
	});

	test.each([
		[
			'the same person',
			{ approvedBy: ' Anna@Example.se', preparedBy: 'anna@example.se' },
			'The person who prepared this may not approve it',
		],
		['an approver without a preparer', { approvedBy: 'anna@example.se' }, "'Approved By' cannot be checked"],
		[
			'a name and an address',
			{ approvedBy: 'Anna', preparedBy: 'anna@example.se' },
			"'Approved By' cannot be compared with who prepared this: 'anna@example.se'",
		],
		['another fingerprint', { batchFingerprint: '0'.repeat(20) }, 'The batch was changed after it was reviewed'],
	])('refuses %s', async (_, controls, message) => {
		const { id } = await prepared('1.00');
		const before = writes();
		const { error } = await submit(id, controls);
		expect(error?.message).toBe(message);
		expect(writes()).toBe(before);
	});

	test('sends nothing when the list to check cannot be read', async () => {
		const { id } = await prepared('1.00');
		const before = writes();
		bench.sandbox.admin.faults.add({ kind: 'status', status: 500, match: { path: 'listPaymentBatches' } });
		const { error } = await submit(id, { expectedTotal: '1.00' });
		expect(error?.description).toContain('Nothing was sent');
		expect(writes()).toBe(before);
	});

	test('does not submit a batch that Finvis does not list', async () => {
		const { error } = await submit('3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e', { expectedCount: 1 });
		expect(error?.message).toBe("There is no payment batch '3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e' to check");
	});
});

describe('Approve', () => {
	test('approves with another person and the submitted batch, and a repeat releases nothing a second time', async () => {
		const { approval, batchFingerprint } = await waiting('0.1', '0.2');
		const controls = { ...right, batchFingerprint, approvedBy: 'Bo Chef' };
		const first = await approve(approval, controls);
		expect(first.error?.description).toBeUndefined();
		const again = await approve(approval, controls);
		expect(again.error?.description).toBeUndefined();
		expect([receiptOf(first).outcome, receiptOf(again).outcome]).toEqual(['accepted', 'found']);
	});

	test('refuses the person who requested the approval at Finvis, and the person who prepared the batch', async () => {
		const { approval, initiator } = await waiting('5.00');
		const before = writes();
		expect((await approve(approval, { approvedBy: initiator.toUpperCase() })).error?.message).toBe(
			'The person who prepared this may not approve it',
		);
		const people = { approvedBy: 'bo@example.se', preparedBy: 'BO@example.se' };
		expect((await approve(approval, people)).error?.message).toBe('The person who prepared this may not approve it');
		expect(writes()).toBe(before);
	});

	test('refuses a batch that was changed after it was submitted', async () => {
		const { id, approval, batchFingerprint } = await waiting('7.00');
		bench.sandbox.admin.changeBatch(String(id), { total_amount: '7000.00' });
		const { error } = await approve(approval, { batchFingerprint });
		expect(error?.message).toBe('The batch was changed after it was reviewed');
	});

	test('sends a lost call again only with Send Again, and then checks it again', async () => {
		const { id, approval } = await waiting('9.00');
		const controls = { limitPerBatch: '100.00' };
		bench.sandbox.admin.faults.add({ kind: 'cut_before', match: { path: 'approveApproval' } });
		expect((await approve(approval, controls)).error?.message).toBe('It is not known whether Finvis executed this');
		bench.sandbox.admin.faults.clear();
		bench.sandbox.admin.changeBatch(String(id), { total_amount: '9000.00' });
		expect((await approve(approval, controls)).error?.message).toBe(`'${String(approval)}' was sent before, and Finvis does not show it`);
		const { error } = await approve(approval, { ...controls, ifSentBefore: 'send' });
		expect(error?.message).toBe('The batch comes to 9000.00 SEK, more than 100.00');
	});

	test('finds a decided approval, also when a control would now fail', async () => {
		const { id, approval } = await waiting('6.00');
		const controls = { limitPerBatch: '100.00' };
		expect(receiptOf(await approve(approval, controls)).outcome).toBe('accepted');
		bench.sandbox.admin.changeBatch(String(id), { total_amount: '6000.00' });
		const again = await approve(approval, controls);
		expect(receiptOf(again)).toMatchObject({ outcome: 'found', message: 'It was done already. Its status is approved. Nothing was sent.' });
		expect(again.json[0]).toMatchObject({ status: 'approved', object_id: id });
	});

	test('checks a call again that Finvis refused', async () => {
		const { id, approval, batchFingerprint } = await waiting('8.00');
		bench.sandbox.admin.faults.add({ kind: 'status', status: 403, match: { path: 'approveApproval' }, times: 1 });
		expect((await approve(approval, { batchFingerprint })).error?.httpCode).toBe('403');
		bench.sandbox.admin.changeBatch(String(id), { total_amount: '8000.00' });
		expect((await approve(approval, { batchFingerprint })).error?.message).toBe('The batch was changed after it was reviewed');
	});
});

describe('two people', () => {
	test.each([
		['anna@example.se', 'Anna Ekonomi <anna.ekonomi@example.se>'],
		['Bo Chef <bo@example.se>', 'anna@example.se'],
		['Bo Chef', 'Anna Ekonomi'],
	])('%s and %s are two', (approvedBy, initiator) => {
		expect(() => checkPeople({ approvedBy }, [initiator])).not.toThrow();
	});

	test.each([
		['anna@example.se', 'Anna Ekonomi <anna@example.se>'],
		['anna@example.se', 'mailto:anna@example.se'],
		['anna@example.se;', 'ANNA@Example.se'],
		['anna@example.se.', ' anna@example.se '],
		['anna@example.se?subject=ok', 'anna@example.se'],
		['anna+bank@example.se', 'anna@example.se'],
		['anna@ex\u00E4mple.se', 'anna@xn--exmple-cua.se'],
		['Anna\u00A0Ekonomi', 'anna  ekonomi'],
		['\uFF21nna', 'anna'],
	])('%s and %s are one', (approvedBy, initiator) => {
		expect(() => checkPeople({ approvedBy }, [initiator])).toThrow('The person who prepared this may not approve it');
	});

	test.each([
		['finvis-demo', 'finvis-demo@example.se'],
		['bo@example.se', 'finvis-demo'],
		['bo@example.se, anna@example.se', 'anna@example.se'],
		['anna@example.se <bo@example.se>', 'anna@example.se'],
		['bo@example.se', '{"id":7}'],
	])('%s and %s cannot be compared', (approvedBy, initiator) => {
		expect(() => checkPeople({ approvedBy }, [initiator])).toThrow("'Approved By' cannot be compared");
	});

	test('every initiator has to be comparable', () => {
		expect(() => checkPeople({ approvedBy: 'bo@example.se' }, ['anna@example.se', 'finvis-demo'])).toThrow('cannot be compared');
		expect(() => checkPeople({ approvedBy: 'bo@example.se' }, ['anna@example.se', 'Bo <BO@example.se>'])).toThrow('may not approve it');
	});

	test.each([
		['a zero-width space', 'an\u200Bna@example.se'],
		['a soft hyphen', 'an\u00ADna@example.se'],
		['a right-to-left mark', '\u202Eanna@example.se'],
		['a Cyrillic letter', '\u0430nna@example.se'],
		['a Greek letter', 'ann\u03B1@example.se'],
		['a Cherokee letter', '\u13AAnna@example.se'],
	])('%s is refused, on both sides', (_, person) => {
		const words = 'has invisible characters or letters of two scripts';
		expect(() => checkPeople({ approvedBy: person }, ['anna@example.se'])).toThrow(`'Approved By' ${words}`);
		expect(() => checkPeople({ approvedBy: 'anna@example.se' }, [person])).toThrow(`'Prepared By' ${words}`);
	});

	test.each(['undefined', 'null', 'NaN', '[object Object]', ' ', ''])("'%s' is no person", (person) => {
		expect(() => checkPeople({ approvedBy: person }, ['anna@example.se'])).toThrow("'Approved By' names no person");
		expect(() => checkPeople({ approvedBy: 'anna@example.se' }, [person])).toThrow("'Prepared By' names no person");
	});
});

describe('what cannot be compared stops', () => {
	const day = { execution_date: '2027-03-05', currency: 'SEK', total_amount: '60.00' };
	test.each([
		['no date', { execution_date: undefined }, 'execution_date'],
		['a date in words', { execution_date: 'soon' }, 'execution_date'],
		['no currency', { currency: undefined }, 'currency'],
		['an empty currency', { currency: '' }, 'currency'],
		['no amount', { total_amount: undefined }, 'total_amount'],
		['an amount with a comma', { total_amount: '1,00' }, 'total_amount'],
		['a negative amount', { total_amount: '-50.00' }, 'total_amount'],
	])('the limit per day, at another batch with %s', (_, changed, name) => {
		const stop = () => checkDay({ limitPerDay: '100' }, day, [{ ...day, ...changed } as never]);
		expect(stop).toThrow(
			expect.objectContaining({ message: "'Limit per Day' cannot be checked", description: expect.stringContaining(name) }),
		);
	});

	test('a date with a time, and a currency in small letters, are the same day and currency', () => {
		const other = { execution_date: '2027-03-05T00:00:00Z', currency: 'sek', total_amount: '60.00' };
		expect(() => checkDay({ limitPerDay: '100' }, day, [other])).toThrow(/comes to 120\.00 SEK, more than 100/);
	});

	test('negative amounts: they would hide others in a total', () => {
		expect(() => checkTotals({ limitPerBatch: '100' }, { total_amount: '-1.00' })).toThrow("'Limit per Batch' cannot be checked");
		expect(() => paymentAmounts({ payments: [{ amount: '1000.00' }, { amount: '-950.00' }] })).toThrow(
			'The amount of payment 2 cannot be added up',
		);
	});
});

describe('a rehearsal', () => {
	const rehearsing = () => bench.finvis({ rehearsal: true, clientId: 'finvis-demo', clientSecret: 'finvis-demo-secret' });
	const submitIn = async (id: unknown, controls: IDataObject) =>
		await rehearsing().run({
			resource: 'paymentBatch',
			operation: 'submit',
			parameters: { paymentBatch: byId(id), additionalFields: controls } as unknown as INodeParameters,
		});
	const rehearsed = async (reference: string, ...amounts: string[]) =>
		await rehearsing().run(batch(seed, { reference, payments: paying(...amounts) }));

	test.each([
		[
			'the same person',
			{ approvedBy: 'anna@example.se', preparedBy: 'Anna <anna@example.se>' },
			'The person who prepared this may not approve it',
		],
		['another total', { expectedTotal: '9.99' }, 'The payments come to 1.00, not to 9.99'],
		['another fingerprint', { batchFingerprint: '0'.repeat(20) }, 'The batch was changed after it was reviewed'],
	])('stops at %s, of a batch at Finvis and of a rehearsed one', async (name, controls, message) => {
		const real = await prepared('1.00');
		const made = await rehearsed(`rehearsed ${name}`, '1.00');
		for (const id of [real.id, made.json[0].id]) expect([id, (await submitIn(id, controls)).error?.message]).toEqual([id, message]);
	});

	test('goes on with the total and the fingerprint of the rehearsed batch', async () => {
		const { json } = await rehearsed('rehearsed whole', '1.00', '2.00');
		const { batchFingerprint } = json[0].receipt as IDataObject;
		const { error, json: submitted } = await submitIn(json[0].id, { batchFingerprint, expectedTotal: '3.00', expectedCount: 2 });
		expect(error).toBeUndefined();
		expect(submitted[0].receipt).toMatchObject({ outcome: 'rehearsed' });
	});

	test('counts rehearsed batches for the limit per day when they are submitted', async () => {
		const day = { executionDate: '={{ $now.plus({ days: 80 }) }}' };
		const make = async (reference: string) =>
			(await rehearsing().run(batch(seed, { reference, payments: paying('60.00'), ...day }))).json[0].id;
		const [one, other] = [await make('rehearsed day 1'), await make('rehearsed day 2')];
		expect((await submitIn(one, { limitPerDay: '100' })).error).toBeUndefined();
		expect((await submitIn(other, { limitPerDay: '100' })).error?.message).toMatch(/ comes to 120\.00 SEK, more than 100$/);
	});

	test('stops where the rehearsed batch is not known', async () => {
		const { error } = await submitIn('00000000-6d4e-4d6b-9a53-6a0b7a1c2d3e', { expectedTotal: '1.00' });
		expect(error?.message).toBe("The rehearsed payment batch '00000000-6d4e-4d6b-9a53-6a0b7a1c2d3e' cannot be checked here");
	});
});

test('sums and comparisons are exact', () => {
	expect(sum(['0.1', '0.2'])).toBe('0.3');
	expect(sum(['9007199254740993.01', '0.10', -1])).toBe('9007199254740992.11');
	expect(sum([])).toBe('0');
	expect(compare('1.50', 1.5)).toBe(0);
	const cents = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
	const written = (value: bigint) =>
		`${value < 0n ? '-' : ''}${String(value < 0n ? -value : value)
			.padStart(3, '0')
			.replace(/(..)$/, '.$1')}`;
	fc.assert(
		fc.property(fc.array(cents, { minLength: 1, maxLength: 20 }), (amounts) => {
			const total = amounts.reduce((all, one) => all + one, 0n);
			expect(compare(sum(amounts.map(written)), written(total))).toBe(0);
			expect(Math.sign(compare(written(amounts[0]), written(total)))).toBe(amounts[0] < total ? -1 : amounts[0] > total ? 1 : 0);
		}),
	);
});
