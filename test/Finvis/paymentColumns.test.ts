/** *Fill Fields: By Columns* of *Create From Items*: a table of columns, mapped by Swedish and English names. Over real HTTP against the sandbox. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Finvis } from '../../nodes/Finvis/Finvis.node';
import { bankDayFrom } from '../../nodes/shared/swedish/bankDay';
import { byId, seeded, type Seeded } from '../support/samples';
import { useBench } from '../support/sandbox';

const bench = useBench();
let seed: Seeded;
let references = 0;
beforeAll(async () => {
	seed = await seeded(bench);
});

const dayIn = (days: number) => bankDayFrom(new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
const AUTOMATIC = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };
const byHand = (value: IDataObject) => ({ mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] });

const parametersOf = (more: IDataObject) =>
	({
		account: byId(seed.bankAccount),
		executionDate: dayIn(20),
		reference: `COLUMNS-${(references += 1)}`,
		fillFields: 'columns',
		columns: AUTOMATIC,
		options: { amountFormat: 'swedish' },
		...more,
	}) as unknown as INodeParameters;

/** The payments as the request has them: a rehearsal shows what it would send. */
async function run(rows: readonly IDataObject[], more: IDataObject = {}) {
	const parameters = parametersOf(more);
	const { json, error } = await bench
		.finvis({ rehearsal: true })
		.run({ resource: 'paymentBatch', operation: 'createFromItems', parameters }, [...rows]);
	const bodies = json.map(({ receipt }) => ((receipt as IDataObject).wouldSend as IDataObject).body as IDataObject);
	return { error, bodies, payments: bodies.flatMap(({ payments }) => payments as IDataObject[]) };
}

const sent = (amount: string, type: string, value: string, reference?: string) =>
	expect.objectContaining({ amount, creditor_account: { type, value }, ...(reference === undefined ? {} : { reference }) }) as unknown;

test('a Swedish sheet is mapped by its own names, whatever their case, spaces and signs', async () => {
	const { error, payments } = await run([
		{ '\uFEFFMottagare': 'Elbolaget AB', Belopp: '1 250,50', Bankgiro: '5050-1055', Plusgiro: '', 'OCR-nummer': '1212121212', Moms: '250' },
		{ ' mottagare ': 'Städ AB', BELOPP: '99,00', PLUSGIRO: '90 01 31-4', Meddelande: 'Faktura 17' },
		{ Leverantör: 'Nordic AB', Summa: 100, IBAN: 'SE3550000000054910000003' },
	]);
	expect(error).toBeUndefined();
	expect(payments).toEqual([
		sent('1250.50', 'bankgiro', '5050-1055', '1212121212'),
		sent('99.00', 'plusgiro', '90 01 31-4', 'Faktura 17'),
		sent('100', 'iban', 'SE3550000000054910000003'),
	]);
});

test('an English sheet too, with the type of the account in a column', async () => {
	const row = {
		'Creditor Name': 'Nordic AB',
		Amount: '10,00',
		'Account Type': 'BG',
		'Creditor Account': '5050-1055',
		Message: 'Invoice 1',
	};
	expect((await run([row])).payments).toEqual([sent('10.00', 'bankgiro', '5050-1055', 'Invoice 1')]);
});

test('by hand, each column is an expression on the item', async () => {
	const columns = byHand({
		amount: '={{ $json.a }}',
		creditorName: '={{ $json.b }}',
		bankgiro: '={{ $json.c }}',
		message: '=No {{ $json.d }}',
	});
	const { payments, error } = await run(
		[
			{ a: '1,00', b: 'A', c: '5050-1055', d: 7 },
			{ a: '2,00', b: 'B', c: '5050-1055', d: 8 },
		],
		{ columns },
	);
	expect(error).toBeUndefined();
	expect(payments).toEqual([sent('1.00', 'bankgiro', '5050-1055', 'No 7'), sent('2.00', 'bankgiro', '5050-1055', 'No 8')]);
});

test('the due date and the currency of a row make its batch, and Execution Date fills the gaps', async () => {
	const row = { Mottagare: 'Elbolaget AB', Belopp: '1,00', Bankgiro: '5050-1055' };
	const { bodies, error } = await run([{ ...row, Förfallodatum: dayIn(40) }, row, { ...row, 'Due Date': dayIn(40), Belopp: '2,00' }], {
		additionalFields: { onePerDueDate: true },
	});
	expect(error).toBeUndefined();
	expect(bodies.map(({ execution_date: day, payments }) => [day, (payments as unknown[]).length])).toEqual([
		[dayIn(20), 1],
		[dayIn(40), 2],
	]);
});

const whole = { Mottagare: 'A', Belopp: '1,00', Bankgiro: '5050-1055' };

