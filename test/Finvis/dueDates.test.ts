/** *Create From Items* with one batch per due date: over real HTTP against the sandbox. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bankDayFrom } from '../../nodes/shared/swedish/bankDay';
import { anotherProcess } from '../support/anotherProcess';
import { byId, seeded, type Seeded } from '../support/samples';
import { useBench } from '../support/sandbox';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
beforeEach(() => bench.sandbox.admin.faults.clear());

const dayIn = (days: number) => bankDayFrom(new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
/** No other batch is due on the last of them. */
const [FIRST, SECOND, LATE] = [dayIn(20), dayIn(50), dayIn(200)];

const row = (amount: string, due: string, more: IDataObject = {}) => ({
	amount,
	due,
	payee: `Leverantör ${amount} AB`,
	account: '5050-1055',
	...more,
});
const SHEET = [row('100.50', FIRST), row('200.00', SECOND), row('300.25', FIRST)];

const parametersOf = (operation: string, reference: string, more: IDataObject = {}, additional: IDataObject = {}) => ({
	resource: 'paymentBatch',
	operation,
	parameters: {
		account: byId(seed.bankAccount),
		executionDate: '={{ $json.due }}',
		bankDay: 'keep',
		reference,
		amount: '={{ $json.amount }}',
		creditorName: '={{ $json.payee }}',
		creditorAccountType: 'bankgiro',
		creditorAccount: '={{ $json.account }}',
		...more,
		additionalFields: { onePerDueDate: true, ...additional },
	} as unknown as INodeParameters,
});

/** Two nodes of one workflow share neither memory nor record; a test restarts nothing, so each has a workflow of its own. */
const run = async (
	rows: readonly IDataObject[],
	reference: string,
	more?: IDataObject,
	additional?: IDataObject,
	engine = bench.finvis(),
) => await engine.run(parametersOf('createFromItems', reference, more, additional), [...rows], { workflowId: reference });
const check = async (rows: readonly IDataObject[], reference: string, additional?: IDataObject) =>
	await bench.finvis().run(parametersOf('check', reference, {}, additional), [...rows], { workflowId: reference });

const created = () =>
	bench.sandbox.admin.requests().filter(({ operationId, status }) => operationId === 'createPaymentBatch' && status === 201).length;
const batchesOf = async (reference: string) =>
	(await bench.finvis().run({ resource: 'paymentBatch', operation: 'getMany', parameters: { returnAll: true } })).json.filter(({ name }) =>
		String(name).startsWith(`${reference}+`),
	);
const receipts = (json: readonly IDataObject[]) => json.map(({ receipt }) => receipt as IDataObject);

test('makes one batch for each day, with its rows, and says which reference each has', async () => {
	const { json, items, error } = await run(SHEET, 'DUE-1');
	expect(error).toBeUndefined();
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }, { item: 2 }], { item: 1 }]);
	expect(json).toMatchObject([
		{ execution_date: FIRST, total_amount: '400.75', payment_count: 2, currency: 'SEK' },
		{ execution_date: SECOND, total_amount: '200.00', payment_count: 1, currency: 'SEK' },
	]);
	expect(receipts(json)).toMatchObject([
		{ reference: `DUE-1+${FIRST}`, outcome: 'created' },
		{ reference: `DUE-1+${SECOND}`, outcome: 'created' },
	]);
});

test('the same rows in another order are the same batches', async () => {
	await run(SHEET, 'DUE-2');
	const before = created();
	const { json } = await run([SHEET[1], SHEET[2], SHEET[0]], 'DUE-2');
	expect(receipts(json).map(({ reference, outcome }) => [reference, outcome])).toEqual([
		[`DUE-2+${FIRST}`, 'found'],
		[`DUE-2+${SECOND}`, 'found'],
	]);
	expect(created()).toBe(before);
});

test('account and currency are in the reference where the rows have several', async () => {
	const accounts = [seed.bankAccount, seed.secondBankAccount].sort();
	const rows = accounts.map((from, index) => row('10.00', FIRST, { from, payee: `Konto ${index} AB` }));
	const account = { ...byId('={{ $json.from }}') };
	const { json, error } = await run(rows, 'DUE-3', { account });
	expect(error).toBeUndefined();
	expect(receipts(json).map(({ reference }) => reference)).toEqual(accounts.map((from) => `DUE-3+${FIRST} ${from}`));
	expect(json.map(({ account_id }) => account_id)).toEqual(accounts);
});

