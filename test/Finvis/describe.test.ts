/** What an approver reads: the batch, exact amounts and proven payees, in three forms without foreign markup. */
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { asHtml, asMarkdown, asText, visible, type Letter } from '../../nodes/Finvis/describe/render';
import { shownAmount, unusualIn } from '../../nodes/Finvis/describe/unusual';
import { tries } from '../support/holds';
import { useBench } from '../support/sandbox';
import { byId, seeded, type Seeded } from '../support/samples';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});

const rows = [
	{
		amount: '12500.00',
		creditorName: 'Nordic Supplies AB',
		creditorAccountType: 'bankgiro',
		creditorAccount: '5050-1055',
		message: 'Faktura 1',
	},
	{
		amount: '8120.25',
		creditorName: 'Åkeriet <b>i</b> Sundsvall',
		creditorAccountType: 'iban',
		creditorAccount: 'SE3550000000054910000003',
	},
	{ amount: '0.10', creditorName: 'Papper & Kontor', creditorAccountType: 'plusgiro', creditorAccount: '90 20 03-3', message: 'Faktura 3' },
];

type Row = Partial<(typeof rows)[number]>;

const create = async (reference: string, payments: readonly Row[] = rows, more: object = {}, credential: IDataObject = {}) => {
	const fields = ['amount', 'creditorName', 'creditorAccountType', 'creditorAccount', 'message'];
	const parameters = {
		account: byId(seed.bankAccount),
		executionDate: '={{ $now.plus({ days: 3 }) }}',
		bankDay: 'next',
		reference,
		...Object.fromEntries(fields.map((name) => [name, `={{ $json.${name} }}`])),
		...more,
	} as INodeParameters;
	const { json, error } = await bench
		.finvis(credential)
		.run({ resource: 'paymentBatch', operation: 'createFromItems', parameters }, payments as IDataObject[]);
	expect(error?.message).toBeUndefined();
	return json[0];
};

const describeBatch = async (id: unknown, parameters: object = {}, credential: IDataObject = {}) =>
	await bench.finvis(credential).run({
		resource: 'paymentBatch',
		operation: 'describeForApproval',
		parameters: { paymentBatch: byId(id), additionalFields: parameters } as INodeParameters,
	});
const given = (payments: readonly Row[]) => ({ payments: JSON.stringify(payments) });
const writes = () => bench.sandbox.admin.requests().filter(({ method, path }) => method !== 'GET' && !/auth/.test(path)).length;

