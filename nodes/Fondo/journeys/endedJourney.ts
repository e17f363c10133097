import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clientFor } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { UserError } from '../../shared/core/userError';
import { jsonOf } from '../../shared/output/one';
import { replyOnly } from '../../shared/triggers/webhookReply';
import { idText } from '../events/changes/change';
import { journeyIn, journeyOutcomeOf } from './outcome';

interface JourneyKey {
	readonly id: string;
	readonly clientId: string;
}

/** Fondo waits for our reply to its callback, and repeats the callback after an error. */
const TIMEOUT_MS = 10_000;
/** Fondo has no such journey, and a later read will not find it either. */
const NO_JOURNEY = ['400', '404', '410', '422'];

async function read(context: IWebhookFunctions, api: Api, { id, clientId }: JourneyKey): Promise<IDataObject> {
	const send = await clientFor(context, api, { timeoutMs: TIMEOUT_MS });
	const route = 'GET /v2/partner/client/{client_id}/journey/{journey_id}';
	const { body } = await send({ route, path: { client_id: clientId, journey_id: id }, deadline: clock.now() + TIMEOUT_MS });
	const journey = jsonOf(body);
	return { ...journey, id, clientId, outcome: journeyOutcomeOf(journey) };
}

/**
 * The journey of a callback, read from Fondo, if it has ended; otherwise the reply to the caller. The callback itself is not trusted,
 * because Fondo does not document its signature. The reply 503 asks the caller to repeat the callback later.
 */
export async function endedJourney(
	context: IWebhookFunctions,
	api: Api,
	key: JourneyKey,
): Promise<{ readonly journey: IDataObject } | { readonly reply: IWebhookResponseData }> {
	const reply = (status: number, message: string) => ({ reply: replyOnly(context, status, message) });
	return await read(context, api, key).then(
		(journey) => {
			if (journey.outcome !== undefined) return { journey };
			const received = journeyIn(context.getBodyData());
			// Fondo's own record may be a moment behind its callback.
			const isEarly = idText(received.id) === key.id && journeyOutcomeOf(received) !== undefined;
			return isEarly ? reply(503, 'The journey is still open; send this again') : reply(200, 'The journey is still open');
		},
		(error: Error) => {
			const isUnknown = error instanceof UserError || (error instanceof NodeApiError && NO_JOURNEY.includes(error.httpCode ?? ''));
			if (isUnknown) return reply(404, 'There is no such journey');
			context.logger.warn(
				`A callback could not be checked because its journey could not be read; Fondo must send it again: ${error.message}`,
			);
			return reply(503, 'The journey could not be read; send this again');
		},
	);
}
