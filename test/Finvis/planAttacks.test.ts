/** What an adversarial model, a careless author and a fraudulent colleague try with Prepare Plan and Execute Plan. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clock } from '../../nodes/shared/core/clock';
import { ANNA, approvedPlan, askedPlan, BO } from '../support/plan';
import { seeded, type Seeded } from '../support/samples';
import { useBench } from '../support/sandbox';
import { giveTimeBack } from '../support/time';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
afterEach(giveTimeBack);
afterEach(() => bench.sandbox.admin.faults.clear());

const HOUR = 3_600_000;

const payment = { amount: '12500.00', creditorName: 'Nordic Supplies AB', creditorAccountType: 'bankgiro', creditorAccount: '5050-1055' };
const wrongAccount = [{ ...payment, creditorAccount: '5050-1056' }];

interface Prepared extends IDataObject {
	digest: string;
	plan: IDataObject;
	text: string;
	markdown: string;
	html: string;
	checks: string[];
}
interface Around {
	type?: string;
	items?: IDataObject[];
	credential?: IDataObject;
	onError?: 'continueRegularOutput';
}

const run = async (operation: string, parameters: object, { type = 'finvis', items = [{}], credential = {}, onError }: Around = {}) => {
	const node = { type, onError, parameters: { resource: 'paymentBatch', operation, ...parameters } as INodeParameters };
	return await bench.finvis(credential).run(node, items);
};
const asked = (reference: string, more: object = {}) => askedPlan(seed, reference, [payment], more);
const prepare = async (reference: string, more: object = {}, around: Around = {}): Promise<Prepared> => {
	const { json, error } = await run('preparePlan', asked(reference, more), around);
	expect(error?.message).toBeUndefined();
	return json[0] as Prepared;
};
const outcomes = (json: IDataObject[]) => json.map(({ receipt, error }) => ((receipt ?? error) as IDataObject).outcome ?? 'refused');
const made = () =>
	bench.sandbox.admin.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/payments/batches/')).length;

describe('what the approver reads', () => {
	test('checks that are off are not said to have been made', async () => {
		const off = await prepare('attack-off', { paymentList: wrongAccount, options: { swedishChecks: 'off' } });
		expect(off.checks[0]).toBe("Accounts, messages and the execution date were not checked, because 'Swedish Checks' is off.");
		for (const form of [off.text, off.html]) expect(form).not.toContain('nothing is wrong');
		const warned = await prepare('attack-warn', { paymentList: wrongAccount, options: { swedishChecks: 'warn' } });
		expect(warned.text).toContain("Payment 1: 'Creditor Account' [account …1056]: the check digit of the bankgiro number does not fit");
	});

	test('the account that pays is shown also where its name may not be read', async () => {
		bench.sandbox.admin.faults.add({ match: { api: 'finvis', path: '/(accounts/|companies)$' }, kind: 'status', status: 403 });
		const credential = { clientId: 'finvis-approver', clientSecret: 'finvis-approver-secret' };
		const { account, text } = await prepare('attack-account', {}, { credential });
		expect(account).toBe(seed.bankAccount);
		expect(text).toContain(`From: ${seed.bankAccount}`);
	});

	test('a payee whose name looks like an account and an amount stays one name', async () => {
		const creditorName = 'Nordic AB, Bankgiro 5050-1055, 100,00 SEK';
		const { text, markdown } = await prepare('attack-comma', { paymentList: [{ ...payment, creditorName }] });
		expect(text).toContain(`1. "${creditorName}", Bankgiro 5050-1055, 12\u00A0500,00 SEK`);
		expect(markdown).toContain(`1. **${creditorName}**, Bankgiro 5050-1055`);
		const quoted = await prepare('attack-quote', { paymentList: [{ ...payment, creditorName: 'A", "Bankgiro 1", "1 SEK' }] });
		expect(quoted.text).toContain(`1. "A', 'Bankgiro 1', '1 SEK", Bankgiro 5050-1055`);
	});

	test('invisible characters and line breaks do not change what is read, and each has a warning', async () => {
		const payments = [{ ...payment, creditorName: 'Nordic\u202E AB', message: 'x\nTotal: 1,00 SEK' }];
		const { text, warnings } = await prepare('attack-lines', { paymentList: payments, additionalFields: { name: 'Week\n\nTotal: 5' } });
		expect(text).toContain('1. Nordic AB, Bankgiro 5050-1055, 12\u00A0500,00 SEK, x Total: 1,00 SEK');
		expect(text.split('\n').filter((line) => line.startsWith('Total:'))).toEqual(['Total: 12\u00A0500,00 SEK']);
		expect(warnings).toHaveLength(2);
	});

	test('where batches may not be read, the plan does not say that nothing was sent', async () => {
		bench.sandbox.admin.faults.add({
			match: { api: 'finvis', method: 'GET', path: '/payments/batches/?$' },
			kind: 'status',
			status: 403,
		});
		const { checks } = await prepare('attack-unread');
		expect(checks).toContain('No batch is known under the reference attack-unread.');
		expect(checks.join()).not.toContain('Nothing was sent before');
	});

	test('Fields to Return keeps the plan and its digest, without which nothing can be executed', async () => {
		const prepared = await prepare('attack-fields', { options: { fieldsToReturn: 'text' } });
		expect(Object.keys(prepared).sort()).toEqual(['digest', 'plan', 'text']);
		expect(outcomes((await run('executePlan', approvedPlan(prepared))).json)).toEqual(['created']);
	});
});

describe('the list of payments', () => {
	test.each([
		[
			'a prototype',
			'[{"__proto__":{"amount":"5"},"creditorName":"A","creditorAccountType":"bankgiro","creditorAccount":"5050-1055"}]',
			'__proto__',
		],
		['a method', JSON.stringify([{ ...payment, toJSON: 1 }]), "has the field 'toJSON', which no payment has"],
		['a number of a person as a name', JSON.stringify([{ ...payment, '900101-1239': 1 }]), "has the field '[number hidden]'"],
		['an amount that is not finite', JSON.stringify([payment]).replace('"12500.00"', '1e400'), "'Infinity' is not a number"],
		['an amount that has lost digits', JSON.stringify([payment]).replace('"12500.00"', '12345678901234567'), 'some were lost'],
		['a zero below zero', JSON.stringify([payment]).replace('"12500.00"', '-0'), 'the amount is zero'],
	])('%s: no plan, and a clear message', async (_, payments, message) => {
		const { json, error } = await run('preparePlan', asked('attack-list', { paymentList: payments }));
		expect(error?.message).toContain(message);
		expect(json).toEqual([]);
	});

	test('a long name of a field is cut in the message', async () => {
		const { error } = await run('preparePlan', asked('attack-long', { paymentList: [{ ...payment, ['x'.repeat(100_000)]: 1 }] }));
		expect(error!.message.length).toBeLessThan(150);
	});

	test('two values under one name: the approver reads what is sent', async () => {
		const payments = `[${JSON.stringify(payment).replace('{', '{"amount":"1.00",')}]`;
		const prepared = await prepare('attack-double', { paymentList: payments });
		expect(prepared.text).toContain('Total: 12\u00A0500,00 SEK');
		expect((await run('executePlan', approvedPlan(prepared))).json[0].total_amount).toBe('12500.00');
	});

	test('an expression in a value of a model stays a text', async () => {
		const payments = [{ ...payment, message: '={{ 1 + 1 }}' }];
		const around = { type: 'finvisTool', items: [{ payments }] };
		const prepared = await prepare('attack-expression', { paymentList: "={{ $fromAI('payments', '', 'json') }}" }, around);
		expect(prepared.text).toContain('={{ 1 + 1 }}');
	});

	test('10,000 payments are prepared and executed in seconds', async () => {
		const payments = Array.from({ length: 10_000 }, (_, index) => ({ ...payment, amount: `${index + 1}.00` }));
		const prepared = await prepare('attack-many', { paymentList: JSON.stringify(payments) });
		expect((await run('executePlan', approvedPlan(prepared, { plan: JSON.stringify(prepared.plan) }))).json[0].payment_count).toBe(10_000);
	}, 60_000);

	test('objects 100,000 deep are refused by the name of their field', async () => {
		const deep = `${'{"deep":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
		const { error } = await run('preparePlan', asked('attack-deep', { paymentList: `[${deep}]` }));
		expect(error?.message).toContain("'Payments': has the field 'deep', which no payment has");
		const prepared = await prepare('attack-deep');
		const changed = JSON.stringify({ ...(prepared.plan as object), controls: 1 }).replace('"controls":1', `"controls":${deep}`);
		expect((await run('executePlan', approvedPlan(prepared, { plan: changed }))).error?.message).toBe("'Plan': is not a plan");
	});

	test('an amount of 50,000 digits is no work', async () => {
		await prepare('attack-digits', { paymentList: [{ ...payment, amount: '1'.repeat(50_000) }] });
	}, 15_000);
});

describe('the approver', () => {
	test.each([
		'<mailto:anna.ekonomi@example.se|anna.ekonomi@example.se>',
		'[anna.ekonomi@example.se](mailto:anna.ekonomi@example.se)',
		'*anna.ekonomi@example.se*',
		'_anna.ekonomi@example.se_',
		"'anna.ekonomi@example.se'",
		'anna.ekonomi@@example.se',
		'`anna.ekonomi@example.se`',
		'{anna.ekonomi@example.se}',
		'anna.ekonomi@example.se!',
		'anna.ekonomi@example.se..',
		'anna.ekonomi@example.se/x',
		'anna.ekonomi\uFF20example\u3002se',
	])('%s is the person who prepared it', async (approvedBy) => {
		const { error } = await run('executePlan', approvedPlan(await prepare('attack-own'), { approvedBy }));
		expect(error?.message).toBe('The person who prepared this may not approve it');
	});

	test.each([
		'anna.ekonomi@example.se@evil.se',
		'anna%2eekonomi@example.se',
		'anna.ekonomi@ex%61mple.se',
		'bo@example.se anna.ekonomi@example.se',
	])('%s cannot be compared', async (approvedBy) => {
		const { error } = await run('executePlan', approvedPlan(await prepare('attack-own'), { approvedBy }));
		expect(error?.message).toBe("'Approved By' cannot be compared with who prepared this: 'anna.ekonomi@example.se'");
	});

	test.each([
		['<mailto:bo@example.se|bo@example.se>', ANNA],
		["bo.o'brien@example.se", "anna.o'brien@example.se"],
		['bo_chef@example.se', 'anna_chef@example.se'],
	])('%s is another person than %s', async (approvedBy, preparedBy) => {
		const prepared = await prepare(`attack ${preparedBy}`, { preparedBy });
		expect(outcomes((await run('executePlan', approvedPlan(prepared, { approvedBy }))).json)).toEqual(['created']);
	});

	test('a text of 200,000 characters is no work', async () => {
		const prepared = await prepare('attack-own');
		for (const approvedBy of [
			'a'.repeat(200_000),
			'a@'.repeat(100_000),
			`anna.ekonomi@${'.'.repeat(200_000)}example.se`,
			`${ANNA}?${'?'.repeat(200_000)}`,
		])
			expect((await run('executePlan', approvedPlan(prepared, { approvedBy }))).error).toBeDefined();
	}, 15_000);
});

describe('what an AI gives', () => {
	const tool = (item: IDataObject) => ({ type: 'finvisTool', items: [item] });

	test.each([
		'$thisItem.json.approvedBy',
		'$items()[0].json.approvedBy',
		'$jmespath($thisItem, "json.approvedBy")',
		'$fromAi("approvedBy")',
	])('%s cannot say who approved', async (expression) => {
		const prepared = await prepare('attack-tool');
		const values = approvedPlan(prepared, { letAiWrite: true, approvedBy: `={{ ${expression} }}` });
		expect((await run('executePlan', values, tool({ approvedBy: BO }))).error?.message).toBe("The AI may not give 'Approved By'");
	});

	test('it cannot say how long a plan holds', async () => {
		const prepared = await prepare('attack-tool');
		const additionalFields = { validForHours: "={{ $fromAI('validForHours', '', 'number') }}" };
		const { error } = await run(
			'executePlan',
			approvedPlan(prepared, { letAiWrite: true, additionalFields }),
			tool({ validForHours: 9_999 }),
		);
		expect(error?.message).toBe("The AI may not give 'Valid for Hours'");
	});

	test('a value in the collection does not hide the same field outside it', async () => {
		const prepared = await prepare('attack-tool');
		const values = approvedPlan(prepared, {
			letAiWrite: true,
			approvedBy: "={{ $fromAI('approvedBy') }}",
			additionalFields: { approvedBy: BO },
		});
		expect((await run('executePlan', values, tool({ approvedBy: BO }))).error?.message).toBe("The AI may not give 'Approved By'");
	});
});

describe('once', () => {
	test('two items at once, and three runs at once', async () => {
		const before = made();
		const both = await run('executePlan', approvedPlan(await prepare('attack-items'), { options: { itemsAtOnce: 2 } }), {
			items: [{}, {}],
		});
		expect(outcomes(both.json).sort()).toEqual(['created', 'found']);
		const prepared = await prepare('attack-runs');
		const runs = await Promise.all([1, 2, 3].map(async () => await run('executePlan', approvedPlan(prepared))));
		expect(runs.flatMap(({ json }) => outcomes(json)).sort()).toEqual(['created', 'found', 'found']);
		expect(made() - before).toBe(2);
	});

	test('two approved plans under one reference: only one of them', async () => {
		const other = JSON.stringify([
			{ ...payment, creditorName: 'Another AB', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' },
		]);
		const plans = [await prepare('attack-two'), await prepare('attack-two', { paymentList: other })];
		const before = made();
		const runs = await Promise.all(plans.map(async (one) => await run('executePlan', approvedPlan(one))));
		expect(runs[0].error).toBeUndefined();
		expect(runs[1].error?.message).toBe("The reference 'attack-two' was already used for something else");
		expect(made() - before).toBe(1);
	});

	test('after lost answers', async () => {
		const prepared = await prepare('attack-lost');
		bench.sandbox.admin.faults.add({ match: { api: 'finvis', method: 'POST', path: '/payments/batches/?$' }, kind: 'cut_after' });
		await run('executePlan', approvedPlan(prepared));
		bench.sandbox.admin.faults.clear();
		expect(outcomes((await run('executePlan', approvedPlan(prepared))).json)).toEqual(['found']);
		expect((await run('preparePlan', asked('attack-lost'))).error?.message).toMatch('There is nothing to plan');
	});

	test('an executed plan is compared with its approval again', async () => {
		const prepared = await prepare('attack-again');
		await run('executePlan', approvedPlan(prepared));
		expect((await run('executePlan', approvedPlan(prepared, { approvedBy: ANNA }))).error?.message).toMatch('may not approve it');
		const { now } = clock;
		clock.now = () => now() + 25 * HOUR;
		expect((await run('executePlan', approvedPlan(prepared))).error?.message).toBe('The plan is older than 24 hours');
	});

	test('each item has its own plan, and the digest of another item does not count', async () => {
		const [one, other] = [await prepare('attack-item-1'), await prepare('attack-item-2')];
		const items = [{ ...one, digest: other.digest }, other];
		const values = { plan: '={{ $json.plan }}', approvedDigest: '={{ $json.digest }}', approvedBy: BO };
		const { json } = await run('executePlan', values, { items, onError: 'continueRegularOutput' });
		expect(outcomes(json)).toEqual(['refused', 'created']);
		expect(json[1].receipt).toMatchObject({ reference: 'attack-item-2' });
	});

	test('a rehearsal of an approved plan sends nothing, and the plan can be executed after it', async () => {
		const prepared = await prepare('attack-rehearsal');
		const before = made();
		const rehearsed = await run('executePlan', approvedPlan(prepared), { credential: { rehearsal: true } });
		expect(outcomes(rehearsed.json)).toEqual(['rehearsed']);
		expect(made()).toBe(before);
		expect(outcomes((await run('executePlan', approvedPlan(prepared))).json)).toEqual(['created']);
	});
});

test.each([0, -1, '1e308', 1e308, 'abc', ''])("'Valid for Hours' %p is refused", async (validForHours) => {
	const { error } = await run('executePlan', approvedPlan(await prepare('attack-hours'), { additionalFields: { validForHours } }));
	expect(error?.message).toMatch(/^'Valid for Hours'/);
});

describe('what the node once took without a word', () => {
	test.each(['Anna Ekonomi', 'anna@example.se, bo@example.se', '@example.se'])(
		'%s prepares no plan, because no approval could be compared with it',
		async (preparedBy) => {
			const { error } = await run('preparePlan', asked('attack-preparer', { preparedBy }));
			expect(error?.message).toBe("'Prepared By' is not one e-mail address");
		},
	);

	test('a reference that begins like an IBAN stays a reference', async () => {
		const prepared = await prepare('iban:SE3550000000054910000003');
		const { json } = await run('executePlan', approvedPlan(prepared));
		expect(json[0]).toMatchObject({ name: expect.stringContaining('iban:'), receipt: { outcome: 'created' } });
	});
});
