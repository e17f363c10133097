import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';
import type { SavedWorkflow } from '../../harness/n8n/client';
import { byId } from '../../harness/n8n/workflow';
import type { BenchStack } from '../bench';
import type { RunFigures } from '../inside/messages';
import type { BenchPlan, JobResult } from '../job';
import { percent, seconds } from '../numbers';
import { runRawLoop } from '../rawLoop';
import { inRounds } from '../rounds';
import { httpRequest, ourNode, runWorkflow, saveMeasured } from '../workflow';

const LIMIT = { requests: 100, seconds: 1 };
const AT_ONCE = 20;
const PAYMENT = {
	amount: '1.00',
	creditorName: 'Leverantören AB',
	creditorAccountType: 'iban',
	creditorAccount: 'SE3550000000054910000003',
};
const EXECUTION_DATE = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
/** Each run has references of its own, because a second run with the same references would only find what the first did. */
const REFERENCE = "$execution.id + '-' + $json.number";
const CONTINUE = { onError: 'continueRegularOutput' } as const;

const bodyOf = (account: string, reference: string) => ({
	name: reference,
	account_id: account,
	execution_date: EXECUTION_DATE,
	currency: 'SEK',
	payments: [
		{
			amount: PAYMENT.amount,
			currency: 'SEK',
			creditor_name: PAYMENT.creditorName,
			creditor_account: { type: PAYMENT.creditorAccountType, value: PAYMENT.creditorAccount },
			end_to_end_id: reference,
		},
	],
});

const ourWrites = (bench: BenchStack, account: string): INode =>
	ourNode(
		bench,
		'finvis',
		{
			resource: 'paymentBatch',
			operation: 'create',
			account: byId(account),
			executionDate: EXECUTION_DATE,
			bankDay: 'next',
			reference: `={{ ${REFERENCE} }}`,
			payments: { rows: [PAYMENT] },
			options: { itemsAtOnce: AT_ONCE },
		},
		CONTINUE,
	);

const httpWrites = (bench: BenchStack, account: string, options: INodeParameters): INode =>
	httpRequest(
		bench,
		'finvis',
		{
			method: 'POST',
			url: `${bench.sandbox.finvisUrl}/payments/batches/`,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'Idempotency-Key', value: `={{ ${REFERENCE} }}` }] },
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ ${JSON.stringify(bodyOf(account, 'REFERENCE')).replaceAll('"REFERENCE"', REFERENCE)} }}`,
			options,
		},
		CONTINUE,
	);

/** Creates payment batches, a call each, at an API that allows a hundred calls a second. */
export async function writes(bench: BenchStack, { rounds, quick, log }: BenchPlan): Promise<JobResult> {
	const { sandbox } = bench;
	const count = quick ? 200 : 1_000;
	const accounts = await sandbox.finvis.list<{ id: string; currency: string }>('/accounts/');
	const account = accounts.find(({ currency }) => currency === 'SEK')?.id ?? '';
	const { finvis } = await sandbox.call<{ finvis: { rateLimit: { seconds: number } } }>('GET', '/settings');
	await sandbox.changeSettings({ finvis: { rateLimit: LIMIT } });
	// The open window still has the length of the limit before.
	await sandbox.advance(finvis.rateLimit.seconds);

	const save = async (name: string, node: INode) => await saveMeasured(bench, `writes, ${name}`, node, { items: count });
	const workflows = {
		ours: await save('our node', ourWrites(bench, account)),
		unbounded: await save('HTTP Request', httpWrites(bench, account, {})),
		batched: await save(
			'HTTP Request in batches',
			httpWrites(bench, account, { batching: { batch: { batchSize: 100, batchInterval: 1_000 } } }),
		),
	};
	const run = async (workflow: SavedWorkflow) => {
		await sleep(LIMIT.seconds * 1_000);
		return await runWorkflow(bench, workflow);
	};
	const figures = await inRounds(
		rounds,
		{
			'our node': async () => await run(workflows.ours),
			'HTTP Request': async () => await run(workflows.unbounded),
			'HTTP Request, 100 a second': async () => await run(workflows.batched),
			'raw axios': async () =>
				await runRawLoop(bench, 'finvis', {
					job: 'calls',
					count,
					atOnce: AT_ONCE,
					method: 'post',
					url: `${sandbox.finvisUrl}/payments/batches/`,
					reference: randomUUID(),
					body: bodyOf(account, 'raw'),
				}),
		},
		{ log },
	);
	await sandbox.changeSettings({ finvis: { rateLimit: finvis.rateLimit } });

	const rateOf = ({ ok, wall }: RunFigures) => ok / (wall / 1_000) / (LIMIT.requests / LIMIT.seconds);
	const own = figures['our node'];
	return {
		title: `${count.toLocaleString('en')} writes under a limit of 100 calls a second`,
		unit: 'failures',
		bars: Object.entries(figures).map(([way, { failed }]) => [way, failed]),
		table: [
			['way', 'wall', 'done', 'failures', 'of the allowed rate'],
			...Object.entries(figures).map(([way, one]) => [way, seconds(one.wall), one.ok, one.failed, percent(rateOf(one))]),
		],
		verdicts: [
			{ goal: '0 failures', measured: String(own.failed), reached: own.failed === 0 && own.ok === count },
			{ goal: '≥ 95 % of the allowed rate', measured: percent(rateOf(own)), reached: rateOf(own) >= 0.95 },
		],
	};
}
