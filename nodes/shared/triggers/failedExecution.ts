import type { ITriggerFunctions, NodeOperationError } from 'n8n-workflow';
import { mask } from '../swedish/masking';

/** Adds a failed execution to n8n's list, for which n8n runs the error workflow; n8n 1.x only logs the error. The trigger stays active. */
export function saveFailedExecution(context: ITriggerFunctions, error: NodeOperationError) {
	if (typeof context.saveFailedExecution === 'function') context.saveFailedExecution(error);
	else context.logger.error(`${error.message}. ${error.description ?? ''}`);
}

/** Message and description of an error, masked for a log. */
export function maskedMessageOf(error: unknown): string {
	if (!(error instanceof Error)) return mask(String(error));
	const { message, description } = error as Error & { description?: unknown };
	return mask([message, typeof description === 'string' ? description : ''].filter(Boolean).join('. '));
}
