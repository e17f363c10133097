/**
 * Situations in which a write was once executed twice, called done without being done, or refused without reason. Each runs the
 * layers of the real write path against a vendor model that behaves so.
 */
import { checkPeople } from '../../../nodes/Finvis/controls/checks';
import { finvisConnection } from '../../../nodes/Finvis/connection';
import { UserError } from '../../../nodes/shared/core/userError';
import { reference as referenceField } from '../../../nodes/shared/fields/reference';
import { keyOf, referenceKey } from '../../../nodes/shared/writes/idempotencyKey';
import { rowsOf } from '../../simulation/vendors/bench';
import { CLIENT, DAY, MINUTE, type Said, WriteBench } from './writeBench';

const benches: WriteBench[] = [];
afterEach(() => {
	for (const bench of benches.splice(0)) bench.end();
});
function vendor(api: 'fondo' | 'finvis', positions: readonly string[] = [], options: ConstructorParameters<typeof WriteBench>[2] = {}) {
	const bench = new WriteBench(api, positions, options);
	benches.push(bench);
	return bench;
}

const OTHER_ACCOUNT = 'SE4550000000058398257466';
const ACCOUNT = '49ad7378-121c-4a53-9894-dfd14a7b4877';
const payee = (amount: string, creditorAccount = 'SE3550000000054910000003') => ({
	amount,
	creditorName: 'Nordic Supplies AB',
	creditorAccountType: 'iban',
	creditorAccount,
});
const batch = (reference: string, ...payments: ReadonlyArray<ReturnType<typeof payee>>) =>
	['paymentBatch.create', { reference, payments: payments.length > 0 ? payments : [payee('100.00')] }] as const;
const deposits = (reference: string, ...references: ReadonlyArray<string | undefined>) =>
	[
		'paymentInstruction.create',
		{ reference, payments: references.map((clientRef) => ({ account: ACCOUNT, amount: 110, clientRef })) },
	] as const;
const order = (reference: string, more: object = {}) => ['order.create', { reference, ...more }] as const;
const payout = (reference: string, more: object = {}) => ['account.payOut', { reference, ...more }] as const;

const outcomes = (...said: readonly Said[]) => said.map(({ outcome }) => outcome);
const SENT_BEFORE = / was sent before, and The API does not show it$/;
const USED = / was already used for something else$/;

/** Nothing that could make a user pay a second time. */
function expectSafe({ message, advice }: Said) {
	expect(`${message} ${advice}`).not.toMatch(/new reference|own reference/i);
}

