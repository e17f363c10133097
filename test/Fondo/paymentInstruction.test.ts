import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clock } from '../../nodes/shared/core/clock';
import { until } from '../sandbox/caller';
import { anotherProcess, type AnotherProcess } from '../support/anotherProcess';
import { memoryRows } from '../support/n8n';
import { useBench } from '../support/sandbox';
import { byId, seeded, type Seeded } from '../support/samples';

const bench = useBench();
let other: AnotherProcess;
let seed: Seeded;
const { sleep } = clock;

beforeAll(async () => {
	seed = await seeded(bench);
	other = anotherProcess(bench);
	clock.sleep = async () => {};
});
beforeEach(() => bench.sandbox.admin.faults.clear());
afterAll(async () => {
	clock.sleep = sleep;
});

const create = (changed: object = {}) => ({
	resource: 'paymentInstruction',
	operation: 'create',
	parameters: {
		client: byId(seed.client),
		payments: { rows: [{ account: seed.accounts[0], amount: 110 }] },
		reference: '={{ $json.reference }}',
		...changed,
	} as INodeParameters,
});
const moved = (reference: string) => bench.sandbox.admin.ledger().filter((entry) => entry.reference.startsWith(reference));

test('the same reference is handed over once, even by another execution, and reported as found', async () => {
	const first = await bench.fondo().run(create(), [{ reference: 'giro-1' }]);
	expect(first.json[0]).toMatchObject({ status: 'new', receipt: { outcome: 'created', reference: 'giro-1' } });
	const second = await bench.fondo().run(create(), [{ reference: 'giro-1' }, { reference: 'giro-1' }]);
	expect(second.json.map(({ receipt }) => (receipt as { outcome: string }).outcome)).toEqual(['found', 'found']);
	expect(moved('giro-1')).toHaveLength(1);
});

test('the same reference with another amount is refused, and nothing is handed over', async () => {
	await bench.fondo().run(create(), [{ reference: 'giro-0' }]);
	const { error } = await bench
		.fondo()
		.run(create({ payments: { rows: [{ account: seed.accounts[0], amount: 999 }] } }), [{ reference: 'giro-0' }]);
	expect(error?.message).toBe("The reference 'giro-0' was already used for something else");
	expect(moved('giro-0')).toHaveLength(1);
});

test('references that are handed over at the same time are all remembered', async () => {
	const items = Array.from({ length: 8 }, (_, index) => ({ reference: `giro-many-${index}` }));
	const run = async () => await bench.fondo().run(create({ options: { itemsAtOnce: 8 } }), items);
	await Promise.all([run(), run()]);
	const { json } = await run();
	expect(new Set(json.map(({ receipt }) => (receipt as { outcome: string }).outcome))).toEqual(new Set(['found']));
	expect(items.map(({ reference }) => moved(reference).length)).toEqual(items.map(() => 1));
});

