import type { IExecuteFunctions } from 'n8n-workflow';
import { clock } from '../core/clock';
import type { DiagnosticsContext, Finding } from './finding';
import { notOk, ok } from './finding';
import { probe } from './host';

const QUEUE_MODE = 'Queue mode';

/** n8n does not tell nodes its mode, but the context contains the process type (n8n 1.x, 2.41), and only queue mode has workers. */
function isOnWorker(context: object): boolean {
	if (!('instanceSettings' in context)) return false;
	const { instanceSettings } = context;
	if (typeof instanceSettings !== 'object' || instanceSettings === null || !('instanceType' in instanceSettings)) return false;
	return instanceSettings.instanceType === 'worker';
}

/** EXECUTIONS_MODE, if expressions may read the environment; n8n 2 forbids that by default. */
function executionsModeOf(context: IExecuteFunctions): unknown {
	try {
		return context.evaluateExpression('{{ $env.EXECUTIONS_MODE }}', 0);
	} catch {
		return undefined;
	}
}

/** Whether n8n runs in queue mode; skipped when n8n does not show it. `advice` is the instruction for queue mode. */
export function queueFinding(context: IExecuteFunctions, advice: string): Finding {
	if (isOnWorker(context)) return notOk(QUEUE_MODE, 'warning', 'n8n runs in queue mode: this execution is on a worker', advice);
	const mode = executionsModeOf(context);
	if (mode === 'queue') return notOk(QUEUE_MODE, 'warning', 'n8n runs in queue mode, by its setting EXECUTIONS_MODE', advice);
	if (mode === 'regular') return ok(QUEUE_MODE, 'n8n runs in regular mode: one process runs all executions');
	return notOk(
		QUEUE_MODE,
		'skipped',
		'Not known: this execution is on no worker, and n8n does not let its settings be read',
		`Look whether EXECUTIONS_MODE of n8n is 'queue'. If so: ${advice}`,
	);
}

const TIME_ZONE = 'Time zone';

/** Whether the days of the workflow begin when those of the Swedish banks do. */
export function zoneFinding(context: IExecuteFunctions): Finding {
	const zone = context.getTimezone();
	const now = new Date(clock.now());
	const timeIn = (timeZone: string) => now.toLocaleString('sv-SE', { timeZone });
	if (timeIn(zone) === timeIn('Europe/Stockholm')) return ok(TIME_ZONE, `The days of this workflow are those of ${zone}, as in Sweden`);
	return notOk(
		TIME_ZONE,
		'warning',
		`The days of this workflow are those of ${zone}, and not as in Sweden`,
		"Choose Europe/Stockholm as 'Timezone' in the settings of the workflow. Otherwise 'today' can be another day than at the bank.",
	);
}

const EVENT_STREAM = 'Event stream';

/** Whether Node.js has a WebSocket (version 22 or newer). `trigger` needs it, `instead` does not. */
export const streamFinding = (trigger: string, instead: string): Finding =>
	typeof WebSocket === 'undefined'
		? notOk(
				EVENT_STREAM,
				'warning',
				'This n8n runs on a Node.js without WebSocket, one before version 22',
				`Update Node.js, or use the ${instead} instead of the ${trigger}.`,
			)
		: ok(EVENT_STREAM, `This n8n runs on a Node.js with WebSocket (version 22 or newer), so the ${trigger} can listen`);

const WEBHOOK_ADDRESS = 'Webhook address';

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|\[::\])$/;
const PRIVATE =
	/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[f[cd]|\[fe[89ab])|\.(local|internal|lan|home|intranet)$|^[^.:]+$/;

const SET = 'Set WEBHOOK_URL of n8n to the public https address at which it is reached';

/** The address that n8n gives to others, without a trailing slash. Only the resume URL of an execution contains WEBHOOK_URL. */
export function publicAddressOf(context: IExecuteFunctions): URL | undefined {
	// n8n (1.x, 2.41) evaluates this only with braces.
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	if (!URL.canParse(resumeUrl)) return undefined;
	const { origin, pathname } = new URL(resumeUrl);
	// Cut off `/webhook-waiting/<execution>` and the signature, which must not be shown.
	return new URL(origin + pathname.split('/').slice(0, -2).join('/'));
}

/** Whether callbacks and webhooks can reach n8n: its public address, and whether n8n answers `GET /healthz` there. */
export async function webhookFinding({ context, connection }: DiagnosticsContext): Promise<Finding> {
	const address = publicAddressOf(context);
	if (address === undefined) return notOk(WEBHOOK_ADDRESS, 'skipped', 'This n8n does not show its address', `${SET}.`);
	const { hostname, protocol } = address;
	const shown = address.href.replace(/\/$/, '');
	const warning = (finding: string, instruction: string) => notOk(WEBHOOK_ADDRESS, 'warning', finding, instruction);
	// An API on this machine, e.g. the local sandbox, reaches every address.
	if (!LOOPBACK.test(new URL(connection.baseUrl).hostname)) {
		if (LOOPBACK.test(hostname))
			return warning(
				`n8n gives out ${shown}, where only this machine can reach it`,
				`${SET}; until then ${connection.name} cannot call it.`,
			);
		if (PRIVATE.test(hostname))
			return warning(
				`n8n gives out ${shown}, which is an address of your own network`,
				`${SET}; until then ${connection.name} cannot call it.`,
			);
		if (protocol !== 'https:') return warning(`n8n gives out ${shown}, which is not encrypted`, `${SET}.`);
	}
	const { status, networkError } = await probe(context, `${shown}/healthz`);
	if (networkError !== undefined)
		return warning(
			`n8n gives out ${shown}, but could not reach itself there (${networkError})`,
			'Open the address from outside your network. If it answers there all is well; if not, correct WEBHOOK_URL, name service or proxy.',
		);
	if (status !== 200)
		return warning(
			`n8n gives out ${shown}, but what answers there is not n8n, or only a part of it (${status} for /healthz)`,
			'Check that your proxy passes /webhook, /webhook-test and /webhook-waiting on to n8n, and that WEBHOOK_URL is right.',
		);
	return ok(WEBHOOK_ADDRESS, `n8n gives out ${shown} and is reached there from this machine`);
}