describe('what a list shows late or never', () => {
	test('a payout that the list shows only when the bank has executed it is sent once, and found when it shows', async () => {
		const bench = vendor('fondo', ['payouts-listed-late']);
		const first = await bench.write(...payout('PAY-1'));
		await bench.after(11 * MINUTE);
		const soon = await bench.write(...payout('PAY-1'));
		await bench.after(5 * DAY);
		const later = await bench.write(...payout('PAY-1'), { process: 1 });
		expect(outcomes(first, soon, later)).toEqual(['created', 'unknown', 'found']);
		expect(soon.message).toMatch(SENT_BEFORE);
		expect(soon.advice).toContain('said that it executed it');
		expectSafe(soon);
		expect(bench.count()).toBe(1);
	});

	test.each(['references-cut-20', 'references-upper-case', 'references-never-shown'])(
		'a reference that Fondo changes is sent once: %s',
		async (position) => {
			const bench = vendor('fondo', [position]);
			const reference = 'supplier-invoice-2026-000042';
			const first = await bench.write(...order(reference));
			await bench.after(11 * MINUTE);
			const repeats = [await bench.write(...order(reference)), await bench.write(...order(reference), { process: 1 })];
			expect(first.outcome).toBe('created');
			for (const { outcome } of repeats) expect(['found', 'unknown']).toContain(outcome);
			repeats.forEach(expectSafe);
			expect(bench.count()).toBe(1);
		},
	);

	test('an order that the list leaves out after 30 days is not sent again after 40', async () => {
		const bench = vendor('fondo', ['fondo-lists-without-old']);
		await bench.write(...order('INV-1'));
		await bench.after(40 * DAY);
		const later = [await bench.write(...order('INV-1')), await bench.write(...order('INV-1'), { process: 1 })];
		// This process knows the ID and reads the order by it.
		expect(outcomes(...later)).toEqual(['found', 'unknown']);
		expect(later[1].advice).toContain('It was sent on 2026-01-05 (UTC), and The API said that it executed it.');
		later.forEach(expectSafe);
		expect(bench.count()).toBe(1);
	});

	test.each([0, 1] as const)('an instruction whose deposits show in öre is not called another one, by process %i', async (process) => {
		const bench = vendor('fondo', ['fondo-amounts-in-minor-units']);
		const first = await bench.write(...deposits('INV-1', undefined));
		await bench.after(5 * DAY);
		const later = await bench.write(...deposits('INV-1', undefined), { process });
		expect(outcomes(first, later)).toEqual(['unknown', 'unknown']);
		expect(later.advice).toContain('a hundred times as much, as if it were counted in öre');
		expectSafe(later);
		expect(bench.count()).toBe(1);
	});

	test('an order list that ignores where to start proves nothing: nothing is sent twice', async () => {
		const bench = vendor('fondo', ['start-ignored', 'fondo-own-page-size']);
		for (let number = 1; number <= 25; number += 1)
			bench.world.vendor.handle(
				{
					method: 'POST',
					path: `/v2/partner/client/${CLIENT}/order`,
					query: {},
					headers: {},
					body: { orderType: 'subscription', account: ACCOUNT, instrument: 'SE0001862426SEK', amount: number, clientRef: `OLD-${number}` },
				},
				bench.world.now + number,
			);
		const before = bench.count();
		const said = await bench.write(...order('OLD-25', { amount: 25 }), { process: 1 });
		expect(['created', 'found', 'replayed', 'accepted']).not.toContain(said.outcome);
		expect(bench.count()).toBe(before);
	});

	test('500 after the effect and a list that is behind: two items of one run make one order', async () => {
		const bench = vendor('fondo', ['fondo-500-after-effect', 'fondo-rows-11-minutes-late']);
		const run = [await bench.write(...order('INV-1')), await bench.write(...order('INV-1'))];
		await bench.after(20 * MINUTE);
		run.push(await bench.write(...order('INV-1')));
		expect(outcomes(...run)).toEqual(['unknown', 'unknown', 'found']);
		expect(bench.count()).toBe(1);
	});

	test('a batch list that answers 404 beyond its last page is read to its end', async () => {
		const bench = vendor('finvis', ['finvis-404-beyond-the-end']);
		for (let number = 1; number <= 60; number += 1) await bench.write(...batch(`OLD-${number}`));
		const again = await bench.write(...batch('OLD-31'), { process: 1 });
		expect(again.outcome).toBe('found');
		expect(bench.count()).toBe(60);
	});

	test('a batch is found in a list that has grown beyond its first page', async () => {
		const bench = vendor('finvis');
		for (let number = 1; number <= 202; number += 1) await bench.write(...batch(`OLD-${number}`));
		const again = await bench.write(...batch('OLD-202'));
		expect(again.outcome).toBe('found');
		expect(bench.count()).toBe(202);
	});

	test.each(['fondo-silent-cap', 'fondo-own-page-size'])('payments go on with a page size of the vendor: %s', async (position) => {
		const bench = vendor('fondo', [position]);
		const first = await bench.write(...order('INV-1'));
		const again = await bench.write(...order('INV-1'), { process: 1 });
		expect(outcomes(first, again)).toEqual(['created', 'found']);
		expect(bench.count()).toBe(1);
	});
});

describe('two processes', () => {
	test('each of many references that both send at once, with a lost answer, is executed once', async () => {
		const bench = vendor('fondo', [], { isShared: true });
		for (let number = 1; number <= 40; number += 1) {
			const fault = number % 2 === 0 ? ('lost after' as const) : undefined;
			await bench.together(
				[...order(`INV-${number}`), { process: 0, fault }],
				[...order(`INV-${number}`), { process: 1 }],
				[...order(`OTHER-${number}`), { process: 1 }],
			);
			await bench.write(...order(`INV-${number}`), { process: 1 });
		}
		const executed = bench.world.vendor.effects().map(({ reference }) => reference);
		expect(executed.filter((one, index) => executed.indexOf(one) !== index)).toEqual([]);
	});
});