describe('a batch that this node made', () => {
	test('has its payees, its total, its count, its day, the largest payment and the fingerprint', async () => {
		const made = await create('describe-1');
		const before = writes();
		const { json, error } = await describeBatch(made.id, given(rows));
		expect(error).toBeUndefined();
		expect(writes()).toBe(before);
		const [shown] = json as [IDataObject & { text: string; markdown: string; html: string }];
		expect(shown).toMatchObject({
			id: made.id,
			name: 'describe-1',
			payees: 'proven',
			total_amount: '20620.35',
			payment_count: 3,
			execution_date: made.execution_date,
			largest: { creditorName: 'Nordic Supplies AB', amount: '12500.00' },
			batchFingerprint: (made.receipt as IDataObject).batchFingerprint,
			unusual: [],
		});
		for (const form of ['text', 'markdown', 'html'] as const) {
			expect(shown[form]).toContain('20\u00A0620,35 SEK');
			expect(shown[form]).toContain('5050-1055');
			expect(shown[form]).toContain('Faktura 3');
			expect(shown[form]).toContain(String(made.execution_date));
			expect(shown[form]).toContain(String(shown.batchFingerprint));
			expect(shown[form]).toMatch(/Norrlands .+ AB/);
		}
		expect(shown.html).not.toContain('<b>i</b>');
	});

	test('is proven also with a name of its own, and with the payments in another order', async () => {
		const made = await create('describe-2', rows, { additionalFields: { name: 'Suppliers (week 10)' } });
		const { json } = await describeBatch(made.id, given([...rows].reverse()));
		expect(json[0]).toMatchObject({ payees: 'proven', name: 'Suppliers (week 10) (describe-2)' });
	});

	test.each([
		[
			'another account',
			rows.map((row) => ({ ...row, creditorAccountType: 'bankgiro', creditorAccount: '991-2346' })),
			'A payee, an account',
		],
		['another payee', rows.map((row) => ({ ...row, creditorName: 'Mallory AB' })), 'A payee, an account'],
		['amounts that were exchanged', rows.map((row, index) => ({ ...row, amount: rows[(index + 1) % 3].amount })), 'A payee, an account'],
		['another amount', rows.map((row) => ({ ...row, amount: '1.00' })), 'They come to 3.00, and the batch to 20620.35'],
		['fewer payments', [{ ...rows[0], amount: '20620.35' }], 'They are 1, and the batch has 3'],
	])('%s: refused', async (_, payments, reason) => {
		const made = await create('describe-3');
		const { error } = await describeBatch(made.id, given(payments));
		expect(error?.message).toBe('These payments are not those of the batch');
		expect(error?.description).toContain(reason);
	});

	test('a change after the review is refused by its fingerprint', async () => {
		const made = await create('describe-4');
		const { batchFingerprint } = made.receipt as IDataObject;
		expect((await describeBatch(made.id, { batchFingerprint })).error).toBeUndefined();
		bench.sandbox.admin.changeBatch(String(made.id), { execution_date: '2031-01-08' });
		expect((await describeBatch(made.id, { batchFingerprint })).error?.message).toBe('The batch was changed after it was reviewed');
	});

	test('Approve takes its fingerprint, and refuses it after a change', async () => {
		const run = async (resource: string, operation: string, parameters: object, credential: IDataObject = {}) =>
			await bench.finvis(credential).run({ resource, operation, parameters: parameters as INodeParameters });
		const approver = { clientId: 'finvis-approver', clientSecret: 'finvis-approver-secret' };
		const made = await create('describe-6');
		await run('paymentBatch', 'submit', { paymentBatch: byId(made.id) });
		const { json } = await run('approval', 'getManyPending', { returnAll: true });
		const approval = byId(json.find(({ object_id }) => object_id === made.id)?.id);
		const approve = async (batchFingerprint: unknown) =>
			await run('approval', 'approve', { approval, additionalFields: { batchFingerprint } }, approver);
		const [{ batchFingerprint: stale }] = (await describeBatch(made.id)).json;
		bench.sandbox.admin.changeBatch(String(made.id), { execution_date: '2031-01-09' });
		expect((await approve(stale)).error?.message).toBe('The batch was changed after it was reviewed');
		const [{ batchFingerprint }] = (await describeBatch(made.id)).json;
		expect((await approve(batchFingerprint)).json[0]).toMatchObject({ status: 'approved' });
	});

	test('in a rehearsal it is described too, though Finvis has no such batch', async () => {
		const made = await create('describe-5', rows, {}, { rehearsal: true });
		const { json } = await describeBatch(made.id, given(rows), { rehearsal: true });
		expect(json[0]).toMatchObject({ id: made.id, payees: 'proven', total_amount: '20620.35' });
	});
});

describe('a batch of somebody else', () => {
	const seededBatch = async () =>
		(await bench.finvis().run({ resource: 'paymentBatch', operation: 'getMany', parameters: { filters: { status: 'pending_approval' } } }))
			.json[0];

	test('has no payees, and the text says where they are', async () => {
		const batch = await seededBatch();
		const [shown] = (await describeBatch(batch.id)).json;
		expect(shown).toMatchObject({ payees: 'unknown', total_amount: batch.total_amount, batchFingerprint: expect.any(String) });
		expect(shown).not.toHaveProperty('payments');
		expect(shown.text).toContain('Finvis does not show the payees of a batch here.');
		expect(shown.text).not.toContain('Nothing unusual');
	});

	test('payees of the workflow are called that, where nothing proves them', async () => {
		const batch = await seededBatch();
		const count = Number(batch.payment_count);
		const first = { ...rows[0], amount: String(batch.total_amount) };
		const rest = Array.from({ length: count - 1 }, () => ({ ...rows[0], amount: '1.00' }));
		first.amount = (Number(batch.total_amount) - rest.length).toFixed(2);
		expect((await describeBatch(batch.id, given([first, ...rest]))).json[0]).toMatchObject({ payees: 'given' });
	});

	test('an unknown batch is an error', async () => {
		expect((await describeBatch('00000000-0000-4000-8000-000000000000')).error?.message).toMatch(
			/^There is no payment batch '.+' to describe$/,
		);
	});
});

