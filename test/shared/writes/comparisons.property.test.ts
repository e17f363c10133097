/**
 * The same fact, said in two ways: every comparison in nodes/ that money rests on, judged by the sandbox's ledger.
 *
 * | Compared | By |
 * | --- | --- |
 * | reference and reference | `foldLookAlikes`, in `idempotencyKey.ts`, `Fondo/referenceIndex.ts`, both `writes.ts` |
 * | reference and the name of a batch | `markIn`, `isPlainNameFor` of `Finvis/batchName.ts` |
 * | item and credential | `baseUrlOf`, `tenantIdOf`, `connectionStateOf`, `requireSameConnection` |
 * | ID and ID | `foldId` |
 * | payment and payment, batch and batch | `canonical`: `contentFingerprint` of the record, `diff` of what an API shows |
 * | payments and payments, in any order | `withoutDerivedIds` of Finvis, `Fondo/instructionPayments.ts` |
 * | account, amount, person, day, message, payee | `canonical`, by the name of the field |
 * | amount and control total | `compare` of `core/decimal.ts` |
 * | day and day of a limit | `shownDay` |
 * | person and person | `checkPeople` |
 *
 * comparedContent.property.test.ts pays under one reference; comparedValues.property.test.ts tries thousands of values, and what an API may show.
 */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { TENANT_ONE, TENANT_TWO } from '../../../sandbox';
import { holds } from '../../support/holds';
import { dayAfter, PLAIN, saidBy, UNCHECKED, usePairBench } from '../../support/pairBench';
import * as pairs from '../../support/pairs';
import { byId, subscription } from '../../support/samples';

const on = usePairBench();
const { otherSpaces, otherHyphens, invisible, decomposed, spacesAround, fullWidth } = pairs;
const numbers = [pairs.otherDigit, pairs.swappedDigits, pairs.leadingZero, pairs.footnote];
const looks = [otherSpaces, otherHyphens, invisible, decomposed, spacesAround, fullWidth, pairs.splitMarks];
const references = pairs.pairsOf(pairs.invoice, looks, [...numbers, pairs.otherScript, pairs.letterForDigit, pairs.withoutHyphen]);

describe('references', () => {
	test.each(['finvis', 'fondo'] as const)('%s: one reference is one payment, and two are two', async (api) => {
		await holds(40, references, fc.boolean(), async ({ one, other, isSame }, isLater) => {
			const nth = on.next();
			const [first, second] = [one, other].map((text) => pairs.numbered(text, nth));
			const settings = api === 'finvis' ? on.paying('={{ $json.reference }}', [PLAIN]) : subscription(on.seed, { amount: 101 });
			const runs = [
				await on.bench[api]().run(settings, [{ reference: first }]),
				await (isLater ? on.later : on.bench)[api]().run(settings, [{ reference: second }]),
			];
			expect(saidBy(...runs)).toEqual(['created', isSame ? 'found' : 'created']);
			on.expected += isSame ? 1 : 2;
		});
	});

	test('a batch is known by its own mark, whatever its name repeats of another batch', async () => {
		await holds(
			15,
			fc.constantFrom('name', 'reference'),
			fc.constantFrom(...['', ' week 10', ' (2)']),
			fc.boolean(),
			async (where, end, isLater) => {
				const nth = on.next();
				const reference = `NAME-${nth}`;
				const made = await on.bench.finvis().run(on.paying(reference, [PLAIN]));
				const shown = `${String(made.json[0].name)}${end}`;
				const copy =
					where === 'name' ? on.paying(`COPY-${nth}`, [PLAIN], { additionalFields: { name: shown } }) : on.paying(shown, [PLAIN]);
				await on.twice(copy, copy, true, isLater);
				const again = await (isLater ? on.later : on.bench).finvis().run(on.paying(reference, [PLAIN]));
				expect([again.error?.message, again.json[0]?.id]).toEqual([undefined, made.json[0].id]);
				on.expected += 1;
			},
		);
	});
});

