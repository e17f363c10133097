import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { maskedMessageOf } from './failedExecution';
import type { SeenKeys } from '../core/seenKeys';

/** Answers the caller of a webhook, and no execution starts or goes on. */
export function replyOnly(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Out of an error in a webhook n8n (2.41) makes a failed execution, whoever called: here nobody gets that far who is not let in. */
export const handleWebhook = async (context: IWebhookFunctions, answer: (context: IWebhookFunctions) => Promise<IWebhookResponseData>) =>
	await answer(context).catch((error: unknown) => {
		context.logger.error(`A call of '${context.getNode().name}' could not be handled: ${maskedMessageOf(error)}`);
		return replyOnly(context, 500, 'This could not be handled; send it again');
	});

/** Whether this came for the first time. When n8n then answers that it could not start the run, it counts as never come. */
export function isFirst(context: IWebhookFunctions, seen: SeenKeys, key: string): boolean {
	if (!seen.isNew(key)) return false;
	const response = context.getResponseObject();
	response.once('close', () => response.statusCode >= 400 && seen.forget(key));
	return true;
}
