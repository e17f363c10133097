/** Every recipe of docs/cookbook.md, with the fields, expressions and values that its page writes, against the sandbox. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { FinvisTrigger } from '../nodes/Finvis/FinvisTrigger.node';
import { Finvis } from '../nodes/Finvis/Finvis.node';
import { bankDayFrom, closingReason } from '../nodes/shared/swedish/bankDay';
import { DAY as FILE_DAY, files } from './e2e/spreadsheets/files';
import { Workflow } from './Finvis/webhook/workflows';
import { until } from './sandbox/caller';
import { Receiver } from './sandbox/receiver';
import { optionOf, type Recipe, recipes } from './support/recipes';
import { byId, seeded, type Seeded } from './support/samples';
import { useBench } from './support/sandbox';

const DAY_S = 86_400;
const FINVIS_APPROVER = {
	clientId: 'finvis-approver',
	clientSecret: 'finvis-approver-secret',
	scopes: ['write:payments', 'read:payments'],
};

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});

const dayIn = (days: number) => new Date(Date.now() + days * DAY_S * 1000).toISOString().slice(0, 10);
/** A Saturday that is still to come. */
const saturday = () => Array.from({ length: 7 }, (_, days) => dayIn(days + 7)).find((day) => new Date(day).getUTCDay() === 6) ?? '';

type Api = 'finvis' | 'fondo';

const attempt = async (api: Api, resource: string, operation: string, parameters: object = {}, items?: IDataObject[]) =>
	await bench[api]().run({ resource, operation, parameters: parameters as INodeParameters }, items);

async function run(...asked: Parameters<typeof attempt>) {
	const { error, json } = await attempt(...asked);
	expect(error && { message: error.message, description: error.description }).toBeUndefined();
	return json;
}

const outcomeOf = ({ receipt }: IDataObject) => (receipt as IDataObject).outcome;
const oere = (amount: unknown) => Math.round(Number(amount) * 100);
const sum = (rows: readonly IDataObject[], field: string) => rows.reduce((all, row) => all + oere(row[field]), 0);
const idsOf = (rows: readonly IDataObject[]) => rows.map(({ id }) => String(id)).sort();

/** Submits the batch, lets another person approve it, and moves the clock until its money has moved. */
async function pay({ id, execution_date }: IDataObject) {
	await run('finvis', 'paymentBatch', 'submit', { paymentBatch: byId(id) });
	const waiting = (await run('finvis', 'approval', 'getManyPending', { returnAll: true })).filter(({ object_id }) => object_id === id);
	expect(waiting).toHaveLength(1);
	const parameters: INodeParameters = { approval: byId(waiting[0].id) };
	expect((await bench.finvis(FINVIS_APPROVER).run({ resource: 'approval', operation: 'approve', parameters })).error).toBeUndefined();
	const now = Date.parse(bench.sandbox.admin.clock.now());
	const due = Date.parse(String(execution_date)) + 3_600_000;
	bench.sandbox.admin.clock.advance(Math.max(3_600, Math.ceil((due - now) / 1000)));
	return bench.sandbox.admin.ledger().filter(({ batchId }) => batchId === id);
}

/** The rows of a CSV, as Extract from File of n8n gives them with these options: empty cells are left out. */
function rowsOf(
	bytes: Buffer,
	{ Delimiter, Encoding, 'Exclude Byte Order Mark (BOM)': bom, 'Starting Line': line }: Record<string, string>,
) {
	const text = bytes.toString(Encoding === 'Latin1' ? 'latin1' : 'utf8').replace(bom === 'on' ? /^\uFEFF/ : '', '');
	const delimiter = Delimiter.replaceAll('`', '');
	const cells = new RegExp(`(?:^|${delimiter})(?:"((?:[^"]|"")*)"|([^${delimiter}"]*))`, 'g');
	const [head, ...rows] = text
		.trimEnd()
		.split(/\r?\n/)
		.slice(line === '' ? 0 : Number(line) - 1)
		.map((row) => [...row.matchAll(cells)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare));
	return rows.map((row): IDataObject => Object.fromEntries(head.map((name, at) => [name, row[at]]).filter(([, cell]) => cell)));
}

