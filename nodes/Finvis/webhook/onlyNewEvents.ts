import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isObject } from '../../shared/core/isObject';
import { knownKeys } from '../../shared/triggers/earlierExecutions';
import { eventKey } from './event';

/** Two for each event, so the events before the last 5,000 are forgotten. n8n then writes 270 kB for each execution. */
const MOST_MARKS = 10_000;

/** The key of the event in an item that `receiveEvent` has made. */
const keyOf = ({ json: { delivery } }: INodeExecutionData) =>
	isObject(delivery) ? eventKey({ name: String(delivery.event), id: String(delivery.id) }) : undefined;

/**
 * What an execution of the trigger does first: it drops events that an earlier execution had. A webhook cannot: what it stores is lost
 * as soon as it starts an execution (n8n 2.41). Listening in the editor and *Retry execution* drop nothing.
 */
export async function onlyNewEvents(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	if (context.getMode() !== 'webhook') return items;
	const keys = items.map(keyOf);
	const known: ReadonlySet<unknown> = await knownKeys(
		context,
		keys.filter((key) => key !== undefined),
		MOST_MARKS,
	);
	return items.filter((_, index) => !known.has(keys[index]));
}
