import type { IExecuteFunctions } from 'n8n-workflow';
import type { Finding } from './finding';
import { notOk, ok } from './finding';

const CHECK = 'Queue mode';

/** n8n tells nodes nothing of it, but its context knows (1.x, 2.41) on what kind of process it is; a worker means queue mode. */
function isOnWorker(context: object): boolean {
	if (!('instanceSettings' in context)) return false;
	const { instanceSettings } = context;
	if (typeof instanceSettings !== 'object' || instanceSettings === null || !('instanceType' in instanceSettings)) return false;
	return instanceSettings.instanceType === 'worker';
}

/** The setting itself, where the administrator lets expressions read the environment; n8n 2 does not unless it is told to. */
function settingOf(context: IExecuteFunctions): unknown {
	try {
		return context.evaluateExpression('{{ $env.EXECUTIONS_MODE }}', 0);
	} catch {
		return undefined;
	}
}

/** Whether executions run on other processes than this one, as far as n8n lets it be seen; never guessed. */
export function queueFinding(context: IExecuteFunctions, advice: string): Finding {
	if (isOnWorker(context)) return notOk(CHECK, 'warning', 'n8n runs in queue mode: this execution is on a worker', advice);
	const setting = settingOf(context);
	if (setting === 'queue') return notOk(CHECK, 'warning', 'n8n runs in queue mode, by its setting EXECUTIONS_MODE', advice);
	if (setting === 'regular') return ok(CHECK, 'n8n runs in regular mode: one process runs all executions');
	return notOk(
		CHECK,
		'skipped',
		'Not known: this execution is on no worker, and n8n does not let its settings be read',
		`Look whether EXECUTIONS_MODE of n8n is 'queue'. If so: ${advice}`,
	);
}