test.each<[string, readonly IDataObject[], readonly string[]]>([
	[
		'a column has another name',
		[
			{ ...whole, Belopp: undefined, Belop: '1,00' },
			{ ...whole, Belopp: undefined, Belop: '2,00' },
		],
		['Amount'],
	],
	['no column has an account', [{ Mottagare: 'A', Belopp: '1,00', Konto: '5050-1055' }], ['Creditor Account']],
	['the sheet has no line of names', [{ 'Elbolaget AB': 'Städ AB', '1 250,50': '99,00' }], ['Amount', 'Creditor Name', 'Creditor Account']],
])('%s: the sheet is refused once, and no row is named', async (_, rows, fields) => {
	const { error } = await run(JSON.parse(JSON.stringify(rows)) as IDataObject[]);
	expect(error?.message).toBe(fields.map((field) => `No column of the sheet fills '${field}'`).join('; '));
	expect(error?.description).toContain(`Name a column '${fields[0]}' or '`);
	expect(error?.description).toMatch(/The sheet has '[^']+'/);
	expect(error?.description).toContain("or choose 'Map Each Column Manually'");
});

test.each<[string, string, IDataObject]>([
	['semicolons', ';', { 'Mottagare;Belopp;Bankgiro': 'A;1,00;5050-1055' }],
	['commas', ',', { 'Mottagare,Belopp,Bankgiro': 'A,1.00,5050-1055' }],
	['bars', '|', { 'Namn, adress|Belopp|Mottagare': 'A|1,00|B' }],
	['tabs', "the expression {{ '\\t' }}", { 'Belopp, SEK\tMottagare\tBankgiro': '1,00\tA\t5050-1055' }],
	['semicolons, read with commas', ';', { Belopp: '1250', ' SEK;Mottagare;Bankgiro': '50;A;5050-1055' }],
	['semicolons, and a field of another node', ';', { 'Mottagare;Belopp;Bankgiro': 'A;1,00;5050-1055', submittedAt: '2027-01-01' }],
])('the delimiter is wrong: the message says which is right (%s)', async (_, word, row) => {
	const { error } = await run([row]);
	expect(error?.message).toBe('The columns are not separated');
	expect(error?.description).toContain(`In 'Extract from File' set 'Delimiter' to ${word} and run this again.`);
});

test('a title with a comma is no columns, and a sheet that has all columns is read', async () => {
	const title = await run([{ 'Utbetalningar mars, uppdaterad av Anna': 'A' }]);
	expect(title.error?.message).toContain("No column of the sheet fills 'Amount'");
	const more = await run([{ ...whole, 'Belopp;Mottagare': 'x' }]);
	expect(more.error).toBeUndefined();
});

test('an empty row is named once, and a column that only the sheet could fill is asked for', async () => {
	const empty = { Mottagare: '', Belopp: '  ', Bankgiro: null, Moms: '250' };
	const { error } = await run([whole, empty, whole]);
	expect(error?.message).toContain('Row 2: the row is empty');
	expect(error?.message).not.toContain("'Amount' is empty");
	const perDay = { additionalFields: { onePerDueDate: true }, executionDate: '={{ $json.Datum }}' };
	const late = await run([{ ...whole, 'F\u00F6rfaller': '2027-03-05' }, whole], perDay);
	expect(late.error?.message).toBe("No column of the sheet fills 'Due Date'");
	expect(late.error?.description).toContain(
		"The sheet has 'Mottagare', 'Belopp', 'Bankgiro', 'F\u00F6rfaller'. Name a column 'Due Date' or 'Förfallodatum'",
	);
});

test('an expression of the panel that fails does not matter where the sheet says the day', async () => {
	const settings = { additionalFields: { onePerDueDate: true }, executionDate: "={{ $('Nope').item.json.day }}" };
	const { error, payments } = await run([{ ...whole, Förfallodatum: dayIn(30) }], settings);
	expect(error).toBeUndefined();
	expect(payments).toHaveLength(1);
});

test('a row of nothing, and columns mapped by hand that give nothing, are named by their rows', async () => {
	const { error } = await run([whole, null as unknown as IDataObject]);
	expect(error?.message).toMatch(/^Row 2: /);
	const unmapped = await run([whole, whole], { columns: byHand({ amount: '={{ $json.Belop }}' }) });
	expect(unmapped.error?.message).toContain("Row 1: 'Amount' is empty");
});

test('a column whose name has the digits of an account or a person is not quoted', async () => {
	const { error } = await run([{ SE35_5000_0000_0549_1000_0003: 'x', '19121212－1212': 'y', Belopp: '1,00', Mottagare: 'A' }]);
	expect(error?.description).toContain("The sheet has '[number hidden]', '[number hidden]', 'Belopp', 'Mottagare'");
});

test('a column that only some rows have is empty in the others', async () => {
	const { error } = await run([whole, { Mottagare: 'B', Bankgiro: '5050-1055' }]);
	expect(error?.message).toBe("Row 2: 'Amount' is empty");
});

