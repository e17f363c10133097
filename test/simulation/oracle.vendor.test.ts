import type { Effect } from '../../sandbox/vendors/model/vendor';
import { type History, type Intent, Judge, judge, type Report } from './oracle';
import { advisesOtherReference, fold } from './oracleValues';

const ORDER = 'POST /v2/partner/client/{client_id}/order';
const PAYOUT = 'POST /v2/partner/client/{client_id}/account/{account_id}/withdrawal';
const INSTRUCTION = 'POST /v2/partner/client/{client_id}/instruction/payment';
const BATCH = 'POST /payments/batches/';
const SUBMIT = 'POST /payments/batches/{id}/submit';
const UPDATE = 'PATCH /v2/partner/client/{client_id}';

const fund = { orderType: 'subscription', account: '49ad7378-121c-4a53-9894-dfd14a7b4877', instrument: 'SE0001862426SEK', amount: 1500 };
const payment = (name: string, amount: string, more = {}) => ({
	amount,
	currency: 'SEK',
	creditor_name: name,
	creditor_account: { type: 'iban', value: 'SE3550000000054910000003' },
	...more,
});

const intent = (id: number, more: Partial<Intent> = {}): Intent => ({
	id,
	operation: ORDER,
	reference: 'INV-1',
	scope: 'fondo a',
	path: { client_id: 'c' },
	body: fund,
	...more,
});
const effect = (id: string, at: number, cause: number, more: Partial<Effect> = {}): Effect => ({
	...{ id, at, cause, operation: ORDER, reference: 'INV-1', path: { client_id: 'c' }, caller: 'c', isValidation: false },
	sent: { ...fund, clientRef: 'INV-1' },
	...more,
});
const report = (about: number, at: number, outcome: Report['outcome'], more: Partial<Report> = {}): Report => ({
	intent: about,
	at,
	outcome,
	...more,
});
const batch = { operation: BATCH, path: {}, scope: 'finvis a', body: { currency: 'SEK', payments: [payment('A', '100.00')] } };
const sentBatch = { operation: BATCH, path: {}, sent: { ...batch.body, name: 'INV-1' } };
const instruction = (...references: string[]) => ({
	operation: INSTRUCTION,
	sent: { type: 'autogiro', payments: references.map((clientRef) => ({ amount: 1, account: fund.account, clientRef })) },
});

const found = (history: Partial<History>) => judge({ intents: [], reports: [], effects: [], ...history }).map(({ invariant }) => invariant);

describe('I1: one reference is executed at most once', () => {
	test.each<[string, Partial<History>]>([
		['two runs', { intents: [intent(1), intent(2)], effects: [effect('a', 1, 1), effect('b', 2, 2)] }],
		['one run that repeats its call', { intents: [intent(1)], effects: [effect('a', 1, 1), effect('b', 2, 1)] }],
		['years later', { intents: [intent(1), intent(2)], effects: [effect('a', 1, 1), effect('b', 1e12, 2)] }],
		[
			'references that look alike',
			{ intents: [intent(1), intent(2, { reference: 'INV\u20111\u200b' })], effects: [effect('a', 1, 1), effect('b', 2, 2)] },
		],
		[
			'an order and a payout',
			{ intents: [intent(1), intent(2, { operation: PAYOUT })], effects: [effect('a', 1, 1), effect('b', 2, 2, { operation: PAYOUT })] },
		],
		[
			'two clients of one credential',
			{ intents: [intent(1), intent(2, { path: { client_id: 'd' } })], effects: [effect('a', 1, 1), effect('b', 2, 2)] },
		],
		[
			'a batch that is submitted twice',
			{
				intents: [
					intent(1, { operation: SUBMIT, path: { id: 'B' }, reference: undefined }),
					intent(2, { operation: SUBMIT, path: { id: 'b' } }),
				],
				effects: [effect('b', 1, 1, { operation: SUBMIT }), effect('b', 2, 2, { operation: SUBMIT })],
			},
		],
		[
			'two instructions with one payment reference',
			{
				intents: ['x', 'y'].map((reference, id) =>
					intent(id, { ...instruction(), reference, body: { payments: [{ clientRef: 'SPAR-1', amount: 1 }] } }),
				),
				effects: [effect('a', 1, 0, instruction('SPAR-1')), effect('b', 2, 1, instruction('SPAR-1'))],
			},
		],
	])('is broken: %s', (_name, history) => expect(found(history)).toContain('I1'));

	test.each<[string, Partial<History>]>([
		['one execution', { intents: [intent(1), intent(2)], effects: [effect('a', 1, 1)] }],
		['another reference', { intents: [intent(1), intent(2, { reference: 'INV-2' })], effects: [effect('a', 1, 1), effect('b', 2, 2)] }],
		['another credential', { intents: [intent(1), intent(2, { scope: 'fondo b' })], effects: [effect('a', 1, 1), effect('b', 2, 2)] }],
		[
			'another case of letters',
			{ intents: [intent(1), intent(2, { reference: 'inv-1' })], effects: [effect('a', 1, 1), effect('b', 2, 2)] },
		],
		[
			'a setting that is set twice',
			{
				intents: [1, 2].map((id) => intent(id, { operation: UPDATE, reference: undefined })),
				effects: [effect('c', 1, 1, { operation: UPDATE }), effect('c', 2, 2, { operation: UPDATE })],
			},
		],
		['an act of somebody else', { intents: [intent(1)], effects: [effect('a', 1, 1), effect('b', 2, 99)] }],
	])('holds: %s', (_name, history) => expect(found(history)).toEqual([]));
});