describe('the credential of an item', () => {
	const { upperCase } = pairs;
	const partner = (tenant: string) => ({
		tenantMode: 'partner',
		tenantId: tenant,
		clientId: 'finvis-partner',
		clientSecret: 'finvis-partner-secret',
	});
	const otherTenant = (tenant: string) => (tenant === TENANT_ONE ? TENANT_TWO : TENANT_ONE);
	const tenants = pairs.pairsOf(fc.constantFrom(TENANT_ONE, TENANT_TWO), [upperCase, invisible, spacesAround, otherHyphens], [otherTenant]);
	const accounts = new Map<string, unknown>();
	const keyOf = (tenant: string) =>
		tenant
			.normalize('NFKC')
			.replace(/[^\da-f]/gi, '')
			.toLowerCase();
	beforeAll(async () => {
		for (const tenant of [TENANT_ONE, TENANT_TWO]) {
			const { json } = await on.bench.finvis(partner(tenant)).run({ resource: 'account', operation: 'getMany' });
			accounts.set(keyOf(tenant), json.find(({ currency }) => currency === 'SEK')?.id);
		}
	});
	const both = <T>(one: T, other: T, more: (value: T, index: number) => IDataObject) => [one, other].map(more);

	test('one tenant is one tenant, and two are two', async () => {
		await holds(25, tenants, async ({ one, other, isSame }) => {
			const reference = `TENANT-${on.next()}`;
			const settings = on.paying(reference, [PLAIN], { account: byId('={{ $json.account }}') });
			const items = both(one, other, (tenant) => ({ tenant, account: accounts.get(keyOf(tenant)) as string }));
			const made = await on.bench.finvis(partner('={{ $json.tenant }}')).run(settings, items);
			expect(saidBy(made)).toEqual(['created', isSame ? 'found' : 'created']);
			on.expected += [one, ...(isSame ? [] : [other])].filter((tenant) => keyOf(tenant) === keyOf(TENANT_ONE)).length;
		});
	});

	test('rows of one batch mean one tenant, however it is written', async () => {
		await holds(15, tenants, async ({ one, other, isSame }) => {
			const { parameters } = on.paying(`ROWS-${on.next()}`, [], { account: byId(accounts.get(keyOf(one))) });
			const items = both(one, other, (tenant, row) => ({ tenant, payee: `Payee ${row}` }));
			const settings = {
				resource: 'paymentBatch',
				operation: 'createFromItems',
				parameters: { ...parameters, ...PLAIN, creditorName: '={{ $json.payee }}' },
			};
			const before = on.writes();
			const made = await on.bench.finvis(partner('={{ $json.tenant }}')).run(settings, items);
			if (isSame) expect(saidBy(made)).toEqual(['created']);
			else expect([made.error?.message, on.writes()]).toEqual([expect.stringContaining('Row 2: the credential means another'), before]);
			on.expected += isSame && keyOf(one) === keyOf(TENANT_ONE) ? 2 : 0;
		});
	});

	test('one address is one connection: two items at once pass no limit together', async () => {
		// Both items read the list before one of them writes.
		on.bench.sandbox.admin.faults.add({ match: { path: 'listPaymentBatches' }, kind: 'latency', delayMs: 100 });
		// Other tests pay in the next days.
		let days = 6;
		const writings = [
			(url: string) => url,
			(url: string) => url.replace('http', 'HTTP'),
			(url: string) => `${url}/`,
			(url: string) => ` ${url}\u200B`,
			(url: string) => url.replace('/public', '/x/../public'),
		];
		await holds(15, fc.nat(4), fc.nat(4), async (first, second) => {
			const nth = on.next();
			const executionDate = dayAfter((days += 1));
			const settings = on.paying('={{ $json.reference }}', [PLAIN], {
				executionDate,
				bankDay: 'keep',
				additionalFields: { limitPerDay: '15' },
				options: { ...UNCHECKED, itemsAtOnce: 2 },
			});
			const items = both(first, second, (how, index) => ({
				reference: `URL-${nth}-${index}`,
				url: writings[how](on.bench.sandbox.finvisUrl),
			}));
			const made = await on.bench.finvis({ baseUrl: '={{ $json.url }}' }).run({ ...settings, onError: 'continueRegularOutput' }, items);
			expect(saidBy(made).sort()).toEqual(['created', undefined]);
			on.expected += 1;
		});
		on.bench.sandbox.admin.faults.clear();
	});
});

describe('controls', () => {
	test('a control total is an amount', async () => {
		await holds(25, pairs.amounts(5_000), async ({ one, other, isSame }) => {
			const settings = on.paying(`TOTAL-${on.next()}`, [{ ...PLAIN, amount: one }], { additionalFields: { expectedTotal: other } });
			const before = on.writes();
			const made = await on.bench.finvis().run(settings);
			if (isSame) expect(saidBy(made)).toEqual(['created']);
			else expect([made.error?.message, on.writes()]).toEqual([expect.stringContaining('The payments come to'), before]);
			on.expected += isSame ? 1 : 0;
		});
	});

	test('two people are two, however they are written, and an ID has no case', async () => {
		let submitted = 0;
		await holds(25, pairs.people, fc.boolean(), async ({ one, other, isSame }, isUpper) => {
			const made = await on.bench.finvis().run(on.paying(`EYES-${on.next()}`, [PLAIN]));
			const id = String(made.json[0].id);
			const submit = (of: string, controls: IDataObject) => ({
				resource: 'paymentBatch',
				operation: 'submit',
				parameters: { paymentBatch: byId(of), additionalFields: controls } as never,
			});
			const before = on.writes();
			const first = await on.bench.finvis().run(submit(id, { preparedBy: one, approvedBy: other }));
			expect(saidBy(first)).toEqual([isSame ? 'The person who prepared this may not approve it' : 'accepted']);
			expect(on.writes() - before).toBe(isSame ? 0 : 1);
			on.expected += 1;
			if (isSame) return;
			submitted += 1;
			const again = await on.bench.finvis().run(submit(isUpper ? id.toUpperCase() : id, {}));
			expect([...saidBy(again), on.writes() - before]).toEqual(['found', 1]);
		});
		expect(await on.booked({ drafts: false })).toBe(submitted);
		on.expected -= submitted;
	});
});
