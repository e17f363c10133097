import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { SeenKeys } from '../../shared/core/seenKeys';
import { isFirst, replyOnly } from '../../shared/triggers/webhookReply';
import { idText } from '../events/changes/change';
import { endedJourney } from './endedJourney';
import { isOutcomeWanted } from './journeyParameters';
import { journeyIn } from './outcome';

const seen = new SeenKeys();

/** The partner's own text, which Create sends in base64; undefined when the scope is not base64. */
function partnerDataOf({ scope }: IDataObject): string | undefined {
	if (typeof scope !== 'string') return undefined;
	const decoded = Buffer.from(scope, 'base64');
	return decoded.toString('base64').replace(/=+$/, '') === scope.replace(/=+$/, '') ? decoded.toString('utf8') : undefined;
}

/** Whether the journey reports to this node. Proxies may change the rest of the address; n8n's random ID in it stays. */
const callsThisNode = (context: IWebhookFunctions, { callbackUrl }: IDataObject) =>
	typeof callbackUrl !== 'string' || callbackUrl.includes(context.getNode().webhookId ?? '');

/** The Fondo Journey Trigger: each outcome of a journey starts one execution, after Fondo has confirmed it. */
export async function receiveCallback(context: IWebhookFunctions, api: Api): Promise<IWebhookResponseData> {
	const chosen = [context.getNodeParameter('clients', [])].flat().map(String);
	const received = journeyIn(context.getBodyData());
	const clientId = idText(received.clientId) ?? (chosen.length === 1 ? chosen[0] : undefined);
	const id = idText(received.id);
	if (id === undefined || clientId === undefined) return replyOnly(context, 400, 'No journey and client are named');
	if (chosen.length > 0 && !chosen.includes(clientId)) return replyOnly(context, 200, 'Journeys of this client start no workflow');

	const ended = await endedJourney(context, api, { id, clientId });
	if ('reply' in ended) return ended.reply;
	const { journey } = ended;
	if (!callsThisNode(context, journey)) return replyOnly(context, 200, 'This journey reports to another address');
	if (!isOutcomeWanted(context, journey.outcome)) return replyOnly(context, 200, 'This outcome starts no workflow');
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, id, journey.outcome]);
	if (context.getMode() !== 'manual' && !isFirst(context, seen, key)) return replyOnly(context, 200, 'This outcome is known');
	const json = { ...journey, partnerData: partnerDataOf(journey) ?? null, receivedAt: new Date(clock.now()).toISOString() };
	return { webhookResponse: { message: 'Received' }, workflowData: [[{ json }]] };
}