describe('another payment under a used reference', () => {
	test.each([
		['the answer of the first call comes from a cache', ['cached-answers'], 0],
		['the client may not read batches', ['finvis-lists-forbidden', 'cached-answers'], 0],
		['the client may not read batches, in another process', ['finvis-lists-forbidden', 'cached-answers'], 1],
		['the list is behind, in another process', ['finvis-rows-11-minutes-late', 'cached-answers'], 1],
	] as const)('is refused before anything is sent, when %s', async (_, positions, process) => {
		const bench = vendor('finvis', positions);
		const first = await bench.write(...batch('INV-1', payee('100.00')));
		const second = await bench.write(...batch('INV-1', payee('999.00', OTHER_ACCOUNT)), { process });
		expect(outcomes(first, second)).toEqual(['created', 'refused']);
		expect(second.message).toMatch(USED);
		expect(bench.count()).toBe(1);
		expect(bench.calls.filter((route) => route === 'POST /payments/batches/')).toHaveLength(1);
	});

	test('a first call that was lost and never executed is not called found when it is repeated after another', async () => {
		const bench = vendor('finvis');
		const said = [
			await bench.write(...batch('INV-1', payee('100.00')), { fault: 'lost before' }),
			await bench.write(...batch('INV-1', payee('100.00', OTHER_ACCOUNT))),
			await bench.write(...batch('INV-1', payee('100.00'))),
		];
		expect(outcomes(...said)).toEqual(['unknown', 'refused', 'unknown']);
		expect(bench.count()).toBe(0);
	});

	test('after a refusal the reference is free for the corrected payment', async () => {
		const bench = vendor('finvis', [], {
			refuses: (_operation, { payments }) => (JSON.stringify(payments).includes('666.00') ? 'Too much' : undefined),
		});
		const wrong = await bench.write(...batch('INV-1', payee('666.00')));
		const right = await bench.write(...batch('INV-1', payee('100.00')));
		expect(outcomes(wrong, right)).toEqual(['rejected', 'created']);
	});
});

describe('references that the node derives', () => {
	test('payments of one instruction are not taken for another instruction, or for a batch of a longer name', async () => {
		const fondo = vendor('fondo');
		await fondo.write(...deposits('SAVE-2026-03', undefined, undefined));
		await fondo.after(4 * DAY);
		expect((await fondo.write(...deposits('SAVE-2026-03-1', undefined))).outcome).toBe('created');
		expect(fondo.count()).toBe(2);
		fondo.end();

		const finvis = vendor('finvis');
		await finvis.write(...batch('INV (42)'));
		const [at, values] = batch('42');
		expect((await finvis.write(at, { ...values, name: 'Rent (March)' })).outcome).toBe('created');
		expect((await finvis.write(...batch('March'))).outcome).toBe('created');
		expect(finvis.count()).toBe(3);
	});

	test.each(['SAVE-2026-03+1', 'SAVE+12', ' SAVE+1 '])('the reference %p cannot be typed', (typed) => {
		expect(referenceField.read(typed, { timezone: 'Europe/Stockholm' })).toBeInstanceOf(UserError);
	});

	test('two payments of one instruction with one reference are refused', async () => {
		const bench = vendor('fondo');
		const said = await bench.write(...deposits('SAVE-1', 'SPAR-1', 'SPAR-1'));
		expect(said).toMatchObject({ outcome: 'refused', message: "Two payments have the reference 'SPAR-1'" });
		expect(bench.count()).toBe(0);
	});

	test.each([0, 1] as const)('a payment reference that another instruction has used is refused, in process %d', async (process) => {
		const bench = vendor('fondo');
		await bench.write(...deposits('SAVE-1', 'SPAR-1', 'SPAR-2'));
		const said = await bench.write(...deposits('SAVE-2', 'SPAR-2', 'SPAR-3'), { process });
		expect(said).toMatchObject({ outcome: 'refused', message: "The reference 'SPAR-2' was already used for something else" });
		expect(bench.count()).toBe(1);
	});

	test('one reference moves money once, over operations and clients; the scope of one operation is the way out', async () => {
		const bench = vendor('fondo');
		const other = { client: '22222222-2222-4222-8222-222222222222' };
		const said = [
			await bench.write(...order('INV-1')),
			await bench.write(...payout('INV-1')),
			await bench.write(...order('INV-1', other)),
			await bench.write(...deposits('INV-1', undefined)),
		];
		expect(outcomes(...said)).toEqual(['created', 'refused', 'refused', 'refused']);
		expect(bench.count()).toBe(1);
		const more = { referenceScope: 'operation' as const };
		const scoped = [await bench.write(...order('INV-2'), { more }), await bench.write(...order('INV-2', other), { more })];
		expect(outcomes(...scoped)).toEqual(['created', 'created']);
		expect((await bench.write(...order('INV-2'), { more })).outcome).toBe('found');
	});
});

