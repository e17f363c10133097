import type { ITriggerFunctions, NodeOperationError } from 'n8n-workflow';

/** A failed execution in n8n's list, for which the error workflow runs; n8n 1.x cannot, and has it in the log. The trigger stays on. */
export function reportFailure(context: ITriggerFunctions, error: NodeOperationError) {
	if (typeof context.saveFailedExecution === 'function') context.saveFailedExecution(error);
	else context.logger.error(`${error.message}. ${error.description ?? ''}`);
}
