import type { INodeParameters } from 'n8n-workflow';
import { bankDayFrom } from '../../../nodes/shared/swedish/bankDay';
import { batch, byId, seeded, subscription, type Seeded } from '../../support/samples';
import { useBench } from '../../support/sandbox';

const bench = useBench();
let seed: Seeded;

beforeAll(async () => {
	seed = await seeded(bench);
});

const sent = () => bench.sandbox.admin.requests().filter(({ method }) => method !== 'GET').length;
const daysAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const saturday = () => {
	const day = [2, 3, 4, 5, 6, 7, 8].map(daysAhead).find((one) => new Date(one).getUTCDay() === 6);
	if (day === undefined) throw new Error('seven days without a Saturday');
	return day;
};

const payment = { amount: '100.50', creditorName: 'Leverantören AB', creditorAccountType: 'bankgiro', creditorAccount: '5050-1055' };
const paying = (changed: object, more: object = {}) => batch(seed, { payments: { rows: [{ ...payment, ...changed }] }, ...more });

describe('Stop, which is the default', () => {
	test.each<[string, object, string]>([
		[
			'a bankgiro number',
			{ creditorAccount: '5050-1056' },
			"'Creditor Account' [account …1056]: the check digit of the bankgiro number does not fit",
		],
		[
			'a plusgiro number',
			{ creditorAccountType: 'plusgiro', creditorAccount: '90 20 03-4' },
			"'Creditor Account': the check digit of the plusgiro number does not fit",
		],
		[
			'an IBAN',
			{ creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000004' },
			"'Creditor Account' [account …0004]: the check digits of the IBAN do not fit",
		],
		[
			'an account number',
			{ creditorAccountType: 'bban', creditorAccount: '5491-0000004' },
			"'Creditor Account' [account …0004]: the check digit of the account number does not fit",
		],
		['an OCR number', { message: '1212121213' }, "'OCR or Message': the check digit of the OCR number does not fit"],
		[
			'a message where the creditor demands an OCR number',
			{ message: 'Invoice 42', ocrControl: 'checkDigit' },
			"'OCR or Message': an OCR number has digits only",
		],
		[
			'a length digit',
			{ message: '1212121212', ocrControl: 'lengthDigit' },
			"'OCR or Message': the length digit of the OCR number does not fit",
		],
	])('%s that cannot be right is refused before anything is sent, by row and field', async (what, changed, reason) => {
		const before = sent();
		const { error } = await bench.finvis().run(paying(changed), [{ reference: 'stop' }]);
		expect(error).toMatchObject({ name: 'NodeOperationError', message: `Payment 1: ${reason}` });
		expect(error?.context.itemIndex).toBe(0);
		const advice =
			what === 'an OCR number'
				? "Correct it from the invoice. If it is a message, set 'OCR Control' to 'None"
				: /giro|IBAN/.test(what)
					? "Compare it with its source and correct it. If the source says the same, look at 'Creditor Account Type', or ask the payee."
					: 'Compare it with its source and correct it, or choose Warn';
		expect(error?.description).toContain(`Nothing was sent. ${advice}`);
		expect(sent()).toBe(before);
	});

	test.each([
		['an OCR number', { message: '1212121212' }],
		['an OCR number with its length digit', { message: '2026004206', ocrControl: 'checkDigit' }],
		['a message', { message: 'Invoice 42' }],
		['digits that are said to be a message', { message: '1212121213', ocrControl: 'none' }],
		[
			'digits to an IBAN, where no OCR control is',
			{ creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003', message: '13' },
		],
	])('%s is let through, without a warning', async (what, changed) => {
		const { json, error } = await bench.finvis().run(paying(changed), [{ reference: `fine: ${what}` }]);
		expect(error?.message).toBeUndefined();
		expect(json[0].receipt).not.toHaveProperty('warnings');
	});

	test('everything that is found in one item is named', async () => {
		const changed = { creditorAccount: '5050-1056', message: '1212121213' };
		const { error } = await bench.finvis().run(paying(changed), [{ reference: 'two' }]);
		expect(error?.message).toMatch(/^Payment 1: 'Creditor Account' \[account …1056\]: .*; Payment 1: 'OCR or Message': /);
	});

	test.each([
		['a short number', { creditorAccountType: 'plusgiro', creditorAccount: '1234-5' }],
		['a personal number', { creditorAccountType: 'bankgiro', creditorAccount: '191212121213' }],
		['a personal number behind a clearing number', { creditorAccountType: 'bban', creditorAccount: '3300 1912121213' }],
		['a name beside the number', { creditorAccountType: 'bban', creditorAccount: 'Anna 54910000004' }],
		['look-alikes', { creditorAccountType: 'plusgiro', creditorAccount: '\uFF11\uFF12\uFF13\uFF14-5' }],
	])('%s is not in the message', async (_, changed) => {
		const { error } = await bench.finvis().run(paying(changed), [{ reference: 'hidden' }]);
		expect(error?.message).toMatch(/^Payment 1: 'Creditor Account': /);
		expect(error?.message).not.toMatch(/account …|1213|1212|Anna|0004/);
	});

	test('an execution date in the past or on a day without banks is refused', async () => {
		const on = async (executionDate: string) =>
			(await bench.finvis().run(paying({}, { executionDate, bankDay: 'keep' }), [{ reference: 'day' }])).error?.message;
		const day = saturday();
		expect(await on('2026-01-02')).toBe("'Execution Date': 2026-01-02 is in the past");
		expect(await on(day)).toBe(`'Execution Date': ${day} is a Saturday, and Swedish banks are closed`);
		expect(await on('2099-12-24')).toContain('is Christmas Eve, and');
	});

	test('an execution date is moved to the next bank day on request', async () => {
		const day = saturday();
		const { json } = await bench.finvis().run(paying({}, { executionDate: day, bankDay: 'next' }), [{ reference: 'moved' }]);
		expect(json[0].execution_date).toBe(bankDayFrom(day));
	});

	test('a personal number of the executor is refused without being repeated', async () => {
		const additionalFields = { executorRef: '19121212-1213' };
		const { error } = await bench.fondo().run(subscription(seed, { additionalFields }), [{ reference: 'person' }]);
		expect(error?.message).toBe("'Executor Personal Number or ID': the check digit of the personal number does not fit");
	});

	test('an instrument with a wrong ISIN is refused', async () => {
		const { error } = await bench.fondo().run(subscription(seed, { instrument: byId('SE0001862427SEK') }), [{ reference: 'isin' }]);
		expect(error?.message).toBe("'Instrument': the check digit of the ISIN does not fit");
	});

	test('the organisation number and the fee accounts of a client are checked, a foreign number is not', async () => {
		const client = (changed: object) => ({
			resource: 'client',
			operation: 'create',
			parameters: {
				name: 'Saab AB',
				displayName: 'Saab',
				crn: '556036-0793',
				country: 'SE',
				serviceTypes: { rows: [{ accountServiceType: 'portfolioManagement' }] },
				...changed,
			},
		});
		const failing = async (changed: object) => (await bench.fondo().run(client(changed))).error?.message;
		expect(await failing({ crn: '556036-0794' })).toBe(
			"'Company Registration Number': the check digit of the organisation number does not fit",
		);
		const bankAccounts = { rows: [{ feeType: 'client_fee', iban: 'SE7280000810340009783243' }] };
		expect(await failing({ additionalFields: { bankAccounts } })).toBe(
			"Fee Bank Account 1: 'IBAN': the check digits of the IBAN do not fit",
		);
		expect(await failing({ crn: '556036-0794', country: 'NO' })).toBeUndefined();
	});
});

describe('from all items', () => {
	const fromItems = (options: INodeParameters) => ({
		resource: 'paymentBatch',
		operation: 'createFromItems',
		parameters: {
			account: byId(seed.bankAccount),
			executionDate: '={{ $now.plus({ days: 2 }) }}',
			bankDay: 'next',
			reference: `rows ${JSON.stringify(options)}`,
			amount: '={{ $json.amount }}',
			creditorName: 'A',
			creditorAccountType: 'bankgiro',
			creditorAccount: '={{ $json.bankgiro }}',
			options,
		},
	});
	const rows = (wrong: number[]) =>
		Array.from({ length: 20 }, (_, row) => ({ bankgiro: wrong.includes(row + 1) ? '5050-1056' : '5050-1055', amount: `${row + 1}.00` }));
	const reason = (row: number) => `Row ${row}: 'Creditor Account' [account …1056]: the check digit of the bankgiro number does not fit`;

	test('every wrong row is named before anything is sent, ten of them with their reason', async () => {
		const before = sent();
		const few = await bench.finvis().run(fromItems({}), rows([2, 5]));
		expect(few.error?.message).toBe([2, 5].map(reason).join('; '));
		expect(few.error?.description).toMatch(/^Nothing was sent\. Compare it with its source and correct it/);
		const many = await bench.finvis().run(fromItems({}), rows([1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 14, 16]));
		const quoted = [1, 2, 3, 4, 5, 6, 7, 9, 11, 13].map(reason).join('; ');
		expect(many.error?.message).toBe(`${quoted}; and 2 more findings in rows 14, 16`);
		expect(sent()).toBe(before);
	});

	test('Warn sends them, and the receipt names every row', async () => {
		const { json } = await bench.finvis().run(fromItems({ swedishChecks: 'warn' }), rows([2, 5]));
		expect(json[0].receipt).toMatchObject({ outcome: 'created', warnings: [2, 5].map(reason) });
	});
});

test('Warn sends the item, and its receipt lists what was found; its neighbours have none', async () => {
	const { json } = await bench.finvis().run(paying({ creditorAccount: '={{ $json.to }}' }, { options: { swedishChecks: 'warn' } }), [
		{ reference: 'warn-1', to: '5050-1056' },
		{ reference: 'warn-2', to: '5050-1055' },
	]);
	expect(json[0].receipt).toMatchObject({
		outcome: 'created',
		warnings: ["Payment 1: 'Creditor Account' [account …1056]: the check digit of the bankgiro number does not fit"],
	});
	expect(json[1].receipt).not.toHaveProperty('warnings');
});

test('Off neither refuses nor tells', async () => {
	const off = paying({ creditorAccount: '5050-1056' }, { options: { swedishChecks: 'off' } });
	const { json } = await bench.finvis().run(off, [{ reference: 'off-1' }]);
	expect(json[0].receipt).toMatchObject({ outcome: 'created' });
	expect(json[0].receipt).not.toHaveProperty('warnings');
});

test('another choice is refused, for it would do nothing without a word', async () => {
	const { error } = await bench.finvis().run(paying({}, { options: { swedishChecks: 'no' } }), [{ reference: 'no' }]);
	expect(error?.message).toBe("'Swedish Checks': 'no' is not one of off, stop, warn");
});
