// `npm run demo:queue`: the examples on n8n in queue mode, and which process did what.
import { howToLookAround } from '../demo/lookAround.mjs';
import { QUEUE_USAGE, readQueueOptions } from '../demo/options.mjs';
import { EXAMPLE, runSweep } from '../demo/sweep.mjs';
import { ledgerTable, table } from '../demo/table.mjs';
import { Failure } from '../failure.mjs';
import { reasonOf } from '../n8n-host/client.mjs';
import { requireFreePort } from '../ports.mjs';
import { step } from '../progress.mjs';
import { EXAMPLES, readExample, requireFreePorts, saveCredentials, saveExample } from '../stack.mjs';
import { runTool } from '../tool.mjs';
import { deedsOf, failuresOf } from './deeds.mjs';
import { startQueueStack } from './stack.mjs';

const LISTENING = 'payment-status.json';
/** What a run by hand does not have on its own: a person who comes, a mail server. */
const OUTSIDE = /waitForOutcome|"n8n-nodes-base\.(wait|emailSend)"/;

const isWhole = (file) => !OUTSIDE.test(JSON.stringify(readExample(file).nodes));

/** Runs the examples: the sweep, whose payments Finvis tells by webhook, and whatever else runs by hand alone. */
async function runExamples({ client, sandbox }) {
	const credentials = await saveCredentials(client, sandbox);
	const listening = await saveExample(client, credentials, LISTENING);
	await client.publish(listening.workflow);
	const sweep = await saveExample(client, credentials, EXAMPLE);
	await step(`Running '${sweep.workflow.name}'`, async () => await runSweep({ client, sandbox }, sweep));
	for (const file of EXAMPLES.filter((one) => one !== EXAMPLE && isWhole(one))) {
		const { workflow, trigger } = await saveExample(client, credentials, file);
		if (!trigger) continue;
		await step(`Running '${workflow.name}'`, async () => {
			const execution = await client.run(workflow, trigger);
			if (execution.status !== 'success') throw new Failure(`It did not succeed. ${reasonOf(execution)}`);
		});
	}
	return sweep.workflow;
}

async function demo() {
	const { once, help, ports, webhookPort } = readQueueOptions(process.argv.slice(2));
	if (help) return console.log(QUEUE_USAGE);
	await requireFreePorts(ports);
	await requireFreePort(webhookPort, 'webhooks', '--webhook-port');
	const stack = await startQueueStack({ ports, webhookPort });
	const workflow = await runExamples(stack);
	const deeds = await step('Waiting until the webhooks have run', async () => await deedsOf(stack));

	console.log(`\nWho did what:\n\n${table([['EXECUTION', 'WORKFLOW', 'TAKEN BY', 'RUN BY', 'STATUS'], ...deeds])}`);
	const failures = await failuresOf(stack, deeds);
	if (failures.length > 0) console.log(`\nFailed:\n\n${failures.join('\n')}`);
	console.log(`\nWhat moved, from the ledger of the sandbox:\n\n${ledgerTable(await stack.sandbox.ledger())}`);
	if (once && failures.length > 0) throw new Failure(`${failures.length} executions failed`, 'see above why');
	if (once) return;
	console.log(`
${howToLookAround(stack, workflow)}
Webhooks       ${stack.webhookUrl}/webhook/

Ctrl-C stops all of it.`);
	await new Promise(() => undefined);
}

await runTool(demo, { interruptedCode: 0 });