describe('a run that breaks off in the middle and runs again makes each batch once', () => {
	const afterwards = async (reference: string) => {
		bench.sandbox.admin.faults.clear();
		const again = await run(SHEET, reference);
		expect(again.error).toBeUndefined();
		expect(receipts(again.json)[0].outcome).toBe('found');
		expect((await batchesOf(reference)).map(({ execution_date }) => execution_date).sort()).toEqual([FIRST, SECOND]);
		return receipts(again.json)[1].outcome;
	};

	test('because the second call is refused', async () => {
		bench.sandbox.admin.faults.add({ match: { path: 'createPaymentBatch', nth: 2 }, kind: 'status', status: 400 });
		const { error } = await run(SHEET, 'DUE-4');
		expect(error?.description).toContain(
			'This is batch 2 of 2, with row 2. If a row has to change, run only row 2, under a new reference, and nothing of it under this one again. If not, run all rows again under the same reference: the node finds what was made, and sends only what is missing.',
		);
		expect(await batchesOf('DUE-4')).toHaveLength(1);
		// What was not refused keeps the reference for these rows.
		const other = await run([row('9.00', SECOND)], 'DUE-4', {}, {}, anotherProcess(bench).finvis());
		expect(other.error?.message).toContain("'DUE-4' was already used for something else");
		expect(await afterwards('DUE-4')).toBe('created');
	});

	test('because the second of three is refused: the rows that were not sent belong to what runs under a new reference', async () => {
		const THIRD = dayIn(110);
		bench.sandbox.admin.faults.add({ match: { path: 'createPaymentBatch', nth: 2 }, kind: 'status', status: 400 });
		const rows = [row('9.00', THIRD, { payee: 'C AB' }), row('1.00', FIRST), row('2.00', SECOND), row('3.00', SECOND, { payee: 'B AB' })];
		const stopped = await run(rows, 'DUE-20');
		expect(stopped.error?.description).toContain(
			'This is batch 2 of 3, with rows 3, 4. The batches after it were not sent. If a row has to change, run only rows 1, 3, 4, under a new reference',
		);
		bench.sandbox.admin.faults.clear();
		expect((await batchesOf('DUE-20')).map(({ execution_date }) => execution_date)).toEqual([FIRST]);
		// As the message says: what was not sent, corrected, under a new reference.
		const corrected = await run([rows[0], rows[2], { ...rows[3], amount: '4.00' }], 'DUE-20b');
		expect(corrected.error).toBeUndefined();
		expect((await batchesOf('DUE-20b')).map(({ execution_date }) => execution_date).sort()).toEqual([SECOND, THIRD]);
	});

	test('because the execution is stopped while the second answer is on its way', async () => {
		bench.sandbox.admin.faults.add({ match: { path: 'createPaymentBatch', nth: 2 }, kind: 'latency', delayMs: 3_000, after: true });
		const before = created();
		const { done, cancel } = bench.finvis().start(parametersOf('createFromItems', 'DUE-5'), [...SHEET], { workflowId: 'DUE-5' });
		while ((await batchesOf('DUE-5')).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
		cancel();
		await done.catch(() => undefined);
		// The sandbox counts the call when it has answered.
		while (created() < before + 2) await new Promise((resolve) => setTimeout(resolve, 50));
		expect(await afterwards('DUE-5')).toBe('found');
	});
});

test('with Continue On Fail each batch that fails is an item of its rows, and the others are made', async () => {
	bench.sandbox.admin.faults.add({ match: { path: 'createPaymentBatch', nth: 1 }, kind: 'status', status: 400 });
	const { items } = await bench.finvis().run({ ...parametersOf('createFromItems', 'DUE-6'), onError: 'continueRegularOutput' }, SHEET);
	expect(items.map(({ json, pairedItem }) => [Object.keys(json)[0], pairedItem])).toEqual([
		['error', [{ item: 0 }, { item: 2 }]],
		['receipt', { item: 1 }],
	]);
});

test('after a restart of n8n the same rows are found, and other rows are refused', async () => {
	await run(SHEET, 'DUE-19');
	const before = created();
	const { json } = await run([...SHEET].reverse(), 'DUE-19', {}, {}, anotherProcess(bench).finvis());
	expect(receipts(json).map(({ outcome }) => outcome)).toEqual(['found', 'found']);
	const moved = SHEET.map((one) => ({ ...one, due: dayIn(80) }));
	const { error } = await run(moved, 'DUE-19', {}, {}, anotherProcess(bench).finvis());
	expect(error?.message).toContain("'DUE-19' was already used for something else");
	expect(created()).toBe(before);
});

describe('nothing is sent', () => {
	const refuses = async (
		rows: readonly IDataObject[],
		reference: string,
		message: string | RegExp,
		additional?: IDataObject,
		more?: IDataObject,
	) => {
		const before = created();
		const { error } = await run(rows, reference, more, additional);
		expect(error?.message).toEqual(typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message));
		expect(created()).toBe(before);
	};

	test('where one row is wrong, which is named by its number in the sheet', async () => {
		await refuses([...SHEET, row('1.00', '2026-02-30')], 'DUE-7', "Row 4: 'Execution Date'");
		await refuses([...SHEET, row('1.00', '2020-01-02')], 'DUE-7', "Row 4: 'Execution Date': 2020-01-02 is in the past");
	});

	test('where other rows were sent under the reference: one less, another day, or in one batch', async () => {
		await run(SHEET, 'DUE-8');
		await refuses(SHEET.slice(0, 2), 'DUE-8', /'DUE-8[^']*' was already used for something else/);
		await refuses([SHEET[1]], 'DUE-8', /'DUE-8[^']*' was already used for something else/);
		await refuses(
			SHEET.map((one) => ({ ...one, due: dayIn(80) })),
			'DUE-8',
			/'DUE-8[^']*' was already used for something else/,
		);
		await refuses(
			SHEET.map((one) => ({ ...one, due: FIRST })),
			'DUE-8',
			/'DUE-8[^']*' was already used for something else/,
			{ onePerDueDate: false },
		);
	});

	test('where the rows of the reference were one batch before', async () => {
		const rows = SHEET.map((one) => ({ ...one, due: FIRST }));
		await run(rows, 'DUE-9', {}, { onePerDueDate: false });
		await refuses(rows, 'DUE-9', "'DUE-9' was already used for something else");
	});

	test('where the totals of all rows, or the day of several batches, are not as expected', async () => {
		await refuses(SHEET, 'DUE-10', 'The payments come to 600.75, not to 600', { expectedTotal: '600' });
		await refuses(SHEET, 'DUE-10', 'There are 3 payments, not 2', { expectedCount: '2' });
		const rows = [row('60.00', LATE, { from: seed.bankAccount }), row('60.00', LATE, { from: seed.secondBankAccount })];
		await refuses(
			rows,
			'DUE-11',
			`With this batch, ${LATE} comes to 120.00 SEK, more than 100`,
			{ limitPerDay: '100' },
			{ account: byId('={{ $json.from }}') },
		);
		await refuses([row('10.00', FIRST), row('310.00', SECOND)], 'DUE-12', 'The batch comes to 310.00 SEK, more than 300', {
			limitPerBatch: '300',
		});
		await refuses(SHEET, 'DUE-12', 'The batch comes to 400.75 SEK, more than 300', { limitPerBatch: '300' });
	});

	test('where the reference has no room, or raw JSON would make the batches one', async () => {
		await refuses(SHEET, 'R'.repeat(95), 'is too long for one batch per due date');
		await refuses(SHEET, 'DUE-13', "'Raw JSON Body' may not replace 'execution_date'", { rawBody: `{"execution_date":"${FIRST}"}` });
	});

	test.each([`DUE-1+${FIRST}`, `DUE-1+${FIRST} EUR`, `DUE 1 + x+${FIRST} abc`])(
		'under the reference %p, which only the node makes',
		async (reference) => {
			await refuses(SHEET, reference, "has '+' and a date, which the node keeps for the references of one batch per due date", {
				onePerDueDate: false,
			});
		},
	);
});

