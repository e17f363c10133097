import { createHash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { knownKeys } from '../../shared/triggers/earlierExecutions';
import { announceBegin } from './outbox/begun';

/** The executions of a minute: a change that an earlier process has not confirmed is younger. */
const MOST_MARKS = 1_000;

/**
 * What an execution of the trigger does first: it drops a batch that an earlier execution had. n8n refuses a second execution only
 * while it keeps the first one, and a workflow may be set to keep none that succeeds.
 */
async function dropKnown(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const eventIds = items.map(({ json }) => json.eventId);
	announceBegin(context, eventIds);
	if (context.getMode() !== 'trigger' || context.getWorkflowSettings().saveDataSuccessExecution === 'all') return items;
	const batch = createHash('sha256').update(eventIds.join()).digest('base64url');
	return (await knownKeys(context, [batch], MOST_MARKS)).has(batch) ? [] : items;
}

/** n8n (2.41) executes a trigger that has `execute` also where the editor waits for an event: then it must listen by itself. */
async function firstEvent(context: IExecuteFunctions, trigger: (this: ITriggerFunctions) => Promise<ITriggerResponse>) {
	let close: ITriggerResponse['closeFunction'];
	const signal = context.getExecutionCancelSignal();
	try {
		return await new Promise<INodeExecutionData[]>((resolve, reject) => {
			signal?.addEventListener('abort', () => resolve([]));
			const listening = Object.create(context, {
				emit: { value: ([items]: INodeExecutionData[][]) => resolve(items) },
				getActivationMode: { value: () => 'manual' },
				getNodeParameter: { value: (name: string, fallback?: unknown) => context.getNodeParameter(name, 0, fallback) },
			}) as ITriggerFunctions;
			trigger
				.call(listening)
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

/** An execution of the Fondo Trigger. */
export const executeTrigger = async (context: IExecuteFunctions, trigger: (this: ITriggerFunctions) => Promise<ITriggerResponse>) => [
	context.getMode() === 'manual' ? await firstEvent(context, trigger) : await dropKnown(context),
];
