/** *Payment Batch: Check* says go exactly where *Create From Items* sends, or returns what is there, over generated sheets, options and earlier batches. It sends nothing. */
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bankDayFrom } from '../../nodes/shared/swedish/bankDay';
import { tries } from '../support/holds';
import { byId, seeded, type Seeded } from '../support/samples';
import { useBench } from '../support/sandbox';
import { giveTimeBack, skipWaits } from '../support/time';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});

afterEach(giveTimeBack);

const payee = { amount: '100.50', creditorName: 'Leverantören AB', type: 'bankgiro', account: '5050-1055', message: 'Faktura 1' };
type Row = Record<keyof typeof payee, unknown>;

const fromRow = (name: string) => `={{ $json.${name} }}`;
const parametersOf = (operation: string, parameters: object) => ({
	resource: 'paymentBatch',
	operation,
	parameters: {
		account: byId(seed.bankAccount),
		executionDate: bankDayFrom(new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)),
		bankDay: 'next',
		reference: 'check',
		amount: fromRow('amount'),
		creditorName: fromRow('creditorName'),
		creditorAccountType: fromRow('type'),
		creditorAccount: fromRow('account'),
		message: fromRow('message'),
		...parameters,
	} as INodeParameters,
});

const check = async (rows: readonly object[], parameters: object = {}) =>
	await bench.finvis().run(parametersOf('check', parameters), rows as IDataObject[]);
const create = async (rows: readonly object[], parameters: object = {}) =>
	await bench.finvis().run(parametersOf('createFromItems', parameters), rows as IDataObject[]);

const writes = () => bench.sandbox.admin.requests().filter(({ method, path }) => method !== 'GET' && !/auth/.test(path)).length;

test('every finding of every row is an item, with row, field, value, rule and advice', async () => {
	const before = writes();
	const { json, items, hints } = await check(
		[
			{ ...payee, amount: '12,50', creditorName: '' },
			{ ...payee, account: '5050-1056' },
			payee,
			payee,
			{ ...payee, type: 'Giro', message: 'N'.repeat(141) },
		],
		{ reference: 'check findings' },
	);
	expect(json[0]).toMatchObject({ go: false, severity: 'stop', stops: 5, warnings: 1, payment_count: 5, currency: 'SEK' });
	expect(json[0]).not.toHaveProperty('total_amount');
	expect(hints).toMatchObject([{ message: 'The node would send nothing: 5 findings stop it.' }]);
	expect(json.slice(1).map(({ severity, row, field, seen, rule }) => ({ severity, row, field, seen, rule }))).toEqual([
		{ severity: 'stop', row: 1, field: 'Amount', seen: '12,50', rule: "'12,50' is written with a comma" },
		{ severity: 'stop', row: 1, field: 'Creditor Name', seen: null, rule: 'is empty' },
		{
			severity: 'stop',
			row: 2,
			field: 'Creditor Account',
			seen: '[account …1056]',
			rule: 'the check digit of the bankgiro number does not fit',
		},
		{
			severity: 'stop',
			row: 5,
			field: 'Creditor Account Type',
			seen: 'Giro',
			rule: "'Giro' is not one of Bankgiro, Account Number (BBAN), IBAN, Plusgiro",
		},
		expect.objectContaining({ severity: 'warning', row: 5, field: 'OCR or Message' }),
		{
			severity: 'stop',
			row: 4,
			field: null,
			seen: 'Leverantören AB, 100.50',
			rule: 'has the same payee, account, amount and message as row 3',
		},
	]);
	for (const { advice } of json) expect(advice).not.toBe('');
	expect(items.map(({ pairedItem }) => pairedItem)[1]).toEqual({ item: 0 });
	expect(items.map(({ pairedItem }) => pairedItem)[3]).toEqual({ item: 1 });
	expect(JSON.stringify(json)).not.toContain('5050-1056');
	expect(writes()).toBe(before);
});

test('a thousand wrong rows are a thousand items', async () => {
	const { json } = await check(
		Array.from({ length: 1_000 }, (_, index) => ({ ...payee, amount: `${index + 1},50` })),
		{ reference: 'check many' },
	);
	expect(json).toHaveLength(1_001);
	expect(json[1_000].row).toBe(1_000);
});

