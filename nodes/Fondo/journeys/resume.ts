import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { selectedFields, selecting } from '../../shared/output/shape';
import { isObject } from '../certainty';
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

/** The callback of a journey reached a waiting execution: it goes on when Fondo itself says that the awaited journey has ended. */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const awaited: unknown = context.evaluateExpression('{{ $json }}');
	const { id, clientId } = isObject(awaited) ? awaited : {};
	const ended = await endedJourney(context, { id: String(id), clientId: String(clientId) });
	if ('reply' in ended) return ended.reply;
	const options: unknown = context.getNodeParameter('options', {});
	const select = selecting(isObject(options) ? selectedFields(options, untilEnded) : undefined);
	return {
		webhookResponse: { message: 'Received' },
		workflowData: [[{ json: select(ended.journey), pairedItem: { item: 0 } }]],
	};
}
