import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** Answers the caller of a webhook, and no execution starts or goes on. */
export function replyOnly(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