describe('I2: success is said only of what is there and was asked for', () => {
	test.each<[string, Partial<History>]>([
		['nothing was executed', { intents: [intent(1)], reports: [report(1, 2, 'created')] }],
		['it was executed later', { intents: [intent(1)], effects: [effect('a', 3, 1)], reports: [report(1, 2, 'created')] }],
		[
			'another payee was paid',
			{
				intents: [intent(1, batch), intent(2, { ...batch, body: { payments: [payment('B', '100.00')] } })],
				effects: [effect('a', 1, 1, sentBatch)],
				reports: [report(2, 2, 'replayed')],
			},
		],
		[
			'another amount',
			{
				intents: [intent(1), intent(2, { body: { ...fund, amount: 999 } })],
				effects: [effect('a', 1, 1)],
				reports: [report(2, 2, 'found')],
			},
		],
		[
			'another day',
			{
				intents: [intent(1, { ...batch, body: { execution_date: '2026-03-07' } })],
				effects: [effect('a', 1, 1, { ...sentBatch, sent: { execution_date: '2026-03-06' } })],
				reports: [report(1, 2, 'created')],
			},
		],
		[
			'the object that is shown is unknown',
			{ intents: [intent(1)], effects: [effect('a', 1, 1)], reports: [report(1, 2, 'found', { shown: { id: 'z' } })] },
		],
		[
			'the object shows another amount',
			{ intents: [intent(1)], effects: [effect('a', 1, 1)], reports: [report(1, 2, 'created', { shown: { id: 'a', amount: 150 } })] },
		],
		[
			'one payment is missing',
			{
				intents: [intent(1, { ...batch, body: { payments: [payment('A', '1'), payment('A', '1')] } })],
				effects: [effect('a', 1, 1, { ...sentBatch, sent: { payments: [payment('A', '1')] } })],
				reports: [report(1, 2, 'created')],
			},
		],
		['it was rejected before', { intents: [intent(1)], effects: [effect('a', 1, 1, { endedAt: 2 })], reports: [report(1, 3, 'found')] }],
	])('is broken: %s', (_name, history) => expect(found(history)).toContain('I2'));

	test.each<[string, Partial<History>]>([
		[
			'as it was asked for',
			{ intents: [intent(1)], effects: [effect('a', 1, 1)], reports: [report(1, 2, 'created', { shown: { ...fund, id: 'a' } })] },
		],
		[
			'an earlier run made it',
			{ intents: [intent(1), intent(2)], effects: [effect('a', 1, 1)], reports: [report(1, 1, 'died'), report(2, 2, 'found')] },
		],
		[
			'amounts, codes, IDs and days in another writing',
			{
				intents: [
					intent(1, {
						...batch,
						body: {
							currency: 'SEK',
							execution_date: '2026-03-06',
							account_id: fund.account,
							payments: [payment('A', '10'), payment('B', '5')],
						},
					}),
				],
				effects: [
					effect('a', 1, 1, {
						...sentBatch,
						sent: {
							currency: 'sek',
							execution_date: '2026-03-06T00:00:00+01:00',
							account_id: fund.account.toUpperCase(),
							payments: [payment('B', '5.00'), payment('A', '1E+1')],
						},
					}),
				],
				reports: [
					report(1, 2, 'created', { shown: { id: 'A', currency: 'Sek', payments: [payment('B', '5.000'), payment('A', '10.0')] } }),
				],
			},
		],
		[
			'a personal number with twelve digits',
			{
				intents: [intent(1, { body: { executorRef: '700101-0003' } })],
				effects: [effect('a', 1, 1, { sent: { executorRef: '197001010003' } })],
				reports: [report(1, 2, 'created')],
			},
		],
		[
			'a replay after the batch was submitted',
			{
				intents: [
					intent(1, batch),
					intent(2, { operation: SUBMIT, path: { id: 'a' }, body: undefined, scope: 'finvis a' }),
					intent(3, batch),
				],
				effects: [effect('a', 1, 1, sentBatch), effect('a', 2, 2, { operation: SUBMIT, path: { id: 'a' } })],
				reports: [report(3, 3, 'replayed', { shown: { id: 'a' } })],
			},
		],
	])('holds: %s', (_name, history) => expect(found(history)).toEqual([]));
});