test('a sheet that is right has one item, with the totals', async () => {
	const { json, hints } = await check([payee, { ...payee, amount: '0.25' }], {
		reference: 'check right',
		additionalFields: { currency: 'SEK' },
	});
	expect(json).toEqual([
		expect.objectContaining({ go: true, severity: 'ok', total_amount: '100.75', payment_count: 2, currency: 'SEK', stops: 0, warnings: 0 }),
	]);
	expect(hints).toEqual([]);
});

test('a day that the node would move is an item', async () => {
	const { json } = await check([payee], { reference: 'check day', executionDate: '2031-01-04' });
	expect(json).toEqual([
		expect.objectContaining({ go: true, severity: 'ok', execution_date: '2031-01-07', stops: 0, warnings: 0 }),
		expect.objectContaining({ severity: 'ok', rule: 'The execution date is 2031-01-07, because banks are closed on 2031-01-04.' }),
	]);
});

test('what the batch as a whole breaks is a finding too: a limit, raw JSON, a used reference', async () => {
	const limit = await check([payee], { reference: 'check limit', additionalFields: { limitPerBatch: '50' } });
	expect(limit.json[1]).toMatchObject({ go: false, row: null, rule: 'The batch comes to 100.50 SEK, more than 50' });
	const raw = await check([payee], { reference: 'check raw', additionalFields: { rawBody: '{"payments":[]}' } });
	expect(raw.json[1]).toMatchObject({ go: false, rule: "'Raw JSON Body' may not replace 'payments'" });

	expect((await create([payee], { reference: 'check used' })).json[0].receipt).toMatchObject({ outcome: 'created' });
	const same = await check([payee], { reference: 'check used' });
	expect(same.json).toEqual([
		expect.objectContaining({
			go: true,
			severity: 'warning',
			rule: expect.stringContaining('sent before') as string,
			stops: 0,
			warnings: 1,
		}),
	]);
	const sentBefore = { message: 'It was sent before: the node would send nothing, and return what is there.' };
	expect(same.hints).toMatchObject([sentBefore]);
	const selected = await check([payee], { reference: 'check used', options: { fieldsToReturn: 'rule, advice' } });
	expect(Object.keys(selected.json[0])).toEqual(['rule', 'advice']);
	expect(selected.hints).toMatchObject([sentBefore]);
	const other = await check([{ ...payee, amount: '100.51' }], { reference: 'check used' });
	expect(other.json[0]).toMatchObject({ go: false, stops: 1 });
});

test.each([
	['duplicate rows', [payee, payee], 'has the same payee'],
	['a number whose check digit is wrong', [payee, { ...payee, account: '5050-1056' }], 'the check digit'],
])('%s do not hide that a control total is wrong', async (_, rows, rule) => {
	const { json } = await check(rows, { reference: 'check both', additionalFields: { expectedTotal: '100.50' } });
	expect(json[0]).toMatchObject({ go: false, stops: 2, total_amount: '201.00' });
	expect(json.slice(1).map((item) => item.rule)).toEqual([expect.stringContaining(rule), 'The payments come to 201.00, not to 100.50']);
});

test('an amount that cannot be read has one finding, and no total is compared without it', async () => {
	const rows = [payee, payee, { ...payee, amount: '' }];
	const { json } = await check(rows, { reference: 'check unread', additionalFields: { expectedTotal: '1.00' } });
	expect(json.slice(1).map(({ row, field }) => [row, field])).toEqual([
		[3, 'Amount'],
		[2, null],
	]);
});

test('amounts of two currencies have no total', async () => {
	const rows = [payee, { ...payee, currency: 'EUR' }].map((row) => ({ currency: 'sek', ...row }));
	const additionalFields = { onePerDueDate: true, currency: fromRow('currency') };
	const { json } = await check(rows, { reference: 'check currencies', additionalFields });
	expect(json[0]).toMatchObject({ payment_count: 2, batches: [{ currency: 'EUR' }, { currency: 'SEK' }] });
	expect(json[0].total_amount).toBeUndefined();
	const optional = { onePerDueDate: true, currency: '={{ $json.currency || "SEK" }}' };
	const same = await check([rows[0], { ...payee, amount: '1000.00' }], { reference: 'check currency', additionalFields: optional });
	expect(same.json[0].total_amount).toBe('1100.50');
});

