import type { ITriggerFunctions, NodeOperationError } from 'n8n-workflow';
import { mask } from '../swedish/masking';

/** A failed execution in n8n's list, for which the error workflow runs; n8n 1.x cannot, and has it in the log. The trigger stays on. */
export function saveFailedExecution(context: ITriggerFunctions, error: NodeOperationError) {
	if (typeof context.saveFailedExecution === 'function') context.saveFailedExecution(error);
	else context.logger.error(`${error.message}. ${error.description ?? ''}`);
}

/** An error in words that may stand in a log. */
export function maskedMessageOf(error: unknown): string {
	if (!(error instanceof Error)) return mask(String(error));
	const { message, description } = error as Error & { description?: unknown };
	return mask([message, typeof description === 'string' ? description : ''].filter(Boolean).join('. '));
}
