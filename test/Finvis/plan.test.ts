/** Prepare, approve, execute: a plan is executed as a person approved it, and once. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clock } from '../../nodes/shared/core/clock';
import { ANNA, approvedPlan, askedPlan, BO } from '../support/plan';
import { byId, seeded, type Seeded } from '../support/samples';
import { useBench } from '../support/sandbox';
import { giveTimeBack } from '../support/time';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
afterEach(giveTimeBack);

const HOUR = 3_600_000;

const payments = [
	{
		amount: '12500.00',
		creditorName: 'Nordic Supplies AB',
		creditorAccountType: 'bankgiro',
		creditorAccount: '5050-1055',
		message: 'Faktura 1',
	},
	{ amount: 8120.25, creditorName: 'Åkeriet <b>i</b> Sundsvall', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' },
];

interface Plan extends IDataObject {
	digest: string;
	batch: IDataObject & { payments: IDataObject[] };
}
type Prepared = IDataObject & { digest: string; plan: Plan; text: string; html: string; markdown: string; checks: string[] };

const run = async (
	operation: string,
	parameters: object,
	{ type = 'finvis', credential = {} }: { type?: string; credential?: IDataObject } = {},
) => {
	const node = { type, parameters: { resource: 'paymentBatch', operation, ...parameters } as INodeParameters };
	return await bench.finvis(credential).run(node, [{}]);
};
const asked = (reference: string, more: object = {}) => askedPlan(seed, reference, payments, more);
const prepare = async (reference: string, more: object = {}, credential: IDataObject = {}): Promise<Prepared> => {
	const { json, error } = await run('preparePlan', asked(reference, more), { credential });
	expect(error?.message).toBeUndefined();
	return json[0] as Prepared;
};
const writes = () => bench.sandbox.admin.requests().filter(({ method, path }) => method !== 'GET' && !/auth/.test(path));
const made = () => writes().filter(({ path }) => path.endsWith('/payments/batches/')).length;

/** The values are refused, and no write goes out. */
async function refused(parameters: object, message: RegExp | string, options = {}) {
	const before = writes().length;
	const { error } = await run('executePlan', parameters, options);
	expect(error?.message).toMatch(message);
	expect(writes()).toHaveLength(before);
	return error!;
}

describe('Prepare Plan', () => {
	test('says payees, amounts, total, checks and a digest, and sends nothing', async () => {
		const before = writes().length;
		const prepared = await prepare('plan-1', { additionalFields: { limitPerBatch: '50000', expectedTotal: '20620.25' } });
		expect(writes()).toHaveLength(before);
		expect(prepared).toMatchObject({
			reference: 'plan-1',
			prepared_by: ANNA,
			total_amount: '20620.25',
			payment_count: 2,
			currency: 'SEK',
			largest: { creditorName: 'Nordic Supplies AB', amount: '12500.00' },
			warnings: [expect.stringContaining("Payment 2: 'Creditor Name'")],
			unusual: [],
		});
		expect(prepared.digest).toMatch(/^[0-9a-f]{20}$/);
		expect(prepared.checks).toEqual([
			'Amounts, accounts, messages and the execution date were checked: warnings: 1.',
			'No batch is known under the reference plan-1.',
			'Expected Total 20620.25 holds.',
			'Limit per Batch 50000 holds.',
		]);
		for (const form of ['text', 'html', 'markdown'] as const)
			for (const shown of ['20\u00A0620,25 SEK', '5050-1055', 'Faktura 1', prepared.digest]) expect(prepared[form]).toContain(shown);
		expect(prepared.text).toContain(ANNA);
		expect(prepared.html).not.toContain('<b>i</b>');
	});

	test.each([
		['a wrong account', { paymentList: [{ ...payments[0], creditorAccount: '5050-1056' }] }, /Creditor Account/],
		['the same payment twice', { paymentList: [payments[0], payments[0]] }, /same/i],
		[
			'a field that no payment has',
			{ paymentList: [{ ...payments[0], dueDate: '2027-01-01' }] },
			"has the field 'dueDate', which no payment has",
		],
		['no payment', { paymentList: '[]' }, 'is not a list of payments'],
		['a total above the limit', { additionalFields: { limitPerBatch: '20000' } }, 'The batch comes to 20620.25 SEK, more than 20000'],
		['no person who prepares', { preparedBy: "={{ '' }}" }, /Prepared By/],
	])('%s: no plan', async (_, more, message) => {
		const before = writes().length;
		const { json, error } = await run('preparePlan', asked('plan-none', more));
		expect(error?.message).toMatch(message);
		expect(json).toEqual([]);
		expect(writes()).toHaveLength(before);
	});

	test('a reference that was executed: no plan', async () => {
		const first = await prepare('plan-used');
		expect((await run('executePlan', approvedPlan(first))).error).toBeUndefined();
		const { error } = await run('preparePlan', asked('plan-used'));
		expect(error?.message).toBe("There is nothing to plan: 'plan-used' was sent before");
		const other = await run('preparePlan', asked('plan-used', { paymentList: JSON.stringify([{ ...payments[0], amount: '1.00' }]) }));
		expect(other.error?.message).toMatch(/plan-used/);
	});

	test('another time or another amount is another digest', async () => {
		const [one, later] = [await prepare('plan-digest'), await prepare('plan-digest')];
		const other = await prepare('plan-digest', { paymentList: JSON.stringify(payments.slice(1)) });
		expect(new Set([one, later, other].map(({ digest }) => digest)).size).toBe(3);
	});
});