describe('I3: a denial is true, and unknown means that nothing could be known', () => {
	const words = { message: 'Look at the orders.' };
	test.each<[string, Partial<History>]>([
		['rejected, and executed', { intents: [intent(1)], effects: [effect('a', 1, 1)], reports: [report(1, 2, 'rejected')] }],
		['refused, and executed', { intents: [intent(1)], effects: [effect('a', 1, 1)], reports: [report(1, 2, 'refused')] }],
		[
			'validated, and executed',
			{ intents: [intent(1)], effects: [effect('a', 1, 1, { isValidation: true })], reports: [report(1, 2, 'validated')] },
		],
		['rejected, and executed afterwards', { intents: [intent(1)], effects: [effect('a', 3, 1)], reports: [report(1, 2, 'rejected')] }],
		[
			'rejected, and known to be done',
			{ intents: [intent(1), intent(2)], effects: [effect('a', 1, 1)], reports: [report(1, 2, 'created'), report(2, 3, 'rejected')] },
		],
		[
			'unknown after a clear refusal',
			{ intents: [intent(1)], answers: [{ intent: 1, at: 1, heard: 'no' }], reports: [report(1, 2, 'unknown', words)] },
		],
		[
			'unknown after a clear refusal of what is done',
			{
				intents: [intent(1), intent(2)],
				effects: [effect('a', 1, 1)],
				answers: [{ intent: 2, at: 3, heard: 'no' }],
				reports: [report(1, 2, 'created'), report(2, 4, 'unknown', words)],
			},
		],
		['unknown without an advice', { intents: [intent(1)], effects: [effect('a', 1, 1)], reports: [report(1, 2, 'unknown')] }],
	])('is broken: %s', (_name, history) => expect(found(history)).toContain('I3'));

	test.each<[string, Partial<History>]>([
		[
			'rejected, and nothing happened',
			{ intents: [intent(1)], answers: [{ intent: 1, at: 1, heard: 'no' }], reports: [report(1, 2, 'rejected')] },
		],
		[
			'refused, because an earlier run did it',
			{ intents: [intent(1), intent(2)], effects: [effect('a', 1, 1)], reports: [report(2, 2, 'refused')] },
		],
		[
			'unknown after a lost answer',
			{ intents: [intent(1)], answers: [{ intent: 1, at: 1, heard: 'nothing' }], reports: [report(1, 2, 'unknown', words)] },
		],
		[
			'unknown after a death',
			{ intents: [intent(1), intent(2)], answers: [], reports: [report(1, 1, 'died'), report(2, 2, 'unknown', words)] },
		],
		[
			'unknown, and executed',
			{ intents: [intent(1)], effects: [effect('a', 1, 1)], answers: [], reports: [report(1, 2, 'unknown', words)] },
		],
		['rehearsed, and nothing happened', { intents: [intent(1)], reports: [report(1, 2, 'rehearsed')] }],
	])('holds: %s', (_name, history) => expect(found(history)).toEqual([]));
});

describe('I4: no advice to use another reference for what is executed already', () => {
	const done = { intents: [intent(1), intent(2)], effects: [effect('a', 1, 1)] };
	test.each([
		['its own reference', { message: 'INV-1 is already used for something else. Give it its own reference.' }],
		['a new reference', { advice: 'Send it under a new reference.' }],
		['a reference of its own', { message: 'Give the order a reference of its own' }],
		['after a forbidden repeat', { advice: 'Do not repeat it. Choose another unused reference.' }],
	])('is broken: %s', (_name, words) => expect(found({ ...done, reports: [report(2, 2, 'refused', words)] })).toContain('I4'));

	test.each<[string, Partial<Report>, Partial<History>]>([
		['the advice forbids it', { advice: 'Do not send it under a new reference: it would be paid twice.' }, done],
		['no advice', { message: 'An order with this reference is there.' }, done],
		[
			'the payment is another one',
			{ message: 'Give it its own reference.' },
			{ intents: [intent(1), intent(2, { body: { ...fund, amount: 2 } })], effects: done.effects },
		],
		['nothing is executed', { advice: 'Use a new reference.' }, { intents: done.intents }],
	])('holds: %s', (_name, words, history) => expect(found({ ...history, reports: [report(2, 2, 'refused', words)] })).toEqual([]));
});

