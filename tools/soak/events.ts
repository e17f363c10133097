import { Failure } from '../base/failure';
import { step } from '../base/progress';
import { saveCredentials, startFreshStack, temporaryFolder } from '../harness/stack';
import type { LoadPlan } from './eventLoad';
import { proveEvents, type EventProof } from './eventProof';

const row = (cells: ReadonlyArray<string | number>) => `| ${cells.join(' | ')} |`;

function tableOf({ verdicts, states }: EventProof): string {
	const head = ['workflow', 'events', 'delivered', 'losses', 'doubles', 'executions', 'cut short by SIGKILL', 'longest delay (s)'];
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

Accounts: ${states.objects} changed, ${states.delivered} states delivered in ${states.executions} executions; doubles: ${states.doubles}, out of order: ${states.backwards}, last state not delivered: ${states.outdated}`;
}

/** Sends thousands of events through cuts and restarts of a real n8n, and prints which of them arrived. */
export async function soakEvents(plan: Omit<LoadPlan, 'clients'> & { gatherers: number }): Promise<void> {
	const stack = await startFreshStack(temporaryFolder('soak'), { env: { EXECUTIONS_DATA_PRUNE: 'false' } });
	const credentials = await saveCredentials(stack.client, stack.sandbox);
	const proof = await step(
		`${plan.events} events through ${plan.cuts} cuts and two restarts`,
		async () => await proveEvents({ ...stack, credentials }, plan, (line) => console.log(`  ${line}`)),
	);
	const { made, cuts, connections, seconds, verdicts, states } = proof;
	console.log(
		`\n${made} events in ${Math.round(seconds)} s (${(made / seconds).toFixed(1)} a second), ${cuts} connections cut, ${connections} opened, 2 restarts of n8n (SIGTERM, SIGKILL)\n\n${tableOf(proof)}\n`,
	);
	for (const { workflow, lost } of verdicts) for (const one of lost) console.log(`lost in '${workflow}': ${JSON.stringify(one)}`);
	const errors = [
		...verdicts.flatMap(({ losses, doubles, unexpected }) => [losses, doubles, unexpected]),
		states.doubles,
		states.backwards,
		states.outdated,
	];
	if (made !== plan.events || errors.some((count) => count > 0)) {
		throw new Failure('Not every change arrived exactly once', 'see the table above');
	}
}
