import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { isObject } from '../../shared/core/isObject';
import { fieldSelector, selectedFields } from '../../shared/output/shape';
import { endedJourney } from './endedJourney';
import { untilEnded } from './untilEnded';

/** The address of a waiting execution, `$execution.resumeUrl`. */
export const resumeWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	responseData: '',
	path: '',
	restartWebhook: true,
	isFullPath: true,
};

/** Handles a callback to a waiting execution: the execution continues when Fondo confirms that its journey has ended. */
export async function resume(context: IWebhookFunctions, api: Api): Promise<IWebhookResponseData> {
	const awaited: unknown = context.evaluateExpression('{{ $json }}');
	const { id, clientId } = isObject(awaited) ? awaited : {};
	const ended = await endedJourney(context, api, { id: String(id), clientId: String(clientId) });
	if ('reply' in ended) return ended.reply;
	const options: unknown = context.getNodeParameter('options', {});
	const select = fieldSelector(isObject(options) ? selectedFields(options, untilEnded) : undefined);
	return {
		webhookResponse: { message: 'Received' },
		workflowData: [[{ json: select(ended.journey), pairedItem: { item: 0 } }]],
	};
}
