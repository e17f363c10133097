/**
 * The mistakes that people make in the panel, and what they read then: what happened, where, by the panel's word and the row or item, and
 * what to do. Each goes through the node, over real HTTP against the sandbox.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bankDayFrom } from '../nodes/shared/swedish/bankDay';
import { TENANT_TWO } from '../sandbox';
import type { Run } from './support/n8n';
import { byId, seeded, subscription, type Seeded } from './support/samples';
import { useBench } from './support/sandbox';
import { giveTimeBack, takeTimeOf } from './support/time';

const bench = useBench({ settings: { finvis: { rateLimit: null } } });
let seed: Seeded;
let references = 0;
beforeAll(async () => {
	seed = await seeded(bench);
});
afterEach(() => {
	giveTimeBack();
	bench.sandbox.admin.faults.clear();
	bench.sandbox.admin.settings.patch({ finvis: { fourEyes: false } });
});

const UNKNOWN = '11111111-2222-4333-8444-555555555555';
const dayIn = (days: number) => bankDayFrom(new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
const parametersOf = (parameters: object) => parameters as INodeParameters;
const ownReference = () => `MISTAKE-${(references += 1)}`;

/** What the editor shows of a failed run. It adds the item where several came in. */
function shown({ error, json }: Run, items = 1): string {
	if (error === undefined) throw new Error(`It was done: ${JSON.stringify(json)}`);
	const item = items > 1 ? ` [item ${String(error.context.itemIndex)}]` : '';
	return `${error.message}${item}\n${error.description ?? ''}`;
}

async function finvis(resource: string, operation: string, parameters: object = {}, credential: IDataObject = {}): Promise<string> {
	return shown(await bench.finvis(credential).run({ resource, operation, parameters: parametersOf(parameters) }));
}

async function fondo(
	resource: string,
	operation: string,
	parameters: object = {},
	{ credential = {}, items = [{}] }: { credential?: IDataObject; items?: IDataObject[] } = {},
): Promise<string> {
	return shown(await bench.fondo(credential).run({ resource, operation, parameters: parametersOf(parameters) }, items), items.length);
}

const order = async (changed: object) =>
	await fondo('order', 'create', { ...subscription(seed).parameters, reference: ownReference(), ...changed });

const invoice = { Mottagare: 'Nordic AB', Belopp: '7.00', Bankgiro: '5050-1055', Meddelande: 'Faktura 2' };
const first = { ...invoice, Mottagare: 'Elbolaget AB', Belopp: '100.50', Meddelande: 'Faktura 1' };

/** A sheet of two rows; the second is as given. The whole sheet is one batch, so the row is in the message. */
async function sheet(row: object, changed: object = {}, other: object = first): Promise<string> {
	const parameters = parametersOf({
		account: byId(seed.bankAccount),
		executionDate: dayIn(20),
		reference: ownReference(),
		fillFields: 'columns',
		columns: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] },
		...changed,
	});
	return shown(
		await bench.finvis().run({ resource: 'paymentBatch', operation: 'createFromItems', parameters }, [{ ...other }, { ...row }]),
	);
}

const batchOf = (changed: object = {}) => ({
	account: byId(seed.bankAccount),
	executionDate: dayIn(20),
	reference: ownReference(),
	payments: { rows: [{ amount: '1.00', creditorName: 'A AB', creditorAccountType: 'bankgiro', creditorAccount: '5050-1055' }] },
	...changed,
});

/** A payment batch that waits for an approval. */
async function pendingApproval(): Promise<unknown> {
	const run = async (resource: string, operation: string, parameters: object) =>
		(await bench.finvis().run({ resource, operation, parameters: parametersOf(parameters) })).json;
	const [{ id }] = await run('paymentBatch', 'create', batchOf());
	await run('paymentBatch', 'submit', { paymentBatch: byId(id) });
	const pending = await run('approval', 'getManyPending', { returnAll: true });
	return pending.find(({ object_id: batch }) => batch === id)?.id;
}

const approve = async (controls: object) =>
	await finvis('approval', 'approve', { approval: byId(await pendingApproval()), additionalFields: controls });

async function ownApproval(): Promise<string> {
	bench.sandbox.admin.settings.patch({ finvis: { fourEyes: true } });
	return await finvis('approval', 'approve', { approval: byId(await pendingApproval()) });
}

/** Another tenant than the others have: its rate limit is used up until a time that is in the future when the time is given back. */
async function tooManyCalls(): Promise<string> {
	takeTimeOf(bench.sandbox.admin);
	bench.sandbox.admin.faults.add({ kind: 'rate_limit', retryAfter: 30, match: { path: '/accounts' } });
	return await finvis('account', 'getMany', {}, { ...PARTNER, tenantId: TENANT_TWO });
}

