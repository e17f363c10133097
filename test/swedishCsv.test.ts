/** The recipe of docs/swedish-csv.md, with the sheet and the fields of the page, against the sandbox. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bankDayFrom } from '../nodes/shared/swedish/bankDay';
import { byId, seeded } from './support/samples';
import { useBench } from './support/sandbox';

const bench = useBench();
const page = readFileSync(join(__dirname, '..', 'docs', 'swedish-csv.md'), 'utf8');

const dayIn = (days: number) => bankDayFrom(new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
/** The days of the page as days that are still to come. */
const DAYS = { '2027-03-05': dayIn(20), '2027-03-12': dayIn(40) };
const inTime = (text: string) => Object.entries(DAYS).reduce((so, [day, later]) => so.replaceAll(day, later), text);

const [, sheet] = /```text\n([^`]*)\n```/.exec(inTime(page)) ?? [];
const [head, ...lines] = sheet.split('\n').map((line) => line.split(';'));
const rows = lines.map((cells): IDataObject => Object.fromEntries(head.map((name, column) => [name, cells[column]])));

const run = async (operation: 'check' | 'createFromItems', items: IDataObject[], more: IDataObject = {}) => {
	const parameters = {
		account: byId((await seeded(bench)).bankAccount),
		executionDate: '={{ $json["Förfallodatum"] }}',
		bankDay: 'next',
		reference: 'suppliers-2027-w09',
		fillFields: 'columns',
		columns: { mappingMode: 'autoMapInputData', value: null },
		additionalFields: { onePerDueDate: true, ...more },
		options: { amountFormat: 'swedish' },
	} as unknown as INodeParameters;
	return await bench.finvis().run({ resource: 'paymentBatch', operation, parameters }, items);
};

test('Check finds the row that comes twice', async () => {
	const { json, error } = await run('check', rows, { expectedTotal: '13 826,00' });
	expect(error).toBeUndefined();
	expect(json[0]).toMatchObject({ go: false });
	expect(json.map(({ rule }) => rule)).toContain('has the same payee, account, amount and message as row 2');
});

test('without it Check says go, and Create From Items makes one batch per due date, once', async () => {
	const items = rows.slice(0, 3);
	const controls = { expectedTotal: '13 826,00' };
	expect((await run('check', items, controls)).json).toMatchObject([{ go: true, total_amount: '13826.00' }]);
	const made = async () => (await run('createFromItems', items, controls)).json;
	const receipts = (batches: IDataObject[]) => batches.map(({ receipt }) => receipt as IDataObject);
	const batches = await made();
	const table = batches.map(({ receipt, total_amount, payment_count }) => [
		(receipt as IDataObject).reference,
		total_amount,
		payment_count,
	]);
	const [first, second] = Object.values(DAYS);
	expect(table).toEqual([
		[`suppliers-2027-w09+${first}`, '12575.50', 2],
		[`suppliers-2027-w09+${second}`, '1250.50', 1],
	]);
	for (const [reference, total] of table) expect(inTime(page)).toContain(`| \`${reference}\` | ${total} |`);
	expect(receipts(batches).map(({ outcome }) => outcome)).toEqual(['created', 'created']);
	expect(receipts(await made()).map(({ outcome }) => outcome)).toEqual(['found', 'found']);
});

test('the messages that the page shows are those of the node', async () => {
	const messageOf = async (row: IDataObject, more: IDataObject = {}) =>
		(await run('createFromItems', [JSON.parse(JSON.stringify(row)) as IDataObject], more)).error?.message ?? '';
	const [row] = rows;
	expect(await messageOf({ ...row, Mottagare: 'Caf\uFFFD' })).toContain(
		"'Creditor Name': has '\uFFFD', because the file was read in the wrong encoding",
	);
	expect(await messageOf({ ...row, Mottagare: 'S\u00C3\u00B6dra' })).toContain(
		"has '\u00C3\u00B6', because the file was read in the wrong encoding",
	);
	expect(await messageOf({ ...row, Belopp: undefined })).toContain("No column of the sheet fills 'Amount'");
	expect(await messageOf({ ...row, Förfallodatum: undefined })).toContain("No column of the sheet fills 'Due Date'");
	expect(await messageOf(row, { expectedTotal: '13826.00' })).toContain("'Expected Total': '13826.00' is not an amount as Swedes write it");
	expect(await messageOf({ ...row, Förfallodatum: '15/12/2027' })).toContain("'15/12/2027' is not written year-month-day");
});
