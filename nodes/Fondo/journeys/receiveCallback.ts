import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isFirst, replyOnly } from '../../shared/triggers/webhookReply';
import { SeenKeys } from '../../shared/core/seenKeys';
import { clock } from '../../shared/core/clock';
import { endedJourney } from './endedJourney';
import { journeyIdIn } from './outcome';
import { isOutcomeWanted } from './journeyParameters';

const seen = new SeenKeys();

/** The partner's own text, which Create sends in base64. */
function partnerDataOf({ scope }: IDataObject): string | undefined {
	if (typeof scope !== 'string') return undefined;
	const decoded = Buffer.from(scope, 'base64');
	return decoded.toString('base64').replace(/=+$/, '') === scope.replace(/=+$/, '') ? decoded.toString('utf8') : undefined;
}

/** The callback of any journey: a run starts for each journey that Fondo itself says has ended, once. */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const chosen = [context.getNodeParameter('clients', [])].flat().map(String);
	const told = journeyIdIn(context.getBodyData());
	const clientId = told.clientId ?? (chosen.length === 1 ? chosen[0] : undefined);
	const { id } = told;
	if (typeof id !== 'string' || typeof clientId !== 'string') return replyOnly(context, 400, 'No journey and client are named');
	if (chosen.length > 0 && !chosen.includes(clientId)) return replyOnly(context, 200, 'Nobody waits for journeys of this client');

	const ended = await endedJourney(context, { id, clientId });
	if ('reply' in ended) return ended.reply;
	const { journey } = ended;
	if (!isOutcomeWanted(context, journey.outcome)) return replyOnly(context, 200, 'Nobody waits for this outcome');
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, id, journey.outcome]);
	if (context.getMode() !== 'manual' && !isFirst(context, seen, key)) return replyOnly(context, 200, 'This outcome is known');
	const json = { ...journey, partnerData: partnerDataOf(journey) ?? null, receivedAt: new Date(clock.now()).toISOString() };
	return { webhookResponse: { message: 'Received' }, workflowData: [[{ json }]] };
}