describe('a difference in writing is no difference of payment', () => {
	test.each([
		['finvis-days-with-time'],
		['finvis-days-with-zone'],
		['finvis-codes-lower-case'],
		['finvis-ids-upper-case'],
		['finvis-amounts-with-exponent'],
		['finvis-amounts-as-number'],
		['batches-show-payments-in-another-order'],
	])('a batch is found where Finvis writes otherwise: %s', async (position) => {
		const bench = vendor('finvis', [position]);
		const [at, values] = batch('INV-1', payee('100.00'), payee('10.00', OTHER_ACCOUNT));
		const turned = { ...values, payments: [...values.payments].reverse() };
		const said = [
			await bench.write(at, values),
			await bench.write(at, values),
			await bench.write(at, values, { process: 1 }),
			// Rows of a sheet come in another order.
			await bench.write(at, turned, { process: 1 }),
		];
		expect(outcomes(...said)).toEqual(['created', 'found', 'found', 'found']);
		expect(bench.count()).toBe(1);
	});

	test.each(['personal-numbers-twelve-digits', 'fondo-amounts-as-text', 'fondo-codes-upper-case', 'fondo-ids-upper-case'])(
		'a payout is found where Fondo writes otherwise: %s',
		async (position) => {
			const bench = vendor('fondo', [position]);
			const said = [
				await bench.write(...payout('PAY-1')),
				await bench.write(...payout('PAY-1')),
				await bench.write(...payout('PAY-1'), { process: 1 }),
			];
			expect(outcomes(...said)).toEqual(['created', 'found', 'found']);
			expect(bench.count()).toBe(1);
		},
	);
});

describe('a clear no', () => {
	test('to a second update of a client is rejected, not unknown', async () => {
		let isOpen = true;
		const bench = vendor('fondo', [], { refuses: () => (isOpen ? undefined : 'Not today') });
		const update = { client: CLIENT, name: 'New name' };
		const first = await bench.write('client.update', update);
		isOpen = false;
		const second = await bench.write('client.update', update);
		expect(outcomes(first, second)).toEqual(['accepted', 'rejected']);
	});

	test('to a batch that is submitted already is found, when the key is forgotten', async () => {
		const bench = vendor('finvis', ['keys-forgotten-after-30-seconds']);
		const { body } = await bench.write(...batch('INV-1'));
		const submit = ['paymentBatch.submit', { paymentBatch: String(body.id) }] as const;
		const first = await bench.write(...submit);
		await bench.after(2 * DAY);
		const again = [await bench.write(...submit), await bench.write(...submit, { process: 1 })];
		expect(outcomes(first, ...again)).toEqual(['accepted', 'found', 'found']);
		expect(bench.executed().filter((route) => route.endsWith('/submit'))).toHaveLength(1);
	});

	test.each(['fondo-success-false', 'fondo-errors-in-200'])('in the body of a 200 is no success: %s', async (position) => {
		const bench = vendor('fondo', [position], { refuses: () => 'Not allowed' });
		const said = await bench.write(...order('INV-1'));
		expect(said.outcome).toBe('rejected');
		expect(bench.count()).toBe(0);
	});

	test('to a reference that we used, while the list is behind, is never called rejected', async () => {
		const bench = vendor('fondo', ['used-references-409', 'fondo-rows-11-minutes-late']);
		const first = await bench.write(...order('INV-1'));
		const soon = [await bench.write(...order('INV-1')), await bench.write(...order('INV-1'), { process: 1 })];
		await bench.after(12 * MINUTE);
		const later = await bench.write(...order('INV-1'), { process: 1 });
		expect(outcomes(first, ...soon, later)).toEqual(['created', 'found', 'unknown', 'found']);
		soon.forEach(expectSafe);
		expect(bench.count()).toBe(1);
	});
});

