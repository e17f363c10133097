import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf, reasonOf, type SavedWorkflow } from '../../tools/harness/n8n/client';
import { byId, ourNode, publishForReferences, REFERENCE } from '../../tools/harness/n8n/workflow';
import { endedExecutions, startedByWorkers, webhookUrl } from './workers';

const { owner, sandbox } = useStack();

const PER_SECOND = 20;
const EXECUTIONS = 10;
const ROWS = 10;
const EXECUTION_DATE = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
	await sandbox.changeSettings({ finvis: { rateLimit: { requests: PER_SECOND, seconds: 1 } } });
});

afterAll(async () => {
	await sandbox.changeSettings({ finvis: { rateLimit: { requests: 600, seconds: 60 } } });
});

interface Paid {
	readonly receipt: { readonly outcome: string; readonly reference: string };
}

/** Publishes a workflow that reads an account and creates a batch of one payment for each reference. */
async function publishPayments(accountId: string): Promise<{ workflow: SavedWorkflow; path: string }> {
	const payment = {
		amount: '10.00',
		creditorName: 'Sparbolaget Norr AB',
		creditorAccountType: 'iban',
		creditorAccount: 'SE1350083986623322991300',
		endToEndId: REFERENCE,
	};
	const account = byId(accountId);
	const create = { resource: 'paymentBatch', operation: 'create', executionDate: EXECUTION_DATE, bankDay: 'next', additionalFields: {} };
	return await publishForReferences(
		owner,
		'Two workers under one limit',
		[
			ourNode(owner, 'finvis', { resource: 'account', operation: 'get', account }, { name: 'Read' }),
			ourNode(owner, 'finvis', { ...create, account, payments: { rows: [payment] }, reference: REFERENCE }, { name: 'Pay' }),
		],
		'atOnce',
	);
}

test(`two workers share a limit of ${PER_SECOND} calls a second, and nothing fails`, async () => {
	const [{ id: accountId }] = await sandbox.approver.list('/accounts/');
	const { workflow, path } = await publishPayments(accountId);
	const references = Array.from({ length: EXECUTIONS }, (_, run) => Array.from({ length: ROWS }, (__, row) => `limit-${run}-${row}`));
	const answers = await Promise.all(
		references.map(async (some) => {
			const headers = { 'content-type': 'application/json' };
			return await fetch(`${webhookUrl}${path}`, { method: 'POST', headers, body: JSON.stringify({ references: some }) });
		}),
	);
	expect(answers.map(({ status }) => status)).toEqual(Array(EXECUTIONS).fill(200));

	const executions = await endedExecutions(workflow, EXECUTIONS);
	for (const execution of executions) {
		if (execution.status !== 'success') throw new Error(reasonOf(execution));
		expect(jsonOf<Paid>(execution, 'Pay').map(({ receipt }) => receipt.outcome)).toEqual(Array(ROWS).fill('created'));
	}
	const paid = executions.flatMap((execution) => jsonOf<Paid>(execution, 'Pay').map(({ receipt }) => receipt.reference));
	expect(paid.sort()).toEqual(references.flat().sort());
	const ids = executions.map(({ id }) => id);
	const shares = startedByWorkers().map((byOne) => byOne.filter((id) => ids.includes(id)).length);
	for (const share of shares) expect(share).toBeGreaterThan(0);

	const counted = (await sandbox.requests()).filter(({ api, clientId }) => api === 'finvis' && clientId === 'finvis-demo');
	const refused = counted.filter(({ status }) => status === 429).length;
	const times = counted.map(({ time }) => Date.parse(time));
	const seconds = (Math.max(...times) - Math.min(...times)) / 1_000;
	const served = counted.length - refused;
	// The most that a limit of 20 in windows of a second allows, with a window more at either end.
	expect(served).toBeLessThanOrEqual(PER_SECOND * (seconds + 2));
	expect(served).toBeGreaterThanOrEqual(2 * EXECUTIONS * ROWS);
	console.log(
		`${served} calls of ${EXECUTIONS} executions (${shares.join(' and ')} on the workers) in ${seconds.toFixed(1)} s: ${(served / seconds).toFixed(1)} a second of ${PER_SECOND} allowed; ${refused} answers 429, 0 failures`,
	);
}, 300_000);