describe("n8n's memory, which other processes also write", () => {
	const { read, write } = memoryRows;
	afterEach(() => void Object.assign(memoryRows, { read, write }));
	/** Changes the memory while Fondo handles the call. */
	const meanwhile = async (reference: string, happens: () => void) => {
		bench.sandbox.admin.faults.add({ match: { path: 'createPaymentInstruction' }, times: 1, kind: 'latency', delayMs: 400 });
		const run = bench.fondo().run(create(), [{ reference }]);
		await until(() => bench.sandbox.admin.faults.list().some(({ applied }) => applied > 0));
		happens();
		return await run;
	};
	const outcomeOf = ({ json }: { json: IDataObject[] }) => (json[0].receipt as IDataObject).outcome;

	test('a mark that another process has overwritten is written again', async () => {
		const first = await meanwhile('giro-lost', () => void write('wf-1 node-1', []));
		expect(outcomeOf(first)).toBe('created');
		expect(outcomeOf(await bench.fondo().run(create(), [{ reference: 'giro-lost' }]))).toBe('found');
		expect(moved('giro-lost')).toHaveLength(1);
	});

	test('if the memory fails after the call, the call is reported as done and never repeated', async () => {
		const first = await meanwhile('giro-down', () => {
			memoryRows.write = async () => await Promise.reject(new Error('the database is away'));
		});
		expect(outcomeOf(first)).toBe('created');
		Object.assign(memoryRows, { read, write });
		expect(outcomeOf(await bench.fondo().run(create(), [{ reference: 'giro-down' }]))).toBe('found');
		const again = await other.fondo().run(create(), [{ reference: 'giro-down' }]);
		expect(again.error?.message).toBe("'giro-down' was sent before, and Fondo does not show it");
		expect(again.error?.context.data).toMatchObject({ outcome: 'unknown' });
		expect(moved('giro-down')).toHaveLength(1);
	});

	test('if the memory fails before the call, nothing is sent', async () => {
		memoryRows.write = async () => await Promise.reject(new Error('the database is away'));
		const { error } = await bench.fondo().run(create(), [{ reference: 'giro-away' }]);
		expect(error).toMatchObject({
			message: 'n8n cannot remember what is sent here',
			description: expect.stringMatching(/^Nothing was sent\. Run this again\. If it fails again, save the workflow and read n8n's log/),
		});
		expect(moved('giro-away')).toEqual([]);
	});

	test('if the memory fails while a mark is verified, no mark remains', async () => {
		let writes = 0;
		memoryRows.write = async (row, items) => {
			writes += 1;
			if (writes === 3 || writes === 4) throw new Error('the database is away');
			await write(row, items);
		};
		const { error } = await bench.fondo().run(create(), [{ reference: 'giro-half' }]);
		expect(error?.message).toBe('n8n cannot remember what is sent here');
		expect(moved('giro-half')).toEqual([]);
		expect(outcomeOf(await bench.fondo().run(create(), [{ reference: 'giro-half' }]))).toBe('created');
	});

	test('two processes that record their first key at the same time both continue', async () => {
		let refusals = 1;
		memoryRows.write = async (row, items) => {
			if (refusals-- > 0) throw new Error('duplicate key value violates unique constraint');
			await write(row, items);
		};
		expect(outcomeOf(await bench.fondo().run(create(), [{ reference: 'giro-both' }]))).toBe('created');
		expect(outcomeOf(await bench.fondo().run(create(), [{ reference: 'giro-both' }]))).toBe('found');
	});
});

test('each payment of one instruction has its own reference', async () => {
	const rows = [
		{ account: seed.accounts[0], amount: 10 },
		{ account: seed.accounts[1], amount: 20, clientRef: 'giro-own' },
	];
	await bench.fondo().run(create({ payments: { rows } }), [{ reference: 'giro-2' }]);
	expect([...moved('giro-2'), ...moved('giro-own')].map(({ reference }) => reference)).toEqual(['giro-2+1', 'giro-own']);
});

describe('when its deposits are booked', () => {
	const [one, two] = ['10', '20'].map((amount, index) => ({ account: () => seed.accounts[index], amount }));
	const rowsOf = (...rows: object[]) => ({ payments: { rows } });
	const booked = () => bench.sandbox.admin.clock.advance(3 * 24 * 3600);
	const row = ({ account, amount }: typeof one, clientRef?: string) => ({ account: account(), amount, ...(clientRef && { clientRef }) });

	test('the same reference with another amount is refused as before', async () => {
		await bench.fondo().run(create(), [{ reference: 'giro-booked' }]);
		booked();
		const { error } = await bench.fondo().run(create(rowsOf({ account: seed.accounts[0], amount: 500 })), [{ reference: 'giro-booked' }]);
		expect(error?.message).toBe("The reference 'giro-booked' was already used for something else");
		expect(error?.description).toContain('Fondo shows payment 1 otherwise: amount was 110, now 500. Nothing was sent.');
		// Another node of another process knows only what Fondo shows, and names it.
		const elsewhere = create(rowsOf({ account: seed.accounts[0], amount: 500 }));
		const shown = await other.fondo().run({ ...elsewhere, id: 'another-node' }, [{ reference: 'giro-booked' }]);
		expect(shown.error?.message).toBe("The reference 'giro-booked' was already used for something else");
		expect(shown.error?.description).toContain('amount was 110, now 500');
		expect(moved('giro-booked')).toHaveLength(1);
	});

	test('another instruction does not count as done because one of its payments has a known reference', async () => {
		await bench.fondo().run(create(rowsOf(row(one, 'copied'))), [{ reference: 'giro-5' }]);
		booked();
		const next = create(rowsOf(row(one, 'copied'), row(two, 'new-payment')));
		const { error } = await bench.fondo().run(next, [{ reference: 'giro-6' }]);
		expect(error?.message).toBe("The reference 'copied' was already used for something else");
		// Another node of another process knows only what Fondo shows.
		const elsewhere = await other.fondo().run({ ...next, id: 'another-node' }, [{ reference: 'giro-6' }]);
		expect(elsewhere.error?.message).toBe("Fondo has some payments of 'giro-6' already, but not all");
		expect(elsewhere.error?.description).toMatch(/^There: copied\. Nothing was sent\./);
		expect(moved('new-payment')).toEqual([]);
		const corrected = create(rowsOf(row(one, 'copied-again'), row(two, 'new-payment')));
		expect((await bench.fondo().run(corrected, [{ reference: 'giro-6' }])).json[0]).toMatchObject({ receipt: { outcome: 'created' } });
	});

	test('a reference that looks like a derived one of another instruction is another reference, and a derived one cannot be typed', async () => {
		await bench.fondo().run(create(rowsOf(row(one), row(two))), [{ reference: 'giro-7' }]);
		booked();
		const like = create(rowsOf({ account: seed.accounts[1], amount: 70 }));
		expect((await bench.fondo().run(like, [{ reference: 'giro-7-2' }])).json[0]).toMatchObject({ receipt: { outcome: 'created' } });
		const { error } = await bench.fondo().run(like, [{ reference: 'giro-7+2' }]);
		expect(error?.message).toMatch(/^'Reference': ends with '\+' and a number/);
		expect(moved('giro-7-2')).toHaveLength(1);
	});

	test('an instruction with some payments booked is found by the node that handed it over', async () => {
		const both = create(rowsOf(row(one, 'first-half'), row(two, 'second-half')));
		const made = await bench.fondo().run(both, [{ reference: 'giro-8' }]);
		expect(made.json[0]).toMatchObject({ receipt: { outcome: 'created' } });
		await bench.fondo().run(create(rowsOf(row(one, 'booked-alone'))), [{ reference: 'giro-9' }]);
		booked();
		expect((await bench.fondo().run(both, [{ reference: 'giro-8' }])).json[0]).toMatchObject({ receipt: { outcome: 'found' } });
	});
});

test.each([
	['the answer is cut off after the effect', { kind: 'cut_after' as const }, 1],
	['the call is cut off before the effect', { kind: 'cut_before' as const }, 0],
	['Fondo answers 500', { kind: 'status' as const, status: 500, body: { error: 'server_error' } }, undefined],
])('when %s the outcome is unknown, and no run sends it again', async (name, fault, effects) => {
	const reference = `giro ${name}`;
	bench.sandbox.admin.faults.add({ match: { path: 'createPaymentInstruction' }, times: 1, ...fault });
	const { error } = await bench.fondo().run(create(), [{ reference }]);
	expect(error?.message).toBe(`It is not known whether Fondo executed '${reference}'`);
	const executed = moved(reference).length;
	if (effects !== undefined) expect(executed).toBe(effects);
	const again = await bench.fondo().run(create(), [{ reference }]);
	expect(again.error?.message).toBe(`'${reference}' was sent before, and Fondo does not show it`);
	expect(again.error?.context.data).toMatchObject({ outcome: 'unknown' });
	expect([error, again.error].map((one) => one?.description)).not.toContainEqual(expect.stringContaining('new reference'));
	expect(moved(reference)).toHaveLength(executed);
});

test('a call that Fondo refused can be corrected and sent under the same reference', async () => {
	const wrong = await bench
		.fondo()
		.run(create({ payments: { rows: [{ account: '00000000-0000-4000-8000-000000000000', amount: 110 }] } }), [{ reference: 'giro-3' }]);
	expect(wrong.error?.message).toBe('Fondo did not accept the values');
	const right = await bench.fondo().run(create(), [{ reference: 'giro-3' }]);
	expect(right.json[0]).toMatchObject({ receipt: { outcome: 'created' } });
	expect(moved('giro-3')).toHaveLength(1);
});

test('the deposit of an instruction is found even if n8n has no memory of it', async () => {
	await bench.fondo().run(create(), [{ reference: 'giro-4' }]);
	bench.sandbox.admin.clock.advance(3 * 24 * 3600);
	const known = await bench.fondo().run({ ...create(), id: 'another-node' }, [{ reference: 'giro-4' }]);
	expect(known.json[0]).toMatchObject({ receipt: { outcome: 'found' } });
	const { json } = await other.fondo().run({ ...create(), id: 'another-node' }, [{ reference: 'giro-4' }]);
	expect(json[0]).toMatchObject({ transactionType: 'deposit', clientRef: 'giro-4', receipt: { outcome: 'found' } });
	expect(moved('giro-4')).toHaveLength(1);
});
