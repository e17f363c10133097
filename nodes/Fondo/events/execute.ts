import { createHash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { memoryOf } from '../../shared/writes/memory';
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
	// In queue mode another worker may begin the same execution again.
	const own = `${batch} ${context.getExecutionId()}`;
	const known = await memoryOf(context, MOST_MARKS).mark([batch, own]);
	return known?.has(batch) && !known.has(own) ? [] : items;
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