describe('I5: a derived reference is never taken for one that a user typed', () => {
	const saving = intent(1, { ...instruction(), reference: 'SAVE', body: {} });
	const saved = effect('a', 1, 1, instruction('SAVE-1', 'SAVE-2'));
	test.each<[string, Partial<History>]>([
		['a later reference equals a derived one', { intents: [saving, intent(2, { reference: 'SAVE-1' })], effects: [saved] }],
		[
			'a payment of another reference is called found',
			{ intents: [saving, intent(2, { reference: 'SAVE-2' })], effects: [saved], reports: [report(2, 2, 'found')] },
		],
		['two payments of one call have one reference', { intents: [saving], effects: [effect('a', 1, 1, instruction('SAVE-1', 'SAVE-1'))] }],
		[
			'the batch of another reference is shown',
			{
				intents: [intent(1, { ...batch, reference: 'INV (42)' }), intent(2, { ...batch, reference: '42' })],
				effects: [effect('a', 1, 1, sentBatch)],
				reports: [report(2, 2, 'found', { shown: { id: 'a' } })],
			},
		],
	])('is broken: %s', (_name, history) => expect(found(history)).toContain('I5'));

	test.each<[string, Partial<History>]>([
		[
			'derived references that cannot be typed',
			{ intents: [saving, intent(2, { reference: 'SAVE-1' })], effects: [effect('a', 1, 1, instruction('SAVE#1', 'SAVE#2'))] },
		],
		['the only payment has the reference itself', { intents: [saving], effects: [effect('a', 1, 1, instruction('SAVE'))] }],
		['another credential', { intents: [saving, intent(2, { reference: 'SAVE-1', scope: 'fondo b' })], effects: [saved] }],
		[
			'a reference that the user typed for a payment, once',
			{
				intents: [
					intent(1, { ...instruction(), reference: 'SAVE', body: { payments: [{ clientRef: 'SPAR-1' }] } }),
					intent(2, { reference: 'SPAR-1' }),
				],
				effects: [effect('a', 1, 1, instruction('SPAR-1'))],
			},
		],
	])('holds: %s', (_name, history) => expect(found(history)).toEqual([]));
});

test('an effect without a cause belongs to the intent that asked for it', () => {
	const anonymous = (id: string, at: number, more: Partial<Effect> = {}) => ({ ...effect(id, at, 0, more), cause: undefined });
	const intents = [intent(1), intent(2, { body: { ...fund, amount: 2 } })];
	expect(found({ intents, effects: [anonymous('a', 1)], reports: [report(1, 2, 'created'), report(2, 2, 'rejected')] })).toEqual([]);
	expect(found({ intents, effects: [anonymous('a', 1)], reports: [report(1, 2, 'rejected')] })).toEqual(['I3']);
	const named = intent(3, { ...batch, reference: '42' });
	expect(
		found({ intents: [named], effects: [anonymous('a', 1, { ...sentBatch, reference: 'Rent [42]' })], reports: [report(3, 2, 'created')] }),
	).toEqual([]);
	expect(
		found({ intents: [named], effects: [anonymous('a', 1, { ...sentBatch, reference: 'Rent 421' })], reports: [report(3, 2, 'created')] }),
	).toEqual(['I2']);
});

test('steps can be judged one at a time', () => {
	const judge = new Judge();
	judge.intent(intent(1));
	expect(judge.effect(effect('a', 1, 1))).toEqual([]);
	expect(judge.report(report(1, 1, 'created'))).toEqual([]);
	expect(judge.effect(effect('b', 2, 1))).toEqual([
		{ invariant: 'I1', sentence: '"INV-1" was executed 2 times.', intent: 1, effects: [effect('a', 1, 1), effect('b', 2, 1)] },
	]);
	expect(() => judge.report(report(7, 1, 'created'))).toThrow('There is no intent 7.');
});

test('references that look alike fold to one', () => {
	expect(new Set(['INV 2026-1', 'INV\u00a02026\u20111', ' INV  2026\u22121\u200b', 'INV\t2026\u20131\ufeff'].map(fold)).size).toBe(1);
	expect(fold('INV-1')).not.toBe(fold('INV1'));
});

test.each([
	['Never use a different reference.', false],
	['Use the same reference again.', false],
	['Do not send it again, and give it another reference', true],
	['Change the reference.', true],
])('advice in "%s": %s', (text, expected) => expect(advisesOtherReference(text)).toBe(expected));
