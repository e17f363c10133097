// Loaded into n8n by its own EXTERNAL_HOOK_FILES: what n8n's process holds, and how long nodes took, without asking its database.
const { createServer } = require('node:http');
const { createRequire } = require('node:module');
const memory = require('./memory.cjs');

const ended = [];
let heldAtMark;

/** The runs of each node of an ended execution, as n8n itself measured them. */
const nodesOf = (runData) =>
	Object.fromEntries(
		Object.entries(runData).map(([name, runs]) => [
			name,
			runs.map(({ startTime, executionTime, data }) => {
				const items = data?.main?.[0] ?? [];
				return { startTime, executionTime, items: items.length, failed: items.filter(({ json }) => json.error !== undefined).length };
			}),
		]),
	);

async function postExecute({ status, startedAt, data }, workflow) {
	const { runData, error } = data.resultData;
	const [first] = Object.values(runData)[0]?.[0]?.data?.main?.[0] ?? [];
	ended.push({
		workflow: workflow.id,
		status,
		error: error?.message,
		startedAt: new Date(startedAt).getTime(),
		endedAt: Date.now(),
		/** When what the trigger told of had happened, where it says so. */
		happenedAt: happenedAt(first),
		nodes: nodesOf(runData),
	});
}

const n8n = createRequire(require.main.filename);
const happenedAt = (item) => Date.parse(item?.json?.current?.createdDate ?? '') || undefined;

const { TriggerExecutionContextFactory } = n8n('../dist/workflows/triggers/trigger-execution-context.factory.js');
const { getExecuteTriggerFunctions } = TriggerExecutionContextFactory.prototype;
const handed = [];

/** When a trigger hands something to n8n, which then loads the workflow and writes an execution to its database before it begins. */
TriggerExecutionContextFactory.prototype.getExecuteTriggerFunctions = function (...around) {
	const contextOf = getExecuteTriggerFunctions.apply(this, around);
	return (workflow, node) => {
		const context = contextOf(workflow, node);
		const { emit } = context;
		context.emit = (items, ...rest) => {
			handed.push({ workflow: workflow.id, at: Date.now(), happenedAt: happenedAt(items[0]?.[0]) });
			return emit(items, ...rest);
		};
		return context;
	};
};

const { WebhookService } = n8n('../dist/webhooks/webhook.service.js');
const { runWebhook } = WebhookService.prototype;
const answering = [];

/** How long the node itself takes with a request, within all that n8n does around it. */
WebhookService.prototype.runWebhook = async function (workflow, ...rest) {
	const began = performance.now();
	const result = await runWebhook.call(this, workflow, ...rest);
	answering.push({ workflow: workflow.id, ms: performance.now() - began });
	return result;
};

/** Takes out of a list what it knows of a workflow. */
function taken(list, workflow) {
	const found = list.filter((one) => one.workflow === workflow);
	const others = list.filter((one) => one.workflow !== workflow);
	list.splice(0, list.length, ...others);
	return found;
}

const answers = {
	'/begin': () => {
		heldAtMark = undefined;
		return memory.begin();
	},
	'/end': () => ({ peak: memory.end(), heldAtMark }),
	// Called by the workflow itself, at the moment when the node before has given its items.
	'/mark': () => (heldAtMark = memory.alive()),
	'/ended': (workflow) => taken(ended, workflow),
	'/handed': (workflow) => taken(handed, workflow),
	'/answering': (workflow) => taken(answering, workflow).map(({ ms }) => ms),
};

createServer((request, response) => {
	const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
	const answer = answers[pathname];
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify(answer?.(searchParams.get('workflow')) ?? null));
})
	.listen(Number(process.env.FONDO_FINVIS_PROBE_PORT), '127.0.0.1')
	.unref();

module.exports = { workflow: { postExecute: [postExecute] } };