describe('Execute Plan', () => {
	test('makes exactly the batch of the plan, once', async () => {
		const prepared = await prepare('plan-2');
		const before = made();
		const { json, error } = await run('executePlan', approvedPlan(prepared));
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({
			receipt: { outcome: 'created', reference: 'plan-2' },
			total_amount: '20620.25',
			payment_count: 2,
			execution_date: prepared.execution_date,
		});
		expect((json[0].receipt as IDataObject).batchFingerprint).toMatch(/^[0-9a-f]{20}$/);
		// The mark in its name proves every payee, account, amount and text.
		const shown = await run('describeForApproval', {
			paymentBatch: byId(json[0].id),
			additionalFields: { payments: JSON.stringify(payments) },
		});
		expect(shown.json[0]).toMatchObject({ payees: 'proven', name: 'plan-2', account: prepared.account });
		expect((await run('executePlan', approvedPlan(prepared))).json[0].receipt).toMatchObject({ outcome: 'found' });
		expect(made() - before).toBe(1);
	});

	test.each([
		['the item of Prepare Plan', (prepared: Prepared): unknown => prepared],
		['its text', (prepared: Prepared) => JSON.stringify(prepared.plan)],
		['what a tool said in the steps of an agent', (prepared: Prepared) => JSON.stringify([prepared])],
		['fields in another order', ({ plan }: Prepared) => Object.fromEntries(Object.entries(plan).reverse())],
	])('takes %s', async (name, formOf) => {
		const prepared = await prepare(`plan-form ${name}`);
		const { json, error } = await run('executePlan', approvedPlan(prepared, { plan: formOf(prepared) }));
		expect(error?.message).toBeUndefined();
		expect(json[0].receipt).toMatchObject({ outcome: 'created' });
	});

	/** Every place in a value, as a path. */
	const placesIn = (value: unknown, path: string[] = []): string[][] =>
		typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, child]) => placesIn(child, [...path, key])) : [path];

	function changedAt(plan: Plan, path: string[]): Plan {
		const copy = structuredClone(plan);
		const last = path.at(-1)!;
		const parent = path.slice(0, -1).reduce<IDataObject>((at, key) => at[key] as IDataObject, copy);
		parent[last] = last === 'execution_date' ? '2099-01-05' : `${String(parent[last])}1`;
		return copy;
	}

	test('a plan with any value changed is refused', async () => {
		const prepared = await prepare('plan-changed', { additionalFields: { limitPerBatch: '50000' } });
		const places = placesIn(prepared.plan);
		expect(places.length).toBeGreaterThan(18);
		for (const path of places) {
			const plan = changedAt(prepared.plan, path);
			await refused(approvedPlan(prepared, { plan }), 'This is not the plan that Prepare Plan made');
			// The same by somebody who also approves the digest that is written in it.
			await refused(approvedPlan(prepared, { plan, approvedDigest: plan.digest }), 'This is not the plan that Prepare Plan made');
		}
		const more = structuredClone(prepared.plan);
		more.batch.payments.push({ ...more.batch.payments[0], amount: '1.00' });
		await refused(approvedPlan(prepared, { plan: more }), 'This is not the plan that Prepare Plan made');
		await refused(approvedPlan(prepared, { plan: { ...prepared.plan, controls: {} } }), 'This is not the plan that Prepare Plan made');
	});

	test('the digest of another plan is refused', async () => {
		const [one, other] = [await prepare('plan-a'), await prepare('plan-b')];
		const { description } = await refused(approvedPlan(one, { approvedDigest: other.digest }), 'Another plan was approved');
		expect(description).toContain(one.digest);
		await refused(approvedPlan(one, { approvedDigest: 'yes' }), 'Another plan was approved');
		await refused(approvedPlan(one, { approvedDigest: "={{ '' }}" }), /Approved Digest/);
	});

	test.each([
		['no person', "={{ '' }}", /Approved By/],
		['the person who prepared it', ANNA, 'The person who prepared this may not approve it'],
		['the same person in another writing', ' Anna <ANNA.ekonomi+x@example.se>', 'The person who prepared this may not approve it'],
		['a name that cannot be compared', 'Bo Chef', "'Approved By' cannot be compared with who prepared this"],
		['what an expression leaves behind', 'undefined', /Approved By/],
	])('approved by %s: refused', async (_, approvedBy, message) => {
		await refused(approvedPlan(await prepare('plan-people'), { approvedBy }), message);
	});

	test('an old plan is refused, and one from the future', async () => {
		const prepared = await prepare('plan-old');
		const { now } = clock;
		clock.now = () => now() + 24.1 * HOUR;
		const { description } = await refused(approvedPlan(prepared), 'The plan is older than 24 hours');
		expect(description).toContain("'Valid for Hours'");
		clock.now = () => now() + HOUR;
		await refused(approvedPlan(prepared, { additionalFields: { validForHours: 0.5 } }), 'The plan is older than 0.5 hours');
		clock.now = () => now() - HOUR;
		await refused(approvedPlan(prepared), 'The plan was prepared in the future');
		clock.now = () => now() + 24.1 * HOUR;
		expect((await run('executePlan', approvedPlan(prepared, { additionalFields: { validForHours: 48 } }))).error).toBeUndefined();
	});

	test('a plan whose day has passed is refused', async () => {
		const prepared = await prepare('plan-late');
		const { now } = clock;
		clock.now = () => now() + 30 * 24 * HOUR;
		await refused(approvedPlan(prepared, { additionalFields: { validForHours: 9_999 } }), "'Plan': has an execution date in the past");
	});

	test('a plan of another credential or tenant is refused', async () => {
		const prepared = await prepare('plan-foreign');
		await refused(approvedPlan(prepared), 'This is not the plan that Prepare Plan made', {
			credential: { markSecret: 'of another credential' },
		});
		const tenant = { tenantMode: 'partner', tenantId: '0a1b2c3d-4e5f-4607-8899-aabbccddeeff' };
		await refused(approvedPlan(prepared), 'This is not the plan that Prepare Plan made', { credential: tenant });
	});

	test('limits of the plan are checked again', async () => {
		const [first, second] = [
			await prepare('plan-day-1', { executionDate: '2099-03-02', additionalFields: { limitPerDay: '30000' } }),
			await prepare('plan-day-2', { executionDate: '2099-03-02', additionalFields: { limitPerDay: '30000' } }),
		];
		const long = { additionalFields: { validForHours: 24 } };
		expect((await run('executePlan', approvedPlan(first, long))).error).toBeUndefined();
		await refused(approvedPlan(second, long), /more than 30000/);
	});

	test.each(['{}', '[]', 'yes', '[{"plan":1}]', '{"digest":"x"}', '[1,2]'])('%s is no plan', async (plan) => {
		await refused({ plan, approvedDigest: 'x', approvedBy: BO }, "'Plan': is not a plan");
	});
});