describe('controls and rehearsal', () => {
	test('ten batches at the same time do not pass a limit per day together', async () => {
		const bench = vendor('finvis');
		const more = { controls: { limitPerDay: '100' } };
		const said = await bench.together(
			...Array.from({ length: 10 }, (_, index) => [...batch(`INV-${index}`, payee('60.00')), { more }] as const),
		);
		expect(outcomes(...said).sort()).toEqual(['created', ...Array.from({ length: 9 }, () => 'refused')]);
		expect(bench.count()).toBe(1);
	});

	test.each([
		['anna.ekonomi@example.se', 'Anna Ekonomi <anna.ekonomi@example.se>'],
		['anna.ekonomi@example.se', 'mailto:anna.ekonomi@example.se'],
		['anna.ekonomi@example.se;', 'ANNA.EKONOMI@example.se'],
		['finvis-demo', 'finvis-demo@example.se'],
		['anna@example.se', 'аnna@example.se'],
		['undefined', 'bo@example.se'],
	])('%s and %s are not two people', (preparedBy, approvedBy) => {
		expect(() => checkPeople({ approvedBy }, [preparedBy])).toThrow(UserError);
	});

	test('two addresses are two people', () => {
		expect(() => checkPeople({ approvedBy: 'Bo Chef <bo@example.se>' }, ['anna@example.se'])).not.toThrow();
	});

	test('a rehearsal checks controls as the real run does, and leaves no mark', async () => {
		const bench = vendor('finvis');
		const { body } = await bench.write(...batch('INV-1'));
		const submit = ['paymentBatch.submit', { paymentBatch: String(body.id) }] as const;
		const same = { controls: { approvedBy: 'anna@example.se', preparedBy: 'Anna <anna@example.se>' } };
		const wrong = { controls: { expectedTotal: '1.00' } };
		const said = [
			await bench.write(...submit, { rehearsal: true, more: same }),
			await bench.write(...submit, { rehearsal: true, more: wrong }),
			await bench.write(...submit, { rehearsal: true }),
			await bench.write(...submit, { rehearsal: true }),
			await bench.write(...submit),
		];
		expect(outcomes(...said)).toEqual(['refused', 'refused', 'rehearsed', 'rehearsed', 'accepted']);
	});
});

describe('what it costs', () => {
	test('the first write of a process reads the history, a later one reads only what is new', async () => {
		const bench = vendor('fondo');
		for (let number = 1; number <= 150; number += 1) await bench.write(...order(`OLD-${number}`));
		const callsOf = async (reference: string, process: 0 | 1) => {
			const before = bench.calls.length;
			expect((await bench.write(...order(reference), { process })).outcome).toBe('created');
			return bench.calls.length - before;
		};
		await callsOf('NEW-1', 1);
		// Two lists, and the order.
		expect(await callsOf('NEW-2', 1)).toBe(3);
		expect(await callsOf('NEW-3', 0)).toBe(3);
	});

	test.each([
		['fondo', order],
		['finvis', batch],
	] as const)('a page size that %s refuses is halved, once for a connection', async (api, write) => {
		const bench = vendor(api, [`${api}-page-size-refused`]);
		const calls: number[] = [];
		for (const number of [1, 2, 3]) {
			const before = bench.calls.length;
			const [at, values] = write(`INV-${number}`);
			expect((await bench.write(at, values)).outcome).toBe('created');
			calls.push(bench.calls.length - before);
		}
		expect(calls[0]).toBeGreaterThan(calls[1]);
		expect(calls[1]).toBeLessThanOrEqual(4);
	});

	test('the day of a send long ago is found, and a full memory loses at most 45 marks by it', async () => {
		const bench = vendor('fondo', ['references-never-shown']);
		await bench.write(...order('INV-1'));
		await bench.after(300 * DAY);
		let largest = 0;
		const { writeRow } = bench.world;
		bench.world.writeRow = (row) => {
			largest = Math.max(largest, row.length);
			writeRow(row);
		};
		const before = bench.world.readRow().length;
		expect((await bench.write(...order('INV-1'), { process: 1 })).advice).toContain('It was sent on 2026-01-05 (UTC)');
		expect(largest - before).toBeLessThanOrEqual(45);
	});

	test('each order leaves the same few marks, and a refused one none', async () => {
		const bench = vendor('fondo', [], { refuses: (_operation, { amount }) => (amount === 666 ? 'Too much' : undefined) });
		const grown: number[] = [];
		for (let number = 1; number <= 5; number += 1) {
			const before = bench.world.readRow().length;
			await bench.write(...order(`INV-${number}`));
			grown.push(bench.world.readRow().length - before);
		}
		expect(new Set(grown).size).toBe(1);
		expect(grown[0]).toBeLessThanOrEqual(5);
		const before = bench.world.readRow().length;
		expect((await bench.write(...order('INV-6', { amount: 666 }))).outcome).toBe('rejected');
		expect(bench.world.readRow()).toHaveLength(before);
	});
});