async function publish(credential: IDataObject, parameters: object): Promise<string> {
	const settings = { parameters: parametersOf(parameters) };
	return await bench
		.finvis(credential, 'finvisTrigger')
		.hook(settings, 'checkExists')
		.then(
			() => 'It was published',
			(error: NonNullable<Run['error']>) => `${error.message}\n${error.description ?? ''}`,
		);
}

const PARTNER = { clientId: 'finvis-partner', clientSecret: 'finvis-partner-secret', tenantMode: 'partner' };
const BY_HAND = { events: ['payment.status.updated'], registration: 'manual' };

const FILL_IN = /Fill it in\. When it is an expression, look at what it gives for this item\./;
const FILL_IN_ROW = /Fill it in, or take the row out\./;
const COMPARE = /Compare it with its source and correct it/;
const CHOOSE_A_NUMBER = /Give a number such as 50, or switch on 'Return All'\./;
const ONE_LINE = /Change it to one line of at most 100 characters that belongs to this payment or batch alone/;

type Mistake = [kind: string, make: () => Promise<string>, what: RegExp, where: RegExp, advice: RegExp];

const amounts: Mistake[] = [
	['an empty amount', () => sheet({ ...invoice, Belopp: '' }), /is empty/, /Row 2: 'Amount'/, FILL_IN_ROW],
	[
		'an amount in words',
		() => sheet({ ...invoice, Belopp: 'hundra kronor' }),
		/'hundra kronor' is not a decimal amount/,
		/Row 2: 'Amount'/,
		/Write digits and a point only, without words or a currency, e\.g\. 12500\.00\./,
	],
	[
		'an amount with its currency',
		() => sheet({ ...invoice, Belopp: '100 kr' }),
		/'100 kr' is not a decimal amount/,
		/Row 2: 'Amount'/,
		/without words or a currency/,
	],
	[
		'a negative amount',
		() => sheet({ ...invoice, Belopp: '-12.50' }),
		/'-12\.50' is negative/,
		/Row 2: 'Amount'/,
		/take it out, or set it off against an invoice of the same payee\./,
	],
	['an order without an amount', () => order({ amount: '' }), /is empty/, /^'Amount'/, FILL_IN],
	['a redemption without units', () => order({ orderType: 'redemption' }), /the number is zero/, /^'Units'/, /Give a number above zero\./],
	[
		'an amount with a decimal comma',
		() => sheet({ ...invoice, Belopp: '12,50' }),
		/is written with a comma/,
		/Row 2: 'Amount'/,
		/choose Swedish for 'Amount Format' in the options\. If only this one is, write 12\.50\./,
	],
	[
		'an amount with three decimals',
		() => sheet({ ...invoice, Belopp: 12.345 }),
		/has more than two decimals/,
		/Row 2: 'Amount'/,
		/Round the value itself, not only its display, e\.g\. to 12\.35\./,
	],
	[
		'an amount that can be two amounts',
		() => sheet({ ...invoice, Belopp: '1.234' }),
		/can mean 1234\.00 or 1\.23/,
		/Row 2: 'Amount'/,
		/Write 1234\.00, or 1\.23\./,
	],
	[
		'an order with amount and units',
		() => order({ additionalFields: { rawBody: '{"units": 3}' } }),
		/has both 'Amount' and 'Units'/,
		/'Raw JSON Body'/,
		/Nothing was sent\. In 'Raw JSON Body', remove "units" from a subscription/,
	],
];

const perDueDate = { additionalFields: { onePerDueDate: true } };

