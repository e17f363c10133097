// n8n loads this file by its own EXTERNAL_HOOK_FILES. It measures n8n's memory and how long nodes take, past n8n's database, and answers by HTTP.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { IDataObject, INodeExecutionData, IRun, IRunData } from 'n8n-workflow';
import { memoryInUse, peakMemory, watchMemory, type Memory } from './memory';
import type { EndedExecution, HandedOver, NodeRun, ProbeAnswers } from './messages';

interface Answered {
	readonly workflow: string;
	readonly ms: number;
}

interface Identified {
	readonly id: string;
}

let ended: EndedExecution[] = [];
let handed: HandedOver[] = [];
let answering: Answered[] = [];
let atMark: Memory | undefined;

function happenedAt(item: INodeExecutionData | undefined): number | undefined {
	const current = item?.json.current;
	const created = typeof current === 'object' && current !== null && 'createdDate' in current ? current.createdDate : undefined;
	return Date.parse(String(created)) || undefined;
}

const nodesOf = (runData: IRunData): Record<string, NodeRun[]> =>
	Object.fromEntries(
		Object.entries(runData).map(([name, runs]) => [
			name,
			runs.map(({ startTime, executionTime, data }) => {
				const items = data?.main?.[0] ?? [];
				return { startTime, executionTime, items: items.length, failed: items.filter(({ json }) => json.error !== undefined).length };
			}),
		]),
	);

async function postExecute({ status, startedAt, data }: IRun, { id }: Identified): Promise<void> {
	const { runData, error } = data.resultData;
	const [first] = Object.values(runData)[0]?.[0]?.data?.main?.[0] ?? [];
	ended.push({
		workflow: id,
		status,
		error: error?.message,
		startedAt: new Date(startedAt).getTime(),
		endedAt: Date.now(),
		happenedAt: happenedAt(first),
		nodes: nodesOf(runData),
	});
}

/** The hook that n8n calls after each execution. */
export const workflow = { postExecute: [postExecute] };

// The two classes of n8n 2.41 that the probe extends, as far as it knows them.
interface TriggerContext {
	emit(items: INodeExecutionData[][], ...rest: unknown[]): unknown;
}
type ContextOf = (workflow: Identified, node: unknown) => TriggerContext;
interface N8nModules {
	TriggerExecutionContextFactory: { prototype: { getExecuteTriggerFunctions(...args: unknown[]): ContextOf } };
	WebhookService: { prototype: { runWebhook(workflow: Identified, ...rest: unknown[]): Promise<IDataObject> } };
}

const n8n = createRequire(require.main?.filename ?? '');

const factory: Pick<N8nModules, 'TriggerExecutionContextFactory'> = n8n('../dist/workflows/triggers/trigger-execution-context.factory.js');
const { prototype: contexts } = factory.TriggerExecutionContextFactory;
const { getExecuteTriggerFunctions } = contexts;

/** Notes when a trigger emits. n8n then loads the workflow and writes an execution to its database before it begins. */
contexts.getExecuteTriggerFunctions = function (...args) {
	const contextOf = getExecuteTriggerFunctions.apply(this, args);
	return (triggerWorkflow, node) => {
		const context = contextOf(triggerWorkflow, node);
		const { emit } = context;
		context.emit = (items, ...rest) => {
			handed.push({ workflow: triggerWorkflow.id, at: Date.now(), happenedAt: happenedAt(items[0]?.[0]) });
			return emit(items, ...rest);
		};
		return context;
	};
};

const service: Pick<N8nModules, 'WebhookService'> = n8n('../dist/webhooks/webhook.service.js');
const { prototype: webhooks } = service.WebhookService;
const { runWebhook } = webhooks;

/** Measures how long the node itself takes with a request, without n8n's own work. */
webhooks.runWebhook = async function (webhookWorkflow, ...rest) {
	const began = performance.now();
	const result = await runWebhook.call(this, webhookWorkflow, ...rest);
	answering.push({ workflow: webhookWorkflow.id, ms: performance.now() - began });
	return result;
};

/** Splits a list into the entries of a workflow and the others. */
function split<T extends { readonly workflow: string }>(list: readonly T[], id: string | null): [T[], T[]] {
	return [list.filter((one) => one.workflow === id), list.filter((one) => one.workflow !== id)];
}

/** Each answer about a workflow has only what is new since the answer before. */
const answers: { readonly [Path in keyof ProbeAnswers]: (id: string | null) => ProbeAnswers[Path] } = {
	'/begin': () => {
		atMark = undefined;
		return watchMemory();
	},
	'/end': () => ({ peak: peakMemory(), atMark }),
	// The workflow calls this, when the node before the mark has given its items.
	'/mark': () => (atMark = memoryInUse()),
	'/ended': (id) => {
		const [own, others] = split(ended, id);
		ended = others;
		return own;
	},
	'/handed': (id) => {
		const [own, others] = split(handed, id);
		handed = others;
		return own;
	},
	'/answering': (id) => {
		const [own, others] = split(answering, id);
		answering = others;
		return own.map(({ ms }) => ms);
	},
};

const isPath = (path: string): path is keyof ProbeAnswers => path in answers;

const server = createServer((request, response) => {
	const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify(isPath(pathname) ? answers[pathname](searchParams.get('workflow')) : null));
});
// Only the client closes an idle connection. Otherwise n8n could close it in the moment in which the client sends the next request.
server.keepAliveTimeout = 0;
server.listen(Number(process.env.FONDO_FINVIS_PROBE_PORT), '127.0.0.1').unref();
