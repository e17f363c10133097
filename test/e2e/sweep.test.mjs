import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runSweep } from '../../tools/demo/sweep.mjs';
import { outputOf, reasonOf } from '../../tools/n8n-host/client.mjs';
import { exampleIn, sandbox, signedIn } from './stack.mjs';

const ACCOUNTS = 3;
const WRITES = ['Subscribe to fund', 'Prepare transfer', 'Submit transfer', 'Approve'];

let n8n;

const outcomes = (execution, node) => outputOf(execution, node).map(({ json }) => json.receipt.outcome);
const of = (entries, kind) => entries.filter((entry) => entry.kind === kind).map(({ reference }) => reference);
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

beforeAll(async () => {
	n8n = await signedIn();
});

beforeEach(async () => await sandbox.call('POST', '/reset'));

describe('sweep idle cash', () => {
	test('two runs with the same references move each order and each payment once', async () => {
		const example = await exampleIn(n8n, 'Sweep, twice');
		const first = await runSweep({ ...n8n, sandbox }, example);
		expect(first.moved).toHaveLength(2 * ACCOUNTS);
		const afterFirst = await expectOnceEach();
		expect(outcomes(first.execution, 'Subscribe to fund')).toEqual(Array(ACCOUNTS).fill('created'));
		expect(outcomes(first.execution, 'Prepare transfer')).toEqual(Array(ACCOUNTS).fill('created'));

		const second = await runSweep({ ...n8n, sandbox }, example);
		expect(second.execution.status).toBe('success');
		expect(second.moved).toEqual([]);
		expect(await sandbox.ledger()).toEqual(afterFirst);
		expect(outcomes(second.execution, 'Subscribe to fund')).toEqual(Array(ACCOUNTS).fill('found'));
		expect(outcomes(second.execution, 'Prepare transfer')).toEqual(Array(ACCOUNTS).fill('found'));
		expect(outcomes(second.execution, 'Submit transfer')).toEqual(Array(ACCOUNTS).fill('replayed'));
		expect((await sandbox.call('GET', '/violations')).violations).toEqual([]);
	});

	test('every output item is paired with its input, and every write carries its receipt', async () => {
		const { execution } = await runSweep({ ...n8n, sandbox }, await exampleIn(n8n, 'Sweep, pairs and receipts'));
		const wanted = outputOf(execution, 'Reference and amount').map(({ json }) => json.reference);
		for (const node of WRITES) {
			const items = outputOf(execution, node);
			expect(items).toHaveLength(ACCOUNTS);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
			for (const { json } of items) {
				expect(json.error).toBeFalsy();
				expect(json.receipt).toMatchObject({ attempts: 1, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
			}
		}
		expect(outputOf(execution, 'Subscribe to fund').map(({ json }) => json.receipt.reference)).toEqual(wanted);
		expect(outputOf(execution, 'Prepare transfer').map(({ json }) => json.receipt.reference)).toEqual(wanted);
		const keys = outputOf(execution, 'Prepare transfer').map(({ json }) => json.receipt.idempotencyKey);
		const booked = (await sandbox.ledger()).filter(({ kind }) => kind === 'payment').map(({ idempotencyKey }) => idempotencyKey);
		expect(booked.sort()).toEqual(keys.sort());
	});

	test('lost answers in the middle of the run move nothing twice', async () => {
		await sandbox.call('POST', '/faults', [
			{ match: { path: 'createOrder' }, times: 1, kind: 'cut_after' },
			{ match: { path: 'createPaymentBatch' }, times: 1, kind: 'cut_after' },
			{ match: { path: 'approveApproval' }, times: 1, kind: 'cut_after' },
		]);
		const { execution } = await runSweep({ ...n8n, sandbox }, await exampleIn(n8n, 'Sweep, lost answers'));
		expect(execution.status).toBe('success');
		await expectOnceEach();
		const { faults } = await sandbox.call('GET', '/faults');
		expect(faults.map(({ struck }) => struck)).toEqual([1, 1, 1]);
	});

	test('"Retry execution" of a run that broke off half way finishes it and moves nothing twice', async () => {
		const { workflow, trigger } = await exampleIn(n8n, 'Sweep, retried', { period: tomorrow() });
		await sandbox.call('POST', '/faults', [
			{
				match: { path: 'submitPaymentBatch' },
				kind: 'status',
				status: 403,
				body: { detail: 'Not today', code: 'permission_denied' },
				times: 1,
			},
		]);
		const broken = await n8n.client.run(workflow, trigger);
		expect(broken.status).toBe('error');
		expect(reasonOf(broken)).toContain('Submit transfer');
		expect(of(await sandbox.ledger(), 'order')).toHaveLength(ACCOUNTS);

		await sandbox.call('DELETE', '/faults');
		const retried = await n8n.client.retry(broken.id);
		expect(retried.status).toBe('success');
		const paid = async () => of(await sandbox.ledger(), 'payment').length >= ACCOUNTS;
		await sandbox.advanceUntil(paid);
		await sandbox.call('POST', '/clock', { advanceSeconds: 86_400 });
		await expectOnceEach();
	});
});