const days: Mistake[] = [
	[
		'a past day',
		() => sheet(invoice, { executionDate: '2020-01-02' }),
		/2020-01-02 is in the past/,
		/'Execution Date'/,
		/^(?![\s\S]*choose Warn)[\s\S]*Choose today or a later bank day\./,
	],
	[
		'a Saturday',
		() => sheet(invoice, { executionDate: '2031-01-04' }),
		/2031-01-04 is a Saturday, and Swedish banks are closed/,
		/'Execution Date'/,
		/Change it to 2031-01-07, or set 'If Not a Bank Day' to 'Take the Next Bank Day'\./,
	],
	[
		'a date that can be two days',
		() => sheet({ ...invoice, Förfallodatum: '03/04/2026' }, perDueDate),
		/'03\/04\/2026' can be 2026-04-03 or 2026-03-04/,
		/Row 2: 'Due Date'/,
		/Write 2026-04-03 or 2026-03-04\./,
	],
	[
		'a date in another order',
		() => sheet({ ...invoice, Förfallodatum: '15/12/2027' }, perDueDate),
		/'15\/12\/2027' is not written year-month-day/,
		/Row 2: 'Due Date'/,
		/Write 2027-12-15\./,
	],
	[
		'the number of a day',
		() => sheet({ ...invoice, Förfallodatum: 46_120 }, perDueDate),
		/'46120' is how a spreadsheet stores 2026-04-08/,
		/Row 2: 'Due Date'/,
		/Format this cell as text, and type 2026-04-08 in it\./,
	],
	[
		'a period that ends before it begins',
		async () => {
			const settings = {
				resource: 'transaction',
				operation: 'getMany',
				parameters: { filters: { dateFrom: '2026-03-31', dateTo: '2026-03-01' } },
			};
			return (await bench.finvis().run(settings)).hints.map(({ message }) => message).join('\n');
		},
		/^'Date To', 2026-03-01, is before 'Date From', 2026-03-31\. Exchange the two, or correct one\.$/,
		/'Date To'/,
		/Exchange the two, or correct one\./,
	],
];

const payees: Mistake[] = [
	[
		'an account number with a wrong check digit',
		() => sheet({ ...invoice, Bankgiro: '', Bankkonto: '6000-123456788' }),
		/the check digit of the account number does not fit/,
		/Row 2: 'Creditor Account'/,
		COMPARE,
	],
	[
		'a wrong IBAN',
		() => sheet({ ...invoice, Bankgiro: '', IBAN: 'SE3550000000054910000004' }),
		/the check digits of the IBAN do not fit/,
		/Row 2: 'Creditor Account'/,
		COMPARE,
	],
	[
		'a wrong bankgiro number',
		() => sheet({ ...invoice, Bankgiro: '5050-1056' }),
		/the check digit of the bankgiro number does not fit/,
		/Row 2: 'Creditor Account'/,
		COMPARE,
	],
	['a payee without a name', () => sheet({ ...invoice, Mottagare: '' }), /is empty/, /Row 2: 'Creditor Name'/, FILL_IN_ROW],
	[
		'a wrong OCR number',
		() => sheet({ ...invoice, Meddelande: '', OCR: '1212121213' }),
		/check digit of the OCR number does not fit/,
		/Row 2: 'OCR/,
		/set 'OCR Control' to 'None: It Is a Message'/,
	],
	[
		'an IBAN as bankgiro',
		() => sheet({ ...invoice, Bankgiro: 'SE3550000000054910000003' }),
		/is an IBAN, but the type is Bankgiro/,
		/Row 2: 'Creditor Account'/,
		/Move it to a column 'IBAN' of the sheet\. Without a sheet, choose IBAN for 'Creditor Account Type'/,
	],
	[
		'a name with lost letters',
		() => sheet({ ...invoice, Mottagare: 'Malm\uFFFD AB' }),
		/has '\uFFFD', because the file was read in the wrong encoding/,
		/Row 2: 'Creditor Name'/,
		/In 'Extract from File' set 'Encoding' to Latin1, as Excel writes/,
	],
	[
		'a name read in the wrong encoding',
		() => sheet({ ...invoice, Mottagare: 'Malm\u00C3\u00B6 AB' }),
		/has '\u00C3\u00B6', because the file was read in the wrong encoding/,
		/Row 2: 'Creditor Name'/,
		/In 'Extract from File' set 'Encoding' to UTF-8/,
	],
];

