import type { ITriggerFunctions, NodeOperationError } from 'n8n-workflow';
import { masked } from '../checks/masked';

/** A failed execution in n8n's list, for which the error workflow runs; n8n 1.x cannot, and has it in the log. The trigger stays on. */
export function reportFailure(context: ITriggerFunctions, error: NodeOperationError) {
	if (typeof context.saveFailedExecution === 'function') context.saveFailedExecution(error);
	else context.logger.error(`${error.message}. ${error.description ?? ''}`);
}

/** An error in words that may stand in a log. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return masked(String(error));
	const { message, description } = error as Error & { description?: unknown };
	return masked([message, typeof description === 'string' ? description : ''].filter(Boolean).join('. '));
}
