import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { replyOnly } from '../../shared/triggers/webhookReply';
import { readAgain } from '../callbacks/readAgain';
import { idText } from '../events/changes/change';
import { journeyIn, journeyOutcomeOf } from './outcome';

interface JourneyKey {
	readonly id: string;
	readonly clientId: string;
}

/**
 * The journey of a callback, read from Fondo, if it has ended; otherwise the reply to the caller. The callback itself is not trusted,
 * because Fondo does not document its signature. The reply 503 asks the caller to repeat the callback later.
 */
export async function endedJourney(
	context: IWebhookFunctions,
	api: Api,
	{ id, clientId }: JourneyKey,
): Promise<{ readonly journey: IDataObject } | { readonly reply: IWebhookResponseData }> {
	const reply = (status: number, message: string) => ({ reply: replyOnly(context, status, message) });
	const read = await readAgain(context, api, { object: 'journey', id, clientIds: [clientId] });
	if (read.type === 'unknown') return reply(404, 'There is no such journey');
	if (read.type === 'unavailable') return reply(503, 'The journey could not be read; send this again');
	const outcome = journeyOutcomeOf(read.row);
	if (outcome !== undefined) return { journey: { ...read.row, id, clientId, outcome } };
	const received = journeyIn(context.getBodyData());
	// Fondo's own record may be a moment behind its callback.
	const isEarly = idText(received.id) === id && journeyOutcomeOf(received) !== undefined;
	return isEarly ? reply(503, 'The journey is still open; send this again') : reply(200, 'The journey is still open');
}
