import { runSweep } from '../../tools/demo/sweep';
import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf, outputOf, reasonOf, type Execution } from '../../tools/harness/n8n/client';
import type { LedgerEntry } from '../../tools/harness/sandbox';
import { saveSweep } from '../../tools/harness/stack';

const { owner, sandbox } = useStack();

const ACCOUNTS = 3;
const WRITES = ['Subscribe to fund', 'Prepare transfer', 'Submit transfer', 'Approve'];

interface Receipt {
	readonly outcome: string;
	readonly reference: string;
	readonly idempotencyKey: string;
}

const receipts = (execution: Execution, node: string) => jsonOf<{ receipt: Receipt }>(execution, node).map(({ receipt }) => receipt);
const outcomes = (execution: Execution, node: string) => receipts(execution, node).map(({ outcome }) => outcome);
const sweep = async (example: Awaited<ReturnType<typeof saveSweep>>) => await runSweep({ client: owner.client, sandbox }, example);
const of = (entries: readonly LedgerEntry[], kind: string) =>
	entries.filter((entry) => entry.kind === kind).map(({ reference }) => reference);
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

/** Every account was served, and nothing was done twice. */
async function expectOnceEach() {
	const entries = await sandbox.ledger();
	for (const kind of ['order', 'payment']) {
		const references = of(entries, kind);
		expect(references).toHaveLength(ACCOUNTS);
		expect(new Set(references).size).toBe(ACCOUNTS);
	}
	expect(of(entries, 'order').sort()).toEqual(of(entries, 'payment').sort());
	return entries;
}

beforeEach(async () => await owner.newWorld());

describe('sweep idle cash', () => {
	test('two runs with the same references move each order and each payment once', async () => {
		const example = await saveSweep(owner, 'Sweep, twice');
		const first = await sweep(example);
		expect(first.moved).toHaveLength(2 * ACCOUNTS);
		const afterFirst = await expectOnceEach();
		expect(outcomes(first.execution, 'Subscribe to fund')).toEqual(Array(ACCOUNTS).fill('created'));
		expect(outcomes(first.execution, 'Prepare transfer')).toEqual(Array(ACCOUNTS).fill('created'));

		const second = await sweep(example);
		expect(second.execution.status).toBe('success');
		expect(second.moved).toEqual([]);
		expect(await sandbox.ledger()).toEqual(afterFirst);
		expect(outcomes(second.execution, 'Subscribe to fund')).toEqual(Array(ACCOUNTS).fill('found'));
		expect(outcomes(second.execution, 'Prepare transfer')).toEqual(Array(ACCOUNTS).fill('found'));
		expect(outcomes(second.execution, 'Submit transfer')).toEqual(Array(ACCOUNTS).fill('found'));
		expect(await sandbox.violations()).toEqual([]);
	});

	test('every output item is paired with its input, and every write carries its receipt', async () => {
		const { execution } = await sweep(await saveSweep(owner, 'Sweep, pairs and receipts'));
		const wanted = jsonOf(execution, 'Reference and amount').map(({ reference }) => reference);
		for (const node of WRITES) {
			const items = outputOf(execution, node);
			expect(items).toHaveLength(ACCOUNTS);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
			for (const { json } of items) {
				expect(json.error).toBeFalsy();
				expect(json.receipt).toMatchObject({ attempts: 1, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
			}
		}
		expect(receipts(execution, 'Subscribe to fund').map(({ reference }) => reference)).toEqual(wanted);
		expect(receipts(execution, 'Prepare transfer').map(({ reference }) => reference)).toEqual(wanted);
		const keys = receipts(execution, 'Prepare transfer').map(({ idempotencyKey }) => idempotencyKey);
		const booked = (await sandbox.ledger()).filter(({ kind }) => kind === 'payment').map(({ idempotencyKey }) => idempotencyKey);
		expect(booked.sort()).toEqual(keys.sort());
	});

	test('lost answers in the middle of the run move nothing twice', async () => {
		await sandbox.addFaults([
			{ match: { path: 'createOrder' }, times: 1, kind: 'cut_after' },
			{ match: { path: 'createPaymentBatch' }, times: 1, kind: 'cut_after' },
			{ match: { path: 'approveApproval' }, times: 1, kind: 'cut_after' },
		]);
		const { execution } = await sweep(await saveSweep(owner, 'Sweep, lost answers'));
		expect(execution.status).toBe('success');
		await expectOnceEach();
		expect((await sandbox.faults()).map(({ applied }) => applied)).toEqual([1, 1, 1]);
	});

	test('"Retry execution" of a run that broke off half way finishes it and moves nothing twice', async () => {
		const { workflow, trigger } = await saveSweep(owner, 'Sweep, retried', { period: tomorrow() });
		await sandbox.addFaults([
			{
				match: { path: 'submitPaymentBatch' },
				kind: 'status',
				status: 403,
				body: { detail: 'Not today', code: 'permission_denied' },
				times: 1,
			},
		]);
		const broken = await owner.client.run(workflow, trigger);
		expect(broken.status).toBe('error');
		expect(reasonOf(broken)).toContain('Submit transfer');
		expect(of(await sandbox.ledger(), 'order')).toHaveLength(ACCOUNTS);

		await sandbox.clearFaults();
		const retried = await owner.client.retry(broken.id);
		expect(retried.status).toBe('success');
		const paid = async () => of(await sandbox.ledger(), 'payment').length >= ACCOUNTS;
		await sandbox.advanceUntil(paid);
		await sandbox.advance(86_400);
		await expectOnceEach();
	});
});