/** One row: mostly right, and in each other way wrong, doubtful, or only written otherwise. */
const rowArbitrary: fc.Arbitrary<Row> = fc
	.record({
		amount: fc.oneof(
			{ weight: 12, arbitrary: fc.integer({ min: 1, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2)) },
			fc.constantFrom('12,50', '1 250.00', '0', '-5', '', null, 'NaN', '1e3', 12.5, 0.1 + 0.2, [1], '12.345', '\u00a0100.50 '),
		),
		creditorName: fc.oneof(
			{ weight: 12, arbitrary: fc.constantFrom('Leverantören AB', 'Åkeri & Son', 'Städ AB') },
			fc.constantFrom('', 'undefined', 'Malm\uFFFD', 'N'.repeat(71), 'Zażółć 漢字', { name: 'A' }),
		),
		type: fc.oneof({ weight: 12, arbitrary: fc.constantFrom('bankgiro', 'BG', 'Bankgiro') }, fc.constantFrom('giro', '', 'IBAN', 'pg')),
		account: fc.oneof(
			{ weight: 12, arbitrary: fc.constantFrom('5050-1055', '50501055', '5050\u20111055', ' 5050 1055 ') },
			fc.constantFrom('5050-1056', '', '5.0501055E+7', 50501055, 'SE3550000000054910000003'),
		),
		message: fc.oneof({ weight: 12, arbitrary: fc.string({ maxLength: 30 }) }, fc.constantFrom('1212121213', 'M'.repeat(141), null, true)),
	})
	.map((row) => row as Row);

const mostly = <T>(usual: T, ...others: T[]) => fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));

const sheetArbitrary = fc.record({
	rows: fc.array(rowArbitrary, { minLength: 1, maxLength: 4 }),
	isRepeated: mostly(false, true),
	options: mostly<IDataObject>({}, { swedishChecks: 'warn' }, { swedishChecks: 'off' }, { amountFormat: 'swedish' }, { amountFormat: 'x' }),
	additionalFields: mostly<IDataObject>(
		{},
		{ duplicateRows: 'warn' },
		{ duplicateRows: 'allow' },
		{ expectedCount: 2 },
		{ limitPerPayment: '50000' },
		{ limitPerBatch: '100' },
		{ rawBody: '{"payments":[]}' },
		{ rawBody: '{' },
		{ currency: 'EUR' },
		{ currency: '' },
	),
	earlier: mostly('nothing', 'the same', 'another', 'lost'),
	executionDate: mostly('={{ $now.plus({ days: 2 }) }}', '2020-01-01', 'soon', '={{ $json.amount }}'),
});

test('says go exactly where Create From Items goes', async () => {
	let runs = 0;
	const seen = { go: 0, stop: 0 };
	skipWaits();
	await fc.assert(
		fc.asyncProperty(sheetArbitrary, async ({ rows, isRepeated, options, additionalFields, earlier, executionDate }) => {
			const reference = `check ${(runs += 1)}`;
			const sheet = isRepeated ? [...rows, rows[0]] : rows;
			const parameters = { reference, executionDate, additionalFields, options };
			if (earlier === 'lost') bench.sandbox.admin.faults.add({ kind: 'cut_before', match: { path: 'createPaymentBatch' }, times: 1 });
			if (earlier !== 'nothing') await create(earlier === 'another' ? [{ ...payee, amount: '77.77' }] : sheet, parameters);
			bench.sandbox.admin.faults.clear();
			const before = writes();
			const preview = await check(sheet, parameters);
			expect(writes()).toBe(before);
			const made = await create(sheet, parameters);
			// Finvis itself may refuse what the node sends, such as a currency that the account does not have.
			const goes = made.error === undefined || writes() > before;
			seen[goes ? 'go' : 'stop'] += 1;
			if (preview.error !== undefined) {
				// An option that has no meaning stops both in the same words.
				expect(preview.error.message).toBe(made.error?.message);
				return;
			}
			const stops = preview.json.slice(1).filter(({ severity }) => severity === 'stop');
			expect(preview.json[0]).toMatchObject({ go: stops.length === 0, stops: stops.length });
			expect({ go: preview.json[0].go, stops }).toEqual({ go: goes, stops: goes ? [] : expect.anything() });
		}),
		{ numRuns: tries(300) },
	);
	// Both happen often enough to mean something.
	expect(Math.min(seen.go, seen.stop)).toBeGreaterThan(runs / 5);
});