describe('what is unusual', () => {
	const payment = { amount: '100', creditorName: 'A AB', creditorAccountType: 'bankgiro', creditorAccount: '5050-1055' };
	const [monday, earlier] = ['2026-03-02', '2026-03-01'];
	const other = { ...payment, amount: '7.50', creditorName: 'B AB', creditorAccount: '991-2346' };

	test.each([
		['nothing', [payment, other], []],
		['the same payee twice', [payment, other, { ...payment, amount: '5' }], ['Payments 1 and 3 go to the same payee: A AB.']],
		[
			'the same amount twice, in another writing',
			[payment, { ...other, amount: '100.00' }],
			['Payments 1 and 2 have the same amount: 100,00 SEK.'],
		],
		[
			'one account under two names',
			[payment, { ...other, creditorAccount: '50501055' }],
			['Payments 1 and 2 go to the same account under different names.'],
		],
		[
			'one name with two accounts',
			[payment, { ...other, creditorName: 'a ab' }],
			['Payments 1 and 2 have the same payee, A AB, but different accounts.'],
		],
	])('%s', (_, payments, expected) => expect(unusualIn(payments, 'SEK', monday, earlier)).toEqual(expected));

	test('a day on which no bank pays, and a day that has passed', () => {
		expect(unusualIn([], 'SEK', '2026-03-07', earlier)[0]).toMatch(
			/^The execution date 2026-03-07 is a Saturday, and Swedish banks are closed/,
		);
		expect(unusualIn([], 'SEK', monday, '2026-03-03')).toEqual(['The execution date 2026-03-02 is in the past.']);
	});

	test('a thousand equal payments are one sentence', () => {
		const [sentence] = unusualIn(
			Array.from({ length: 1_000 }, () => payment),
			'SEK',
			monday,
			earlier,
		);
		expect(sentence).toBe('Payments 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 990 more go to the same payee: A AB.');
	});
});

test('an amount is shown with every digit that it has', () => {
	fc.assert(
		fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
			const amount = `${whole}.${String(cents).padStart(2, '0')}`;
			const shown = shownAmount(amount);
			expect(shown.replaceAll('\u00A0', '').replace(',', '.')).toBe(amount);
			expect(shown).toMatch(/^\d{1,3}(\u00A0\d{3})*,\d\d$/);
		}),
		{ numRuns: tries(200) },
	);
	expect(['32888869.07', '0.5', '7', '-1200'].map(shownAmount)).toEqual(['32\u00A0888\u00A0869,07', '0,50', '7,00', '−1\u00A0200,00']);
});

/** Texts that mean something in HTML or Markdown, and any other. */
const hostile = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc
		.array(
			fc.constantFrom(
				...[
					'<b>',
					'</td>',
					'<script>',
					'&lt;',
					'&#60;',
					'*',
					'**',
					'_',
					'`',
					'[a](http://x)',
					'![',
					'|',
					'\\',
					'\n',
					'\n\n',
					'# ',
					'> ',
					'- ',
					'1. ',
				],
				...[
					'    ',
					'~~',
					'<!--',
					'http://evil.example',
					'www.evil.example',
					'\u202E',
					'\u0000',
					'"',
					"'",
					'===',
					'---',
					'A',
					' ',
					'\u2028',
				],
			),
			{ maxLength: 8 },
		)
		.map((parts) => parts.join('')),
);

const letterOf = (values: readonly string[]): Letter => ({
	title: values[0],
	facts: [['Company', values[1]]],
	columns: ['Payee', 'Account', 'Amount', 'Message'],
	rows: [
		[values[2], values[3], '1,00 SEK', values[4]],
		[values[4], values[2], '2,00 SEK', values[3]],
	],
	unusual: [`Payments 1 and 2 go to the same payee: ${values[2]}.`],
	notes: ['A note.'],
});

const tagsIn = (html: string) => html.match(/<[^>]*>/g) ?? [];
const unescaped = (html: string) =>
	html
		.replace(/<[^>]*>/g, '\n')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&');

const nonEmpty = hostile.filter((text) => visible(text) !== '');

test('no markup of a name survives, in HTML and in Markdown, and every name can be read', () => {
	const markdown = new MarkdownIt({ html: true, linkify: true });
	const plain = letterOf(['a', 'b', 'c', 'd', 'e']);
	fc.assert(
		fc.property(fc.tuple(nonEmpty, nonEmpty, nonEmpty, nonEmpty, nonEmpty), (values) => {
			const letter = letterOf(values);
			const html = asHtml(letter);
			expect(tagsIn(html)).toEqual(tagsIn(asHtml(plain)));
			const rendered = markdown.render(asMarkdown(letter));
			expect(tagsIn(rendered)).toEqual(tagsIn(markdown.render(asMarkdown(plain))));
			for (const value of values) {
				expect(unescaped(html)).toContain(visible(value));
				expect(asText(letter)).toContain(visible(value));
			}
			// As many lines as the plain one: a name adds none.
			expect(asText(letter).split('\n')).toHaveLength(asText(plain).split('\n').length);
		}),
		{ numRuns: tries(300) },
	);
});