test('control totals hold for all batches together', async () => {
	const { json, error } = await run(SHEET, 'DUE-14', {}, { expectedTotal: '600.75', expectedCount: '3', expectedCurrency: 'SEK' });
	expect(error).toBeUndefined();
	expect(json).toHaveLength(2);
});

test('the same payment on two days is no duplicate, and on one day it is', async () => {
	const twice = [row('50.00', FIRST), row('50.00', SECOND)];
	expect((await run(twice, 'DUE-15')).json).toHaveLength(2);
	const { error } = await run([...twice, row('50.00', FIRST)], 'DUE-16');
	expect(error?.message).toContain('Row 3 has the same payee, account, amount and message as row 1');
});

describe('Check', () => {
	test('says which batches would be made, and sends nothing', async () => {
		const before = created();
		const { json } = await check(SHEET, 'DUE-17');
		expect(json).toEqual([
			expect.objectContaining({
				go: true,
				payment_count: 3,
				total_amount: '600.75',
				batches: [
					expect.objectContaining({ reference: `DUE-17+${FIRST}`, execution_date: FIRST, payment_count: 2, total_amount: '400.75' }),
					expect.objectContaining({ reference: `DUE-17+${SECOND}`, execution_date: SECOND, payment_count: 1 }),
				],
			}),
		]);
		expect(created()).toBe(before);
	});

	test('says how many were sent before', async () => {
		bench.sandbox.admin.faults.add({ match: { path: 'createPaymentBatch', nth: 2 }, kind: 'status', status: 400 });
		await run(SHEET, 'DUE-18');
		bench.sandbox.admin.faults.clear();
		const { json } = await check(SHEET, 'DUE-18');
		expect(json[0]).toMatchObject({
			go: true,
			severity: 'warning',
			rule: expect.stringContaining('1 of 2 batches were sent before') as string,
		});
	});
});