const sheets: Mistake[] = [
	[
		'two columns of one meaning',
		() => sheet({ ...invoice, Summa: '8.00' }),
		/the columns 'Belopp' and 'Summa' both mean 'Amount'/,
		/Row 2:/,
		/Remove one of them, or map the columns by hand/,
	],
	[
		'two accounts for one payee',
		() => sheet({ ...invoice, Plusgiro: '900131-4' }),
		/has both 'Bankgiro' and 'Plusgiro'/,
		/Row 2:/,
		/Empty one of the two cells\./,
	],
	[
		'a row twice',
		() => sheet(first),
		/has the same payee, account, amount and message/,
		/Row 2 .* row 1/,
		/Take one of the two out\. If both are right, choose Warn or Allow for 'Duplicate Rows'/,
	],
	[
		'another total than expected',
		() => sheet(invoice, { additionalFields: { expectedTotal: '107.00' } }),
		/The payments come to 107\.50, not to 107\.00/,
		/'Expected Total'/,
		/Compare the payments with their source, and correct what is wrong/,
	],
	[
		'another count than expected',
		() => sheet(invoice, { additionalFields: { expectedCount: 3 } }),
		/There are 2 payments, not 3/,
		/'Expected Count'/,
		/Compare the payments with their source, and correct what is wrong/,
	],
	[
		'a column that the node does not know',
		() =>
			sheet(
				{ Mottagare: 'Nordic AB', Blopp: '7.00', Bankgiro: '5050-1055' },
				{},
				{ Mottagare: 'Elbolaget AB', Blopp: '1.00', Bankgiro: '5050-1055' },
			),
		/No column of the sheet fills/,
		/'Amount'/,
		/Name a column 'Amount' or 'Belopp', or choose 'Map Each Column Manually'/,
	],
	[
		'the wrong delimiter',
		() => sheet({ 'Mottagare;Belopp;Bankgiro': 'A;1,00;5050-1055' }, {}, { 'Mottagare;Belopp;Bankgiro': 'B;2,00;5050-1055' }),
		/The columns are not separated/,
		/'Mottagare;Belopp;Bankgiro' are several columns/,
		/In 'Extract from File' set 'Delimiter' to ;/,
	],
	[
		'another currency than the batch',
		() => sheet({ ...invoice, Valuta: 'EUR' }),
		/is EUR, and the batch has SEK/,
		/Row 2: 'Currency'/,
		/Correct the cell\. If it is right, turn on 'One Batch per Due Date'/,
	],
];

const identifiers: Mistake[] = [
	['an empty reference', () => sheet(invoice, { reference: '={{ $json.number }}' }), /is empty/, /^'Reference'/, FILL_IN],
	[
		'a reference to which its expression adds nothing',
		() => sheet(invoice, { reference: '=INV-{{ $json.number }}' }),
		/its expression gives nothing for this item; only 'INV-' is left/,
		/^'Reference'/,
		/missing or empty: correct its name, or fill it in\./,
	],
	[
		'a reference that is too long',
		() => sheet(invoice, { reference: 'R'.repeat(101) }),
		/has 101 characters, more than 100/,
		/^'Reference'/,
		ONE_LINE,
	],
	['a reference of two lines', () => sheet(invoice, { reference: 'INV\n1' }), /has a line break/, /^'Reference'/, ONE_LINE],
	[
		'an ID that its expression does not give',
		() => fondo('client', 'get', { client: byId('={{ $json.clientId }}') }, { items: [{ clientId: seed.client }, { id: seed.client }] }),
		/is empty/,
		/^'Client'.*\[item 1\]/,
		FILL_IN,
	],
	[
		"an ID that is the word 'undefined'",
		() =>
			fondo(
				'client',
				'get',
				{ client: byId('={{ String($json.clientId) }}') },
				{ items: [{ clientId: seed.client }, { id: seed.client }] },
			),
		/has 'undefined' in it, which an expression leaves behind when a value is missing/,
		/^'Client'.*\[item 1\]/,
		/missing or empty: correct its name, or fill it in\./,
	],
	[
		'an instrument that Fondo does not have',
		() => order({ instrument: byId(UNKNOWN) }),
		/does not exist/,
		new RegExp(`instrument ${UNKNOWN}`),
		/Correct 'Instrument'\. If it is right, .*'Environment' of the credential\./,
	],
	[
		'a limit of zero',
		() => finvis('account', 'getMany', { limit: 0 }),
		/'0' is not a whole number above zero/,
		/^'Limit'/,
		CHOOSE_A_NUMBER,
	],
	[
		'a limit below zero',
		() => finvis('account', 'getMany', { limit: -1 }),
		/'-1' is not a whole number above zero/,
		/^'Limit'/,
		CHOOSE_A_NUMBER,
	],
	[
		'a reference that ends in undefined',
		() => sheet(invoice, { reference: "={{ 'INV-' + $json.number }}" }),
		/has 'undefined' in it/,
		/^'Reference'/,
		/missing or empty: correct its name, or fill it in\./,
	],
	[
		'a batch that Finvis does not have',
		() => finvis('paymentBatch', 'submit', { paymentBatch: byId(UNKNOWN) }),
		/Finvis has no such payment batch/,
		/'Payment Batch'/,
		/from the list, or correct the ID\. If the list does not have it, check the credential: 'Environment'/,
	],
	[
		'a client that Fondo does not have',
		() => order({ client: byId(UNKNOWN) }),
		/no access to this client/i,
		/'Client'/,
		/from the list, or correct the ID\. If the list does not have it, check the credential: 'Environment'/,
	],
	[
		'an unknown allocation plan',
		() => fondo('allocationPlan', 'get', { client: byId(seed.client), allocationPlan: byId(UNKNOWN) }),
		/Fondo has no such allocation plan/,
		/'Allocation Plan'/,
		/from the list, or correct the ID\. If the list does not have it, check the credential: 'Environment'/,
	],
	[
		'more units than held',
		() => order({ orderType: 'redemption', units: 999_999 }),
		/not enough units of SE\d+SEK/,
		/units/,
		/Correct 'Units'\./,
	],
	[
		'JSON with a comma too many',
		() => order({ additionalFields: { rawBody: '{"executorRef": "3",}' } }),
		/is not valid JSON/,
		/'Raw JSON Body'/,
		/comma, quotation mark or brace/,
	],
	[
		'another currency than the account',
		() => finvis('paymentBatch', 'create', batchOf({ additionalFields: { currency: 'EUR' } })),
		/EUR differs from the account's SEK/,
		/payment 1: currency/,
		/Correct 'Currency' or 'Bank Account'\./,
	],
];

