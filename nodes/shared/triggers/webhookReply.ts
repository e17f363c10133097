import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { maskedMessageOf } from './failedExecution';
import type { SeenKeys } from '../core/seenKeys';

/** The `webhookMethods` of a trigger whose address the user gives to the API. */
export const notRegistered = {
	default: { checkExists: async () => true, create: async () => true, delete: async () => true },
};

/** Answers a webhook call without starting or resuming an execution. */
export function replyOnly(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Runs a webhook and answers 500 when it throws. Without it n8n (2.41) saves a failed execution for every caller, also an unauthenticated one. */
export const handleWebhook = async (context: IWebhookFunctions, handle: (context: IWebhookFunctions) => Promise<IWebhookResponseData>) =>
	await handle(context).catch((error: unknown) => {
		context.logger.error(`A call of '${context.getNode().name}' could not be handled: ${maskedMessageOf(error)}`);
		return replyOnly(context, 500, 'This could not be handled; send it again');
	});

/** The keys that arrive for the first time. If n8n then cannot start the execution, they are removed, so that a repeat starts it. */
export function firstOf(context: IWebhookFunctions, seen: SeenKeys, keys: readonly string[]): ReadonlySet<string> {
	const first = new Set(keys.filter((key) => seen.isNew(key)));
	const response = context.getResponseObject();
	if (first.size > 0)
		response.once('close', () => {
			if (response.statusCode >= 400) for (const key of first) seen.forget(key);
		});
	return first;
}

/** The same for one key. */
export const isFirst = (context: IWebhookFunctions, seen: SeenKeys, key: string): boolean => firstOf(context, seen, [key]).has(key);
