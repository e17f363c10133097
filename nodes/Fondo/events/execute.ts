import type { IExecuteFunctions, INodeExecutionData, IPollFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { knownKeys, onlyNewItems } from '../../shared/triggers/earlierExecutions';
import { memoryOf } from '../../shared/writes/memory';
import { announceBegin } from './outbox/begin';

/** The executions of a minute: a change that an earlier process has not confirmed is younger. A mark and its own for each change. */
const LEAST_MARKS = 1_000;

const eventIdOf = ({ json: { eventId } }: INodeExecutionData) => (typeof eventId === 'string' ? eventId : undefined);

/** Drops changes that another trigger of this workflow has delivered. All triggers that do so share one memory. */
export const onceAmongTriggers = async (context: IExecuteFunctions) => await onlyNewItems(context, eventIdOf, 'workflow');

const isOnceAmongTriggers = (context: IExecuteFunctions) => context.getNodeParameter('options.onceAmongTriggers', 0, false) === true;

const isGathering = (context: IExecuteFunctions) => Number(context.getNodeParameter('options.gatherSeconds', 0, 0)) > 0;

/**
 * What an execution of the trigger does first: it drops changes that an earlier execution had. n8n refuses a second execution only
 * while it keeps the first one, and a workflow may be set to keep none that succeeds. Gathered changes may go in other batches after a
 * restart, because the lists may show only some of them. So each change has its mark.
 */
async function dropKnown(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const eventIds = items.map(({ json }) => String(json.eventId));
	announceBegin(context, eventIds);
	if (isOnceAmongTriggers(context)) return await onceAmongTriggers(context);
	const isKept = context.getWorkflowSettings().saveDataSuccessExecution === 'all' && !isGathering(context);
	if (context.getMode() !== 'trigger' || isKept) return items;
	const marks = eventIds.map((eventId) => `stream ${eventId}`);
	const known = await knownKeys(context, marks, memoryOf(context, Math.max(LEAST_MARKS, 4 * items.length)));
	return items.filter((_, index) => !known.has(marks[index]));
}

/** The context of a listening or polling trigger, made of that of an execution. */
const listeningContext = (context: IExecuteFunctions, more: PropertyDescriptorMap = {}) =>
	Object.create(context, {
		getActivationMode: { value: () => 'manual' },
		getNodeParameter: { value: (name: string, fallback?: unknown) => context.getNodeParameter(name, 0, fallback) },
		...more,
	}) as ITriggerFunctions & IPollFunctions;

async function firstEvent(context: IExecuteFunctions, trigger: (this: ITriggerFunctions) => Promise<ITriggerResponse>) {
	let close: ITriggerResponse['closeFunction'];
	const signal = context.getExecutionCancelSignal();
	try {
		return await new Promise<INodeExecutionData[]>((resolve, reject) => {
			signal?.addEventListener('abort', () => resolve([]));
			const emit = { value: ([items]: INodeExecutionData[][]) => resolve(items) };
			trigger
				.call(listeningContext(context, { emit }))
				.then(async ({ closeFunction, manualTriggerFunction }) => {
					close = closeFunction;
					await manualTriggerFunction?.();
				})
				.catch(reject);
		});
	} finally {
		await close?.();
	}
}

/** An execution of the Fondo Trigger. n8n (2.41) also executes it where the editor waits for an event: then it listens by itself. */
export const executeTrigger = async (context: IExecuteFunctions, trigger: (this: ITriggerFunctions) => Promise<ITriggerResponse>) => [
	context.getMode() === 'manual' ? await firstEvent(context, trigger) : await dropKnown(context),
];

/** An execution of the Fondo Polling Trigger. n8n (2.41) also executes it where the editor asks for events: then it polls by itself. */
export async function executePolling(
	context: IExecuteFunctions,
	poll: (this: IPollFunctions) => Promise<INodeExecutionData[][] | null>,
): Promise<INodeExecutionData[][]> {
	if (context.getMode() === 'manual') return (await poll.call(listeningContext(context))) ?? [[]];
	return [isOnceAmongTriggers(context) ? await onceAmongTriggers(context) : context.getInputData()];
}