const access: Mistake[] = [
	[
		'an approval by the person who prepared it',
		() => approve({ approvedBy: 'anna@example.se', preparedBy: 'Anna <ANNA@example.se>' }),
		/The person who prepared this may not approve it/,
		/'Approved By'/,
		/Another person must approve it\. Then enter that person's address in 'Approved By'\./,
	],
	[
		"a partner's credential without a tenant",
		() => finvis('account', 'getMany', {}, PARTNER),
		/is missing/,
		/'Tenant ID' is missing in the credential/,
		/enter the ID of the tenant/,
	],
	[
		'a wrong secret of Finvis',
		() => finvis('account', 'getMany', {}, { clientSecret: 'wrong' }),
		/Finvis did not accept/,
		/the client ID or client secret/,
		/Enter them again in the credential\./,
	],
	[
		'a wrong secret of Fondo',
		() => fondo('client', 'getMany', {}, { credential: { clientSecret: 'wrong' } }),
		/Fondo did not accept/,
		/the client ID or client secret/,
		/Enter them again in the credential\./,
	],
	[
		'an address that is none',
		() => finvis('account', 'getMany', {}, { baseUrl: 'finvis' }),
		/is not a web address/,
		/'Base URL' of the credential/,
		/Enter one such as https:\/\/api\.example\.se\./,
	],
	['too many calls', tooManyCalls, /Finvis asks to slow down/, /'Items at Once' in the options/, /Try again in \d+ seconds/],
	[
		'a webhook set up by hand, without its secret',
		() => publish({}, BY_HAND),
		/The signing secret of the webhook is missing/,
		/'Webhook Signing Secret' of the credential/,
		/Put it into/,
	],
	[
		'an approval of one’s own',
		ownApproval,
		/requested this approval; another person must give it/,
		/this approval/,
		/Another person must do this/,
	],
	[
		'a client without the scope',
		() => finvis('paymentBatch', 'getMany', {}, { scopes: ['read:ledger'] }),
		/Finvis does not allow this/,
		/Missing scope: read:payments/,
		/Ask Finvis to grant this scope to your client ID\. If 'Scope' or 'Scopes' of the credential is filled, add it there too\./,
	],
	[
		"a partner's client as own tenant",
		() => finvis('account', 'getMany', {}, { clientId: 'finvis-partner', clientSecret: 'finvis-partner-secret' }),
		/serves several tenants/,
		/'Token For'/,
		/choose Partner for 'Token For', and enter 'Tenant ID'/,
	],
	[
		'a host that does not answer',
		() => finvis('account', 'getMany', {}, { baseUrl: 'http://127.0.0.1:1/public' }),
		/could not be reached/,
		/127\.0\.0\.1:1/,
		/^(?![\s\S]*Check[\s\S]*Check)[\s\S]*Check 'Environment' and 'Base URL' of the credential/,
	],
];

describe.each<[string, Mistake[]]>([
	['Amounts', amounts],
	['Days', days],
	['Payees', payees],
	['Sheets', sheets],
	['References, IDs and numbers', identifiers],
	['Access', access],
])('%s', (_, mistakes) => {
	test.each(mistakes)('%s: the message says what happened, where, and what to do', async (_kind, make, what, where, advice) => {
		const message = await make();
		expect(message).toMatch(what);
		expect(message).toMatch(where);
		expect(message).toMatch(advice);
	});
});