describe('as a tool of an AI Agent', () => {
	const tool = { type: 'finvisTool' };
	const fromAi = (name: string) => `={{ $fromAI('${name}') }}`;

	test('the AI prepares, and may not write', async () => {
		const { json, error } = await run('preparePlan', asked('plan-tool'), tool);
		expect(error?.message).toBeUndefined();
		expect((json[0] as Prepared).digest).toMatch(/^[0-9a-f]{20}$/);
		await refused(approvedPlan(json[0] as Prepared), 'The AI may not write with this tool', tool);
	});

	test('the AI reads what to do, because n8n gives it the message alone', async () => {
		const wrong = { paymentList: JSON.stringify([{ ...payments[0], creditorAccountType: 'swish' }]) };
		const { error } = await run('preparePlan', asked('plan-tool-wrong', wrong), tool);
		expect(error?.message).toContain("'Creditor Account Type': 'swish' is not one of");
		expect(error?.message).toContain('Choose one from the list.');
	});

	test.each([
		['approvedBy', 'Approved By'],
		['approvedDigest', 'Approved Digest'],
	])('the AI may not give %s', async (name, label) => {
		const prepared = await prepare('plan-tool-2');
		for (const value of [fromAi(name), `={{ $fromai("${name}") }}`, `={{ $json.${name} }}`, `={{ $input.first().json.${name} }}`])
			await refused(approvedPlan(prepared, { letAiWrite: true, [name]: value }), `The AI may not give '${label}'`, tool);
	});

	test('the AI may not say who prepared it, nor in the options of other operations who approved it', async () => {
		const { error } = await run('preparePlan', asked('plan-tool-3', { preparedBy: fromAi('preparedBy') }), tool);
		expect(error?.message).toBe("The AI may not give 'Prepared By'");
		const submit = { letAiWrite: true, paymentBatch: byId('x'), additionalFields: { approvedBy: fromAi('approvedBy'), preparedBy: ANNA } };
		expect((await run('submit', submit, tool)).error?.message).toBe("The AI may not give 'Approved By'");
	});
});