const RECIPES: Record<string, (recipe: Recipe) => Promise<void>> = {
	'Pay suppliers by bankgiro with OCR': async (recipe) => {
		const { Value: cells } = recipe.columns(0);
		const typed = { 'Expected Total': '13750.50', 'Expected Count': 2 };
		const given = {
			'Bank Account': byId(seed.bankAccount),
			'Execution Date': saturday(),
			Reference: recipe.code('suppliers-2026-w10'),
			Amount: '={{ $json.Amount }}',
			'Creditor Name': '={{ $json.Name }}',
			'Creditor Account': '={{ $json.Account }}',
			'OCR or Message': '={{ $json.OCR }}',
			...typed,
		};
		const parameters = recipe.parameters('Finvis', 'paymentBatch', 'createFromItems', cells, given);
		const rows = [
			{ Amount: recipe.code('12500.00'), Name: 'Nordic Supplies AB', Account: recipe.code('5050-1055'), OCR: '12345674' },
			{ Amount: '1250.50', Name: 'Städbolaget AB', Account: '505 0109', OCR: '79927398713' },
		];
		const [wrong, right] = [{ ...rows[1], OCR: '79927398712' }, rows[1]];

		const made = () => bench.sandbox.admin.requests().filter(({ operationId }) => operationId === 'createPaymentBatch').length;
		const before = made();
		const refused = await attempt('finvis', 'paymentBatch', 'createFromItems', parameters, [rows[0], wrong]);
		expect(refused.error?.message).toMatch(/^Row 2: 'OCR or Message'/);
		expect(made()).toBe(before);

		const [batch] = await run('finvis', 'paymentBatch', 'createFromItems', parameters, [rows[0], right]);
		expect(batch).toMatchObject({ total_amount: typed['Expected Total'], payment_count: 2, execution_date: bankDayFrom(saturday()) });
		expect((batch.receipt as IDataObject).reference).toBe(given.Reference);
		const paid = await pay(batch);
		expect(paid.map(({ counterparty, amount }) => [counterparty, amount])).toEqual(rows.map(({ Account, Amount }) => [Account, Amount]));
		const again = await run('finvis', 'paymentBatch', 'createFromItems', parameters, rows);
		expect(again.map(outcomeOf)).toEqual(['found']);

		// Each value of OCR Control that the page offers, with an OCR number that only it refuses.
		const offered = [...cells['OCR Control'].matchAll(/(\*\*[^*]+\*\*)/g)].map(([option]) => option);
		const goes = async (option: string, ocr: string) => {
			const { ocrControl } = recipe.parameters('Finvis', 'paymentBatch', 'check', { 'OCR Control': option });
			const changed = { ...parameters, ocrControl, reference: 'ocr-control', additionalFields: {} };
			return (await run('finvis', 'paymentBatch', 'check', changed, [{ ...rows[0], OCR: ocr }]))[0].go;
		};
		const texts = ['12345674', '12345682', 'Faktura 42'];
		const table = [];
		for (const option of offered)
			table.push([option, await goes(option, texts[0]), await goes(option, texts[1]), await goes(option, texts[2])]);
		expect(table).toEqual([
			['**Check Digit**', true, true, false],
			['**Length and Check Digit**', false, true, false],
			['**None: It Is a Message**', true, true, true],
		]);

		// Amounts as Swedes write them, in both ways.
		const swedish = [{ ...rows[0], Amount: recipe.code('12 500,00') }];
		const byExpression = { ...parameters, amount: recipe.expression('.replace('), additionalFields: {}, reference: 'swedish-1' };
		expect((await run('finvis', 'paymentBatch', 'check', byExpression, swedish))[0]).toMatchObject({ go: true, total_amount: '12500.00' });
		recipe.says('choose *Swedish* for *Amount Format*');
		const format = {
			...parameters,
			additionalFields: {},
			reference: 'swedish-2',
			options: { amountFormat: stored('Amount Format', 'Swedish') },
		};
		expect((await run('finvis', 'paymentBatch', 'check', format, swedish))[0]).toMatchObject({ go: true, total_amount: '12500.00' });
	},

	'A payment file from Fortnox, Visma, Bokio, Excel or a bank': async (recipe) => {
		const options = recipe.columns(0);
		const readAs = (program: string) =>
			Object.fromEntries(
				Object.entries(options).map(([head, cells]) => [
					head,
					Object.entries(cells).find(([file]) => file.toLowerCase().includes(program))?.[1] ?? '',
				]),
			);
		const columns = { ...recipe.columns(1), ...recipe.columns(2) };
		expect(Object.keys(columns)).toHaveLength(files.length);
		recipe.says('*Amount Format* is **Swedish**');
		recipe.code('fortnox-2026-03-06');
		for (const { name, read, fields, paid, total } of files) {
			// test/e2e/spreadsheets.test.ts gives these options to Extract from File of n8n.
			const { Delimiter, Encoding, 'Exclude Byte Order Mark (BOM)': bom, 'Starting Line': line } = readAs(name);
			expect({ name, delimiter: Delimiter, encoding: Encoding, bom, line }).toEqual({
				name,
				delimiter: `\`${String(read.delimiter)}\``,
				encoding: read.encoding === 'latin1' ? 'Latin1' : 'UTF-8',
				bom: read.enableBOM ? 'on' : '',
				line: read.fromLine === undefined ? '' : String(read.fromLine),
			});
			const [, cells] = Object.entries(columns).find(([head]) => head.toLowerCase().includes(name)) ?? [];
			const filled = recipe.parameters('Finvis', 'paymentBatch', 'createFromItems', cells ?? {});
			expect(filled).toMatchObject(fields);
			const rows = rowsOf(readFileSync(join(__dirname, 'e2e', 'spreadsheets', `${name}.csv`)), readAs(name));
			const parameters = {
				...filled,
				account: byId(seed.bankAccount),
				reference: `${name}-2026-03-06`,
				options: { amountFormat: stored('Amount Format', 'Swedish') },
			};
			const [batch] = await run('finvis', 'paymentBatch', 'createFromItems', parameters, rows);
			expect(batch).toMatchObject({ total_amount: total, payment_count: paid.length, execution_date: FILE_DAY });
			expect((await run('finvis', 'paymentBatch', 'createFromItems', parameters, rows)).map(outcomeOf)).toEqual(['found']);
		}
	},

	'Know who has paid: OCR of incoming payments': async (recipe) => {
		const { properties } = new FinvisTrigger().description;
		const labelled = (label: string) => properties.find(({ displayName }) => displayName === label) ?? properties[0];
		const [, label, option] = /\(\*([^*]+)\*: \*\*([^*]+)\*\*\)/.exec(recipe.text) ?? [];
		const events = [optionOf(labelled(label), option)];
		recipe.says('*Fetch Current State*');
		const receiver = await Receiver.open();
		const engine = bench.finvis({ scopes: [] }, 'finvisTrigger');
		const workflow = new Workflow(engine, { events, options: { fetchCurrentState: true } }, {}, new URL(receiver.url).origin);
		await workflow.publish();

		// One company of the group pays another: the payer's bank books minus, the payee's bank books plus.
		const accounts = await run('finvis', 'account', 'getMany', { returnAll: true });
		const iban = accounts.find(({ id }) => id === seed.secondBankAccount)?.iban;
		const [batch] = await run('finvis', 'paymentBatch', 'create', {
			account: byId(seed.bankAccount),
			executionDate: dayIn(7),
			bankDay: 'next',
			reference: 'ocr-1',
			payments: {
				rows: [{ amount: '512.00', creditorName: 'Payee AB', creditorAccountType: 'iban', creditorAccount: iban, message: '12345674' }],
			},
		});
		await pay(batch);
		await until(() => receiver.received.length >= 2);
		const items: IDataObject[] = [];
		for (const { body, signature } of receiver.received) {
			const { json } = await workflow.deliver({ rawBody: body, headers: { 'x-finvis-signature': signature ?? '' } });
			items.push(...(json ?? []));
		}
		await workflow.unpublish();
		await receiver.close();

		const [current, amount] = recipe.code('current.amount').split('.');
		const paidIn = items.map((item) => item[current] as IDataObject).filter((one) => Number(one[amount]) > 0);
		const [, field] = recipe.code('current.reference').split('.');
		expect(paidIn.map((one) => [one[field], one[amount], one.account_id])).toEqual([['12345674', '512.00', seed.secondBankAccount]]);

		// Once a day.
		recipe.says('*Finvis: Transaction, Get Many*, with *Date From* and *Date To* both set to yesterday');
		const everything = await run('finvis', 'transaction', 'getMany', { returnAll: true });
		const day = String(everything[0].booking_date);
		const cells = recipe.parameters('Finvis', 'transaction', 'getMany', { 'Date From, Date To': `\`${day}\`` });
		const ofDay = await run('finvis', 'transaction', 'getMany', { ...cells, returnAll: true });
		expect(idsOf(ofDay)).toEqual(idsOf(everything.filter(({ booking_date }) => booking_date === day)));
		expect(ofDay.length).toBeGreaterThan(0);
	},

	'The autogiro calendar': async (recipe) => {
		const accounts = await run('fondo', 'account', 'getMany', { client: byId(seed.client), returnAll: true });
		const active = accounts.filter((one) => one[recipe.code('status')] === recipe.code('active')).slice(0, 3);
		const parameters = (reference: string) => ({
			client: byId(seed.client),
			reference,
			payments: { rows: [{ account: '={{ $json.id }}', amount: 500 }] },
		});
		const reference = recipe.expression('autogiro-2026-03-');
		const sent = await run('fondo', 'paymentInstruction', 'create', parameters(reference), active);
		expect(sent.map((one) => (one.receipt as IDataObject).reference)).toEqual(active.map(({ ref }) => `autogiro-2026-03-${String(ref)}`));
		expect(sent.map(outcomeOf)).toEqual(active.map(() => 'created'));
		expect((await run('fondo', 'paymentInstruction', 'create', parameters(reference), active)).map(outcomeOf)).toEqual(
			active.map(() => 'found'),
		);

		bench.sandbox.admin.clock.advance(5 * DAY_S);
		const payments = await run(
			'fondo',
			'paymentInstruction',
			'getPayments',
			{ client: byId(seed.client), paymentInstruction: byId('={{ $json.id }}') },
			sent,
		);
		expect(payments.map(({ status }) => status)).toEqual(active.map(() => 'completed'));
		for (const payment of payments) expect(payment).toHaveProperty(recipe.code('reason'));
		const cash = await run('fondo', 'cashTransaction', 'getMany', { client: byId(seed.client), returnAll: true });
		const arrived = cash.filter(
			({ transactionType, clientRef }) => transactionType === recipe.code('deposit') && String(clientRef).startsWith('autogiro-2026-03-'),
		);
		expect(arrived.map(({ creditAccount }) => creditAccount).sort()).toEqual(idsOf(active));

		// A payment that failed is sent again under a reference of its own.
		recipe.code('autogiro-2026-03-retry1-…');
		const retry = parameters('=autogiro-2026-03-retry1-{{ $json.ref }}');
		expect((await run('fondo', 'paymentInstruction', 'create', retry, active.slice(0, 1))).map(outcomeOf)).toEqual(['created']);
	},

	'Bank days': async (recipe) => {
		recipe.says("closed on Saturdays, Sundays, public holidays, Midsummer Eve, Christmas Eve and New Year's Eve");
		// Days far ahead, because a day in the past is refused.
		for (const [day, next] of [
			['2035-01-13', '2035-01-15'],
			['2035-01-14', '2035-01-15'],
			['2035-05-01', '2035-05-02'],
			['2035-06-22', '2035-06-25'],
			['2035-12-24', '2035-12-27'],
			['2035-12-31', '2036-01-02'],
		]) {
			const parameters = (bankDay: string, reference: string) => ({
				...recipe.parameters('Finvis', 'paymentBatch', 'create', {
					'Execution Date': `\`${day}\``,
					'If Not a Bank Day': `**${bankDay}**`,
				}),
				account: byId(seed.bankAccount),
				reference,
				payments: { rows: [{ amount: '10.00', creditorName: 'Payee AB', creditorAccountType: 'bankgiro', creditorAccount: '5050-1055' }] },
			});
			expect((await attempt('finvis', 'paymentBatch', 'create', parameters('Keep the Date', `keep-${day}`))).error?.message).toMatch(
				/Execution Date/,
			);
			recipe.says('*Take the Next Bank Day* moves the date forward, never back');
			const [batch] = await run('finvis', 'paymentBatch', 'create', parameters('Take the Next Bank Day', `next-${day}`));
			expect(batch[recipe.code('execution_date')]).toBe(next);
		}

		// The last day of the month can land in the next month: 31 March 2035 is a Saturday.
		const [{ execution_date }] = await run('finvis', 'paymentBatch', 'check', {
			account: byId(seed.bankAccount),
			executionDate: recipe.expression('endOf', '2035-03-15'),
			bankDay: 'next',
			reference: 'last-day',
			amount: '10.00',
			creditorName: 'Payee AB',
			creditorAccountType: 'bankgiro',
			creditorAccount: '5050-1055',
		});
		expect(execution_date).toBe('2035-04-02');

		recipe.says('Every day on which TARGET is closed is also closed in Sweden');
		const target = ['01-01', '05-01', '12-25', '12-26'].flatMap((day) => [2026, 2027, 2028, 2029].map((year) => `${year}-${day}`));
		const easter = ['2026-04-03', '2026-04-06', '2027-03-26', '2027-03-29', '2028-04-14', '2028-04-17'];
		expect([...target, ...easter].filter((day) => closingReason(day) === undefined)).toEqual([]);
	},

	'Cash pool': async (recipe) => {
		const [group] = await run('finvis', 'koncern', 'getMany');
		const { Fields: steps } = recipe.columns(0);
		expect(steps.Overview).toContain('with *Corporate Group* and *Currency* `SEK`');
		const yesterday = dayIn(-1);
		recipe.says('Set *As Of* to yesterday');
		const filters = { koncern: byId(group.id), currency: recipe.code('SEK') };
		const report = async (more: IDataObject) => (await run('finvis', 'report', 'getPositions', { filters: { ...filters, ...more } }))[0];
		const { [recipe.code('total')]: total, [recipe.code('positions')]: list } = await report({ asOf: yesterday });
		const positions = list as IDataObject[];
		expect(oere(total)).toBe(sum(positions, 'booked_balance'));

		const companies = await run('finvis', 'company', 'getMany', { returnAll: true });
		const accounts = await run('finvis', 'account', 'getMany', { returnAll: true });
		const named = positions.map((position) => [
			companies.find(({ id }) => id === position[recipe.code('company_id')])?.name,
			accounts.find(({ id }) => id === position[recipe.code('account_id')])?.name,
		]);
		expect(named.flat().filter((name) => typeof name !== 'string')).toEqual([]);

		const limit = 3_000_000;
		const available = recipe.code('available_balance');
		const rich = positions.filter((position) => Number(position[available]) > limit);
		const master = accounts.find(({ id }) => id === positions.find((one) => !rich.includes(one))?.account_id) ?? {};
		expect(rich.length).toBeGreaterThan(1);
		expect(steps['Level out']).toContain('*Creditor Account Type* **IBAN**, *Creditor Account* the `iban` of the master account');
		const transfer = {
			account: byId('={{ $json.account_id }}'),
			executionDate: dayIn(3),
			bankDay: 'next',
			reference: `=${recipe.code('pool-2026-03-06-')}{{ $json.account_id }}`,
			payments: {
				rows: [
					{
						amount: `={{ ($json.${available} - ${limit}).toFixed(2) }}`,
						creditorName: 'Master account',
						creditorAccountType: stored('Creditor Account Type', 'IBAN'),
						creditorAccount: master[recipe.code('iban')],
					},
				],
			},
		};
		const balanceOf = async ({ account_id }: IDataObject) =>
			((await report({})).positions as IDataObject[]).find((one) => one.account_id === account_id)?.[available];
		const before = await Promise.all(rich.map(balanceOf));
		const batches = await run('finvis', 'paymentBatch', 'create', transfer, rich);
		for (const batch of batches) await pay(batch);
		const after = await Promise.all(rich.map(balanceOf));
		expect(after.map((one, index) => oere(before[index]) - oere(one))).toEqual(rich.map((one) => oere(one[available]) - oere(limit)));

		// A second run on the balances of yesterday moves nothing. On the balances of this minute the node refuses.
		expect(((await report({ asOf: yesterday })).positions as IDataObject[]).map((one) => one[available])).toEqual(
			positions.map((one) => one[available]),
		);
		expect((await run('finvis', 'paymentBatch', 'create', transfer, rich)).map(outcomeOf)).toEqual(rich.map(() => 'found'));
		const late = { ...rich[0], [available]: limit + 1 };
		expect((await attempt('finvis', 'paymentBatch', 'create', transfer, [late])).error?.message).toMatch(/was already used/);
		expect(bench.sandbox.admin.ledger().filter(({ reference }) => reference.startsWith('pool-'))).toHaveLength(rich.length);
	},

	'A 13-week forecast': async (recipe) => {
		const available = recipe.code('available_balance');
		const [{ positions }] = await run('finvis', 'report', 'getPositions');
		const start = sum(positions as IDataObject[], available);

		// The bookings of the sandbox are of 2025, so today is a day of that year.
		const today = '2025-12-31';
		const cells = { 'Date From': `\`${recipe.expression('weeks', today).slice(1)}\``, 'Date To': '`2025-12-30`' };
		const usual = recipe.parameters('Finvis', 'report', 'getCashFlow', cells);
		const [flow] = await run('finvis', 'report', 'getCashFlow', usual);
		expect(flow).toMatchObject({ date_from: '2025-10-01', date_to: '2025-12-30' });
		const periods = flow[recipe.code('periods')] as IDataObject[];
		recipe.says('divide by 13');
		expect(periods.length).not.toBe(13);
		const week = (field: string) => sum(periods, field) / 13;
		const booked = (
			await run('finvis', 'transaction', 'getMany', { returnAll: true, filters: { dateFrom: '2025-10-01', dateTo: '2025-12-30' } })
		).filter(({ currency }) => currency === 'SEK');
		const [inflow, outflow] = [recipe.code('inflow'), recipe.code('outflow')].map(week);
		expect(Math.round((inflow - outflow) * 13)).toBe(sum(booked, 'amount'));

		const [, words] = /Leave out (.*?)\.\n/.exec(recipe.text) ?? [];
		const over = [...words.matchAll(/`(\w+)`/g)].map(([, status]) => status);
		const batches = await run('finvis', 'paymentBatch', 'getMany', { returnAll: true });
		const known = batches.filter(({ status }) => !over.includes(String(status)));
		expect(over.length).toBeGreaterThan(3);
		expect(known.length).toBeGreaterThan(0);
		expect(batches.length).toBeGreaterThan(known.length);

		const [client] = [byId(seed.client)];
		const orders = await run('fondo', 'order', 'getMany', { client, returnAll: true });
		const coming = orders.filter(({ orderType, status }) => orderType === 'redemption' && status !== recipe.code('settled'));
		for (const order of coming) expect(order).toHaveProperty('status');

		const weekOf = (day: unknown) => Math.max(0, Math.floor((Date.parse(String(day)) - Date.parse(today)) / (7 * DAY_S * 1000)));
		const balances = Array.from({ length: 13 }).reduce<number[]>((weeks, _, index) => {
			const due = known.filter((batch) => weekOf(batch[recipe.code('execution_date')]) === index);
			return [...weeks, (weeks.at(-1) ?? start) + inflow - outflow - sum(due, recipe.code('total_amount'))];
		}, []);
		const all = sum(
			known.filter((batch) => weekOf(batch.execution_date) < 13),
			'total_amount',
		);
		expect(Math.round(balances[12])).toBe(Math.round(start + 13 * (inflow - outflow) - all));
	},

	'Month end': async (recipe) => {
		const today = '2025-12-02';
		const { 'Nodes and fields': steps } = recipe.columns(0);

		expect(steps['Balances on the last day']).toContain('*Report: Get Positions*, *As Of*');
		const asOf = recipe.parameters('Finvis', 'report', 'getPositions', { 'As Of': `\`${recipe.expression('startOf', today).slice(1)}\`` });
		expect((await run('finvis', 'report', 'getPositions', asOf))[0].as_of).toMatch(/^2025-11-30T/);

		expect(steps['All bookings of the month']).toContain('*Date From*, *Date To*, *Return All*');
		const month = recipe.parameters('Finvis', 'transaction', 'getMany', { 'Date From': '`2025-11-01`', 'Date To': '`2025-11-30`' });
		const bookings = await run('finvis', 'transaction', 'getMany', { ...month, returnAll: true });
		const all = await run('finvis', 'transaction', 'getMany', { returnAll: true });
		expect(idsOf(bookings)).toEqual(idsOf(all.filter(({ booking_date }) => String(booking_date).startsWith('2025-11-'))));
		expect(bookings.length).toBeGreaterThan(0);

		const [, sure] = /`confidence` is ([\d.]+) or more/.exec(steps['Confirm the sure matches']) ?? [];
		const matches = async (status: string) => await run('finvis', 'reconciliation', 'getMany', { returnAll: true, filters: { status } });
		const suggested = await matches(recipe.code('suggested'));
		const confirmed = idsOf(await matches('confirmed'));
		const isSure = (match: IDataObject) => Number(match[recipe.code('confidence')]) >= Number(sure);
		await run('finvis', 'reconciliation', 'confirm', { match: byId('={{ $json.id }}') }, suggested.filter(isSure));
		expect(suggested.filter(isSure).length).toBeGreaterThan(0);
		expect(idsOf(await matches('confirmed'))).toEqual([...confirmed, ...idsOf(suggested.filter(isSure))].sort());
		expect(idsOf(await matches('suggested'))).toEqual(idsOf(suggested.filter((match) => !isSure(match))));

		const client = byId(seed.client);
		const accounts = await run('fondo', 'account', 'getMany', { client, returnAll: true, simplify: false });
		const positions = accounts.flatMap((account) => account[recipe.code('positions')] as IDataObject[]);
		const [{ instrument, value, units }] = positions.filter((position) => Number(position.units) > 0);
		const [fund] = await run('fondo', 'instrument', 'get', { instrument: byId(instrument), simplify: false });
		expect(Math.round(Number(units) * Number(fund.closePrice))).toBe(Math.round(Number(value)));

		const trades = await run('fondo', 'fundTransaction', 'getMany', { client, returnAll: true });
		const done = trades.filter((trade) => trade[recipe.code('aborted')] === false);
		const monthOf = (trade: IDataObject) => String(trade[recipe.code('tradeDate')]).slice(0, 7);
		expect(new Set(done.map(monthOf)).size).toBeGreaterThan(1);
		for (const trade of done)
			expect([monthOf(trade), trade]).toEqual([
				expect.stringMatching(/^\d{4}-\d\d$/),
				expect.objectContaining({ [recipe.code('settlementDate')]: expect.any(String) }),
			]);

		const payment = { amount: '10.00', creditorName: 'Payee AB', creditorAccountType: 'bankgiro', creditorAccount: '5050-1055' };
		const batch = {
			account: byId(seed.bankAccount),
			executionDate: dayIn(7),
			bankDay: 'next',
			reference: 'month-end-1',
			payments: { rows: [payment] },
		};
		const [{ receipt }] = await run('finvis', 'paymentBatch', 'create', batch);
		for (const field of ['reference', 'outcome', 'time', 'fingerprint']) expect(receipt).toHaveProperty(recipe.code(field));
	},
};

interface Labelled {
	readonly name?: string;
	readonly displayName?: string;
	readonly options?: readonly Labelled[];
	readonly values?: readonly Labelled[];
}

/** The stored value of an option of any field of the Finvis node, by the labels of both. */
function stored(label: string, option: string) {
	const within = (fields: readonly Labelled[]): Labelled[] =>
		fields.flatMap((field) => [field, ...within(field.options ?? []), ...within(field.values ?? [])]);
	const found = within(new Finvis().description.properties as Labelled[]).find(
		({ displayName, options = [] }) => displayName === label && options.length > 0,
	);
	return optionOf(found as INodeProperties, found?.options?.map(({ name = '' }) => name).find((name) => name.startsWith(option)) ?? option);
}

const page = recipes();

test('every recipe of the page is run by a test, and every test is of a recipe', () => {
	expect(Object.keys(RECIPES)).toEqual([...page.keys()]);
});

test.each(Object.entries(RECIPES))('%s', async (title, check) => {
	const recipe = page.get(title);
	if (recipe === undefined) throw new Error(`The cookbook has no recipe '${title}'`);
	expect(recipe.unknownOperations).toEqual([]);
	await check(recipe);
	expect(recipe.notRun).toEqual([]);
});