describe('Validate Only', () => {
	const check = (reference: string) => ['order.create', { reference, validateOnly: true }] as const;

	test.each(['validate-only-executes', 'validate-only-answers-an-order'])(
		'that is answered with an order counts as executed: %s',
		async (position) => {
			const bench = vendor('fondo', [position]);
			const said = await bench.write(...check('INV-1'));
			expect(said.outcome).not.toBe('validated');
			expect(said.message).toContain('although only a check was asked for');
			const effects = bench.count();
			const again = await bench.write(...order('INV-1'));
			expect(again.outcome).not.toBe('created');
			expect(bench.count()).toBe(effects);
		},
	);

	test('that is answered with valid: false is a refusal', async () => {
		const bench = vendor('fondo', ['validate-only-answers-invalid-in-200'], { refuses: () => 'Not allowed' });
		expect((await bench.write(...check('INV-1'))).outcome).toBe('rejected');
	});

	test('that was good leaves the reference free for the order', async () => {
		const bench = vendor('fondo');
		const said = [await bench.write(...check('INV-1')), await bench.write(...order('INV-1'))];
		expect(outcomes(...said)).toEqual(['validated', 'created']);
		expect(bench.count()).toBe(1);
	});
});

describe('keys and names of batches', () => {
	test.each(['names-cut-20', 'names-trimmed', 'names-changed', 'names-dropped', 'names-changed-by-a-person', 'names-upper-case'])(
		'a batch whose key is forgotten is made once, whatever becomes of its name: %s',
		async (position) => {
			const bench = vendor('finvis', ['keys-forgotten-after-a-day', position]);
			const first = await bench.write(...batch('supplier-invoices-2026-week-10'));
			await bench.after(2 * DAY);
			const again = [
				await bench.write(...batch('supplier-invoices-2026-week-10')),
				await bench.write(...batch('supplier-invoices-2026-week-10'), { process: 1 }),
			];
			expect(first.outcome).toBe('created');
			for (const one of again) expect(['found', 'unknown', 'refused']).toContain(one.outcome);
			again.forEach(expectSafe);
			expect(bench.count()).toBe(1);
		},
	);

	test('two items of a run under one reference make one batch where keys are ignored', async () => {
		const bench = vendor('finvis', ['keys-ignored']);
		const said = await bench.together(batch('INV-1'), batch('INV-1'));
		expect(outcomes(...said).sort()).toEqual(['created', 'found']);
		expect(bench.count()).toBe(1);
	});

	test('a batch is submitted and approved once where Finvis would do it again', async () => {
		const bench = vendor('finvis', ['acts-again-executed', 'keys-forgotten-after-30-seconds']);
		const { body } = await bench.write(...batch('INV-1'));
		const submit = ['paymentBatch.submit', { paymentBatch: String(body.id) }] as const;
		for (const process of [0, 0, 1] as const) {
			await bench.write(...submit, { process });
			await bench.after(10 * MINUTE);
		}
		const pending = { method: 'GET', path: '/approvals/pending', query: {}, headers: { 'x-tenant-id': 'tenant' } };
		const [approval] = rowsOf(bench.world.vendor.handle(pending, bench.world.now).body);
		for (const process of [0, 0, 1] as const) {
			await bench.write('approval.approve', { approval: String(approval.id) }, { process });
			await bench.after(10 * MINUTE);
		}
		expect(bench.executed().map((route) => route.split('/').at(-1))).toEqual(['', 'submit', 'approve']);
	});

	test('a vendor that wants a UUID of version 4 as key takes ours', async () => {
		const bench = vendor('finvis', ['keys-want-uuid-v4']);
		expect((await bench.write(...batch('INV-1'))).outcome).toBe('created');
		const connection = finvisConnection({ environment: 'sandbox', clientId: 'a', clientSecret: 'b', tenantMode: 'own' });
		expect(keyOf(connection, bench.request(...batch('INV-1')))).toMatch(
			/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
		);
	});

	test.each(['finvis-newest-first', undefined])('a batch is found beside a copy of its name for another payee: %s', async (position) => {
		const bench = vendor('finvis', ['drafts-planted-by-others', ...(position === undefined ? [] : [position])]);
		const said = [
			await bench.write(...batch('INV-1')),
			await bench.write(...batch('INV-1')),
			await bench.write(...batch('INV-1'), { process: 1 }),
		];
		expect(outcomes(...said)).toEqual(['created', 'found', 'found']);
		expect(new Set(said.map(({ body }) => body.id)).size).toBe(1);
		expect(bench.count()).toBe(1);
	});

	test('an approval whose answer is lost is accepted where its batch is approved', async () => {
		const bench = vendor('finvis');
		const { body } = await bench.write(...batch('INV-1'));
		await bench.write('paymentBatch.submit', { paymentBatch: String(body.id) });
		const pending = { method: 'GET', path: '/approvals/pending', query: {}, headers: { 'x-tenant-id': 'tenant' } };
		const [{ id }] = rowsOf(bench.world.vendor.handle(pending, bench.world.now).body);
		const approve = ['approval.approve', { approval: String(id) }] as const;
		const said = [await bench.write(...approve, { fault: 'lost after' }), await bench.write(...approve)];
		expect(outcomes(...said)).toEqual(['accepted', 'found']);
		expect(bench.executed().filter((route) => route.endsWith('/approve'))).toHaveLength(1);
	});

	/** A pending approval of a new batch. */
	async function approvalIn(bench: WriteBench, reference: string) {
		const { body } = await bench.write(...batch(reference));
		await bench.write('paymentBatch.submit', { paymentBatch: String(body.id) });
		const pending = { method: 'GET', path: '/approvals/pending', query: {}, headers: { 'x-tenant-id': 'tenant' } };
		const rows = rowsOf(bench.world.vendor.handle(pending, bench.world.now).body);
		return String(rows.find(({ object_id: batchId }) => batchId === body.id)?.id);
	}

	test.each([
		['lost after', 'found', 2],
		['lost before', 'unknown', 1],
	] as const)('an approval whose answer was %s and whose process ended is %s by its own batch', async (fault, outcome, approvals) => {
		const bench = vendor('finvis');
		const [other, id] = [await approvalIn(bench, 'INV-1'), await approvalIn(bench, 'INV-2')];
		await bench.write('approval.approve', { approval: other });
		await bench.write('approval.approve', { approval: id }, { fault });
		// The process ended before it kept what it had seen.
		const key = referenceKey('127.0.0.1:4020', 'partner', id, 'POST /approvals/{id}/approve');
		await bench.world.run(bench.processes[0].memory().forget([`${key} done`]));
		const said = await bench.write('approval.approve', { approval: id }, { process: 1 });
		expect(said.outcome).toBe(outcome);
		expect(bench.executed().filter((route) => route.endsWith('/approve'))).toHaveLength(approvals);
	});

	test('a cancellation whose refusal came with status 200 and lost its body is not accepted', async () => {
		const bench = vendor('fondo', ['fondo-errors-in-200']);
		const { body } = await bench.write(...order('INV-1'));
		await bench.after(3 * DAY);
		const said = await bench.write('order.cancel', { order: String(body.id) }, { fault: 'empty after' });
		expect(said.outcome).toBe('unknown');
		expect(bench.executed().some((route) => route.startsWith('DELETE '))).toBe(false);
	});

	test.each(['fondo-success-false', 'fondo-errors-in-200'])(
		'a second cancellation to which the API says no is accepted, not created: %s',
		async (position) => {
			const bench = vendor('fondo', [position]);
			const { body } = await bench.write(...order('INV-1'));
			const said = await bench.write('order.cancel', { order: String(body.id) }, { fault: 'lost after' });
			expect([said.outcome, said.receipt.outcome]).toEqual(['accepted', 'accepted']);
		},
	);

	test('a draft of the same name that somebody else planted is not ours', async () => {
		const bench = vendor('finvis', ['drafts-planted-by-others']);
		const said = [await bench.write(...batch('INV-1')), await bench.write(...batch('INV-1'), { process: 1 })];
		for (const { outcome, receipt } of said) if (outcome === 'created' || outcome === 'found') expect(receipt.madeHere).toBe(true);
		expect(bench.count()).toBeLessThanOrEqual(1);
	});
});