test('names that have Ã of their own are read', async () => {
	const { error, payments } = await run([
		{ ...whole, Mottagare: 'SÃO JOÃO LDA' },
		{ ...whole, Mottagare: 'Manhã & Irmã', Belopp: '2,00' },
		{ ...whole, Mottagare: 'IRMÃ\u00A0LDA', Belopp: '3,00' },
	]);
	expect(error).toBeUndefined();
	expect(payments).toHaveLength(3);
});

test.each<[string, IDataObject, string]>([
	[
		'two columns of one meaning',
		{ Mottagare: 'A', Belopp: '1,00', Summa: '2,00', Bankgiro: '5050-1055' },
		"Row 1: the columns 'Belopp' and 'Summa' both mean 'Amount'",
	],
	[
		'two accounts',
		{ Mottagare: 'A', Belopp: '1,00', Bankgiro: '5050-1055', Plusgiro: '900131-4' },
		"Row 1: has both 'Bankgiro' and 'Plusgiro'",
	],
	[
		'two texts',
		{ Mottagare: 'A', Belopp: '1,00', Bankgiro: '5050-1055', OCR: '1212121212', Meddelande: 'x' },
		"Row 1: has both 'OCR' and 'OCR or Message'",
	],
	['no amount', { Mottagare: 'A', Belopp: '', Bankgiro: '5050-1055' }, "Row 1: 'Amount' is empty"],
	[
		'no account',
		{ Mottagare: 'A', Belopp: '1,00', Bankgiro: '' },
		"Row 1: 'Creditor Account Type' is empty; Row 1: 'Creditor Account' is empty",
	],
	[
		'a due date of its own, in one batch',
		{ Mottagare: 'A', Belopp: '1,00', Bankgiro: '5050-1055', Förfallodatum: dayIn(40) },
		`Row 1: 'Due Date' is ${dayIn(40)}, and the batch has ${dayIn(20)}`,
	],
	[
		'another currency than the batch',
		{ Mottagare: 'A', Belopp: '1,00', IBAN: 'SE3550000000054910000003', Valuta: 'eur' },
		"Row 1: 'Currency' is EUR, and the batch has SEK",
	],
	[
		'a column name in the wrong encoding',
		{ Mottagare: 'A', Belopp: '1,00', Bankgiro: '5050-1055', 'F\uFFFDrfallodatum': dayIn(40) },
		"The column 'F\uFFFDrfallodatum' has '\uFFFD', because the file was read in the wrong encoding",
	],
	[
		'a needed column in the wrong encoding',
		{ 'Leverant\u00C3\u00B6r': 'A', Belopp: '1,00', Bankgiro: '5050-1055' },
		"The column 'Leverant\u00C3\u00B6r' has '\u00C3\u00B6', because the file was read in the wrong encoding",
	],
	[
		'a payee whose name was read as Latin1',
		{ Mottagare: '\u00C3\u2026keriet', Belopp: '1,00', Bankgiro: '5050-1055' },
		"Row 1: 'Creditor Name': has '\u00C3\u2026', because the file was read in the wrong encoding",
	],
	[
		'a wrong check digit',
		{ Mottagare: 'A', Belopp: '1,00', Bankgiro: '5050-1056' },
		"Row 1: 'Creditor Account' [account …1056]: the check digit of the bankgiro number does not fit",
	],
])('a row with %s is refused by its number', async (_, row, message) => {
	expect((await run([row])).error?.message).toBe(message);
});

test('a due date and a currency that are those of the batch say nothing new', async () => {
	const row = { Mottagare: 'A', Belopp: '1,00', Bankgiro: '5050-1055', Förfallodatum: dayIn(20), Valuta: 'sek' };
	const { error, bodies } = await run([row]);
	expect(error).toBeUndefined();
	expect(bodies).toMatchObject([{ execution_date: dayIn(20), currency: 'SEK' }]);
});

test('a node saved without the table reads its fields as before', async () => {
	const { payments, error } = await run([{ a: '5,00' }], {
		fillFields: undefined,
		columns: undefined,
		amount: '={{ $json.a }}',
		creditorName: 'A',
		creditorAccountType: 'bankgiro',
		creditorAccount: '5050-1055',
	});
	expect(error).toBeUndefined();
	expect(payments).toEqual([sent('5.00', 'bankgiro', '5050-1055')]);
});

test('the editor gets the columns of the table', async () => {
	const { fields } = await new Finvis().methods.resourceMapping.getPaymentColumns();
	expect(fields.filter(({ required }) => required).map(({ id }) => id)).toEqual(['amount', 'creditorName']);
	expect(fields.map(({ displayName }) => displayName)).toEqual(expect.arrayContaining(['Bankgiro', 'Plusgiro', 'OCR', 'Due Date']));
	const { properties } = new Finvis().description;
	const methods = properties.flatMap(({ typeOptions }) => typeOptions?.resourceMapper?.resourceMapperMethod ?? []);
	expect([...new Set(methods)]).toEqual(['getPaymentColumns']);
});
