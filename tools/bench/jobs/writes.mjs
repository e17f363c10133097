import { randomUUID } from 'node:crypto';
import { percent, seconds } from '../numbers.mjs';
import { runRaw, tokenOf } from '../raw.mjs';
import { inRounds } from '../rounds.mjs';
import { httpRequest, ourNode, runWorkflow, saveWorkflow } from '../workflow.mjs';

const LIMIT = { requests: 100, seconds: 1 };
const AT_ONCE = 20;
const PAYMENT = {
	amount: '1.00',
	creditorName: 'Leverantören AB',
	creditorAccountType: 'iban',
	creditorAccount: 'SE3550000000054910000003',
};
const inTwoDays = () => new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

async function bankAccount(bench) {
	const headers = { authorization: `Bearer ${await tokenOf(bench, 'finvis')}` };
	const { results } = await (await fetch(`${bench.sandbox.finvisUrl}/accounts/`, { headers })).json();
	return results.find(({ currency }) => currency === 'SEK').id;
}

const bodyOf = (account, reference) => ({
	name: reference,
	account_id: account,
	execution_date: inTwoDays(),
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

/** Payment batches, each by a call of its own, at an API that lets in a hundred calls a second. */
export async function writes(bench, { rounds, quick, tell }) {
	const count = quick ? 200 : 1_000;
	const account = await bankAccount(bench);
	const { finvis } = await bench.sandbox.call('GET', '/settings');
	await bench.sandbox.call('PATCH', '/settings', { finvis: { rateLimit: LIMIT } });
	// The window that is open still has the length of the limit before.
	await bench.sandbox.call('POST', '/clock', { advanceSeconds: finvis.rateLimit.seconds });

	// Every run has references of its own, or the second would only be told what the first did.
	const reference = `={{ $execution.id + '-' + $json.number }}`;
	const create = { resource: 'paymentBatch', operation: 'create', account: { __rl: true, mode: 'id', value: account } };
	const goOn = { onError: 'continueRegularOutput' };
	const parameters = { ...create, executionDate: inTwoDays(), bankDay: 'next', reference, payments: { rows: [PAYMENT] } };
	const http = (options) =>
		httpRequest(
			bench,
			'finvis',
			{
				method: 'POST',
				url: `${bench.sandbox.finvisUrl}/payments/batches/`,
				sendHeaders: true,
				headerParameters: { parameters: [{ name: 'Idempotency-Key', value: reference }] },
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ ${JSON.stringify(bodyOf(account, 'REFERENCE')).replaceAll('"REFERENCE"', "$execution.id + '-' + $json.number")} }}`,
				options,
			},
			goOn,
		);
	const save = async (name, node) => await saveWorkflow(bench, `writes, ${name}`, node, { items: count });
	const workflows = {
		ours: await save('our node', ourNode(bench, 'finvis', { ...parameters, options: { itemsAtOnce: AT_ONCE } }, goOn)),
		unbounded: await save('HTTP Request', http({})),
		batched: await save('HTTP Request in batches', http({ batching: { batch: { batchSize: 100, batchInterval: 1_000 } } })),
	};
	const run = async (workflow) => {
		await new Promise((resolve) => setTimeout(resolve, LIMIT.seconds * 1_000));
		return await runWorkflow(bench, workflow);
	};
	const figures = await inRounds(
		rounds,
		{
			'our node': async () => await run(workflows.ours),
			'HTTP Request': async () => await run(workflows.unbounded),
			'HTTP Request, 100 a second': async () => await run(workflows.batched),
			'raw axios': async () =>
				await runRaw(bench, 'finvis', {
					job: 'calls',
					count,
					atOnce: AT_ONCE,
					method: 'post',
					url: `${bench.sandbox.finvisUrl}/payments/batches/`,
					reference: randomUUID(),
					body: bodyOf(account, 'raw'),
				}),
		},
		tell,
	);
	await bench.sandbox.call('PATCH', '/settings', { finvis: { rateLimit: finvis.rateLimit } });

	const rate = ({ ok, wall }) => ok / (wall / 1_000) / (LIMIT.requests / LIMIT.seconds);
	const mine = figures['our node'];
	return {
		title: `${count.toLocaleString('en')} writes under a limit of 100 calls a second`,
		unit: 'failures',
		bars: Object.entries(figures).map(([way, { failed }]) => [way, failed]),
		table: [
			['way', 'wall', 'done', 'failures', 'of the allowed rate'],
			...Object.entries(figures).map(([way, one]) => [way, seconds(one.wall), one.ok, one.failed, percent(rate(one))]),
		],
		verdicts: [
			{ goal: '0 failures', measured: String(mine.failed), reached: mine.failed === 0 && mine.ok === count },
			{ goal: '≥ 95 % of the allowed rate', measured: percent(rate(mine)), reached: rate(mine) >= 0.95 },
		],
	};
}