describe('what the receipt says about what is shown', () => {
	test.each([
		['references-cut-20', 'supplier-invoice-202'],
		['references-upper-case', 'SUPPLIER-INVOICE-2026-000042'],
		['references-never-shown', null],
	])('a reference that the first answer shows otherwise: %s', async (position, shown) => {
		const bench = vendor('fondo', [position]);
		const first = await bench.write(...order('supplier-invoice-2026-000042'));
		expect(first).toMatchObject({ outcome: 'created', receipt: { referenceShownAs: shown } });
	});

	test.each([
		['names-cut-20', 'supplier-invoices-20'],
		['names-dropped', null],
	])('a name of a batch that the first answer shows otherwise: %s', async (position, shown) => {
		const bench = vendor('finvis', [position]);
		const first = await bench.write(...batch('supplier-invoices-2026-week-10'));
		expect(first).toMatchObject({ outcome: 'created', receipt: { referenceShownAs: shown } });
	});

	test('nothing, where the reference and the status are as they should be', async () => {
		for (const [api, [at, values]] of [
			['fondo', order('INV-1')],
			['finvis', batch('INV-1')],
		] as const) {
			const bench = vendor(api);
			for (const said of [await bench.write(at, values), await bench.write(at, values)]) {
				expect(said.receipt).not.toHaveProperty('referenceShownAs');
				expect(said.receipt).not.toHaveProperty('statusNotKnown');
			}
			bench.end();
		}
	});

	test.each([
		['fondo', 'orders-of-unknown-status', order('INV-1')],
		['finvis', 'batches-of-unknown-status', batch('INV-1')],
	] as const)('a status that this version of %s does not know: %s', async (api, position, [at, values]) => {
		const bench = vendor(api, [position]);
		await bench.write(at, values);
		const again = await bench.write(at, values, { process: 1 });
		expect(again).toMatchObject({ outcome: 'found', receipt: { statusNotKnown: 'parked' } });
	});
});

