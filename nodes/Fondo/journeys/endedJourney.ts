import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { replyOnly } from '../../shared/triggers/webhookReply';
import { jsonOf } from '../../shared/output/json';
import { clientFor } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { UserError } from '../../shared/core/userError';
import { fondo } from '../api';
import { journeyOutcomeOf, journeyIdIn } from './outcome';

interface JourneyName {
	readonly id: string;
	readonly clientId: string;
}

/** The caller waits for our answer, and will ask again when we cannot tell. */
const PATIENCE_MS = 10_000;
/** Fondo knows no such journey, and never will. */
const NO_JOURNEY = ['400', '404', '410', '422'];

async function read(context: IWebhookFunctions, { id, clientId }: JourneyName): Promise<IDataObject> {
	const send = await clientFor(context, fondo, { timeoutMs: PATIENCE_MS });
	const route = 'GET /v2/partner/client/{client_id}/journey/{journey_id}';
	const { body } = await send({ route, path: { client_id: clientId, journey_id: id }, deadline: clock.now() + PATIENCE_MS });
	const journey = jsonOf(body);
	return { ...journey, id, clientId, outcome: journeyOutcomeOf(journey) };
}

/**
 * A journey of which a callback speaks, as Fondo itself tells it, when it has ended; else the reply to the caller.
 * The callback is not believed, for its signature is not documented. Whoever calls too early, or while Fondo is out of reach, is asked to come again.
 */
export async function endedJourney(
	context: IWebhookFunctions,
	name: JourneyName,
): Promise<{ readonly journey: IDataObject } | { readonly reply: IWebhookResponseData }> {
	const reply = (status: number, message: string) => ({ reply: replyOnly(context, status, message) });
	return await read(context, name).then(
		(journey) => {
			if (journey.outcome !== undefined) return { journey };
			const told = journeyIdIn(context.getBodyData());
			// Fondo's own record may be a moment behind its callback.
			const isEarly = told.id === name.id && journeyOutcomeOf(told) !== undefined;
			return isEarly ? reply(503, 'The journey is still open; send this again') : reply(200, 'The journey is still open');
		},
		(error: Error) => {
			const isUnknown = error instanceof UserError || (error instanceof NodeApiError && NO_JOURNEY.includes(error.httpCode ?? ''));
			if (isUnknown) return reply(404, 'There is no such journey');
			context.logger.warn(`The callback of a journey is left to its next try: ${error.message}`);
			return reply(503, 'The journey could not be read; send this again');
		},
	);
}
