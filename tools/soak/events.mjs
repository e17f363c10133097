import { Failure } from '../failure.mjs';
import { step } from '../progress.mjs';
import { saveCredentials } from '../stack.mjs';
import { startSuiteStack, temporaryFolder } from '../suite.mjs';
import { prove } from './proof.mjs';

const row = (cells) => `| ${cells.join(' | ')} |`;

function table({ verdicts, states }) {
	const head = ['workflow', 'events', 'delivered', 'losses', 'doubles', 'executions', 'of these cut short by SIGKILL', 'longest delay (s)'];
	const lines = verdicts.map((one) => [
		one.workflow,
		one.events,
		one.delivered,
		one.losses,
		one.doubles,
		one.executions,
		one.interrupted,
		(one.longestDelayMs / 1_000).toFixed(1),
	]);
	return `${[head, head.map(() => '---'), ...lines].map(row).join('\n')}

Accounts: ${states.objects} changed, ${states.delivered} states told in ${states.executions} executions; told twice: ${states.doubles}, backwards: ${states.backwards}, last state not told: ${states.outdated}`;
}

/** Sends thousands of events through cuts and restarts of a real n8n, and shows what arrived of them. plan: { events, cuts, seconds, gatherers }. */
export async function soakEvents(plan) {
	const stack = await startSuiteStack(temporaryFolder('soak'), { env: { EXECUTIONS_DATA_PRUNE: 'false' } });
	const credentials = await saveCredentials(stack.client, stack.sandbox);
	const proof = await step(
		`${plan.events} events through ${plan.cuts} cuts and two restarts`,
		async () => await prove({ ...stack, credentials }, plan, (line) => console.log(`  ${line}`)),
	);
	const { made, cuts, connections, seconds } = proof;
	console.log(
		`\n${made} events in ${Math.round(seconds)} s (${(made / seconds).toFixed(1)} a second), ${cuts} connections cut, ${connections} opened, 2 restarts of n8n (SIGTERM, SIGKILL)\n\n${table(proof)}\n`,
	);
	for (const { workflow, lost } of proof.verdicts) for (const one of lost) console.log(`lost in '${workflow}': ${JSON.stringify(one)}`);
	const faults = [
		...proof.verdicts.flatMap(({ losses, doubles, strangers }) => [losses, doubles, strangers]),
		proof.states.doubles,
		proof.states.backwards,
		proof.states.outdated,
	];
	if (made !== plan.events || faults.some((count) => count > 0))
		throw new Failure('Not every change was told exactly once', 'see the table above');
}