describe('what ended without being executed', () => {
	test.each(['orders-rejected', 'orders-rejected-in-capitals', 'orders-declined', 'orders-expired', 'orders-canceled', 'orders-cancelled'])(
		'an order is not found, and not sent again: %s',
		async (position) => {
			const bench = vendor('fondo', [position]);
			await bench.write(...order('INV-1'));
			await bench.after(2 * 60 * MINUTE);
			const again = [await bench.write(...order('INV-1')), await bench.write(...order('INV-1'), { process: 1 })];
			for (const one of again) expect(one).toMatchObject({ outcome: 'refused', message: "What Fondo has under 'INV-1' was cancelled" });
			expect(bench.count()).toBe(1);
		},
	);

	test.each([
		'batches-rejected',
		'batches-rejected-in-capitals',
		'batches-declined',
		'batches-expired',
		'batches-canceled',
		'batches-cancelled',
	])('a batch is not found, and not made again: %s', async (position) => {
		const bench = vendor('finvis', [position]);
		await bench.write(...batch('INV-1'));
		await bench.after(2 * 60 * MINUTE);
		const again = [await bench.write(...batch('INV-1')), await bench.write(...batch('INV-1'), { process: 1 })];
		for (const one of again) expect(one.message).toMatch(/^The batch of 'INV-1' is there already, with the status '/);
		expect(bench.count()).toBe(1);
	});
});

describe('a payment instruction without an object in its answer', () => {
	test.each([
		['fondo-answers-204', 'created'],
		['fondo-answers-202', 'created'],
		['fondo-answers-302', 'unknown'],
		['fondo-answers-303', 'created'],
		['fondo-answers-text', 'unknown'],
	])('is handed over once, and nothing advises what can double: %s', async (position, outcome) => {
		const bench = vendor('fondo', [position]);
		const first = await bench.write(...deposits('SAVE-1', undefined, undefined));
		const soon = [
			await bench.write(...deposits('SAVE-1', undefined, undefined)),
			await bench.write(...deposits('SAVE-1', undefined, undefined), { process: 1 }),
		];
		await bench.after(4 * DAY);
		const later = await bench.write(...deposits('SAVE-1', undefined, undefined), { process: 1 });
		expect(first.outcome).toBe(outcome);
		for (const one of soon) expect(['unknown', 'found']).toContain(one.outcome);
		[first, ...soon].forEach(expectSafe);
		expect(later.outcome).toBe('found');
		expect(bench.count()).toBe(1);
	});
});
