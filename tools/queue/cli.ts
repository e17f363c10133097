import { Failure } from '../base/failure';
import { step } from '../base/progress';
import { howToLookAround } from '../demo/lookAround';
import { colleagueOf } from '../demo/owner';
import { QUEUE_USAGE, readQueueOptions } from '../demo/options';
import { runSweep } from '../demo/sweep';
import { ledgerTable, table } from '../demo/table';
import { reasonOf, type SavedWorkflow } from '../harness/n8n/client';
import { requireFreePort } from '../harness/ports';
import { EXAMPLES, OWNER, PRODUCTION, readExample, requireFreePorts, saveCredentials, saveExample, SWEEP } from '../harness/stack';
import { executionReport, failuresOf } from './executionReport';
import { startQueueStack, type QueueStack } from './stack';

/** The exit code after Ctrl-C. */
export const interruptedCode = 0;

const LISTENING = 'payment-status.json';
/** What a run by hand lacks: a person who answers, a mail server. */
const OUTSIDE = /waitForOutcome|waitUntil|"n8n-nodes-base\.(wait|emailSend)"/;

const isWhole = (file: string) => !OUTSIDE.test(JSON.stringify(readExample(file).nodes));

/** Runs the sweep, whose payments Finvis reports by webhook, and every other example that runs by hand alone. */
async function runExamples({ client, sandbox }: QueueStack): Promise<SavedWorkflow> {
	const owner = { client, credentials: await saveCredentials(client, sandbox) };
	const listening = await saveExample(owner, LISTENING);
	await client.publish(listening.workflow);
	const sweep = await saveExample(owner, SWEEP);
	await step(`Running '${sweep.workflow.name}'`, async () => await runSweep({ client, sandbox }, sweep));
	for (const file of EXAMPLES.filter((one) => one !== SWEEP && isWhole(one))) {
		const { workflow, trigger } = await saveExample(owner, file);
		if (!trigger) continue;
		await step(`Running '${workflow.name}'`, async () => {
			const execution = await client.run(workflow, trigger);
			if (execution.status !== 'success') throw new Failure(`It did not succeed. ${reasonOf(execution)}`);
		});
	}
	return sweep.workflow;
}

/** `npm run demo:queue`: the examples on n8n in queue mode, and which process did what. */
export async function main(args: string[]): Promise<void> {
	const { once, help, ports, webhookPort } = readQueueOptions(args);
	if (help) return console.log(QUEUE_USAGE);
	await requireFreePorts(ports);
	await requireFreePort(webhookPort, 'webhooks', '--webhook-port');
	const stack = await startQueueStack({ ports, webhookPort, env: PRODUCTION });
	await stack.client.invite(colleagueOf(OWNER));
	const workflow = await runExamples(stack);
	const report = await step('Waiting until the webhooks have run', async () => await executionReport(stack));

	const rows = report.map(({ id, workflow: name, takenBy, runBy, status }) => [id, name, takenBy, runBy, status]);
	console.log(`\nWho did what:\n\n${table([['EXECUTION', 'WORKFLOW', 'TAKEN BY', 'RUN BY', 'STATUS'], ...rows])}`);
	const failures = await failuresOf(stack, report);
	if (failures.length > 0) console.log(`\nFailed:\n\n${failures.join('\n')}`);
	console.log(`\nWhat moved, from the ledger of the sandbox:\n\n${ledgerTable(await stack.sandbox.ledger())}`);
	if (once && failures.length > 0) throw new Failure(`${failures.length} executions failed`, 'the reasons are above');
	if (once) return;
	console.log(`
${howToLookAround({ ...stack, owner: OWNER }, workflow)}
Webhooks       ${stack.webhookUrl}/webhook/

Ctrl-C stops all of it.`);
	await new Promise(() => undefined);
}
