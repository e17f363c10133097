import type { ITriggerFunctions } from 'n8n-workflow';
import { atMost } from '../../../shared/core/clock';
import { isObject } from '../../../shared/core/isObject';
import { mask } from '../../../shared/swedish/masking';

/** When the event stream opens this time, n8n's helper never answers, not even with its own timeout (n8n 2.41). */
const TIMEOUT_MS = 5_000;
const MOST_CHARACTERS = 200;

/** Asks for the event stream once more, without a WebSocket: only then n8n shows the answer that refuses it. */
export async function explainRefusal(context: ITriggerFunctions, credential: string, url: string, error: Error): Promise<Error> {
	const { accessToken } = await context.getCredentials(credential);
	const ask = async (abortSignal: AbortSignal): Promise<unknown> =>
		await context.helpers
			.httpRequest({
				url,
				headers: {
					Authorization: `Bearer ${String(accessToken)}`,
					Connection: 'Upgrade',
					Upgrade: 'websocket',
					'Sec-WebSocket-Version': '13',
					'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
				},
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				abortSignal,
			})
			.catch(() => undefined);
	const answer = await atMost(TIMEOUT_MS, ask);
	if (!isObject(answer) || answer.statusCode === undefined) return error;
	const { statusCode, body, headers } = answer;
	const leadsTo = isObject(headers) && typeof headers.location === 'string' ? `leads to ${headers.location.split('?')[0]}` : '';
	const said = typeof body === 'string' ? body : isObject(body) ? JSON.stringify(body) : '';
	const details = [leadsTo, said.trim()].filter(Boolean).join(': ').slice(0, MOST_CHARACTERS);
	return new Error(`${error.message}: Fondo answers ${String(statusCode)}${details && `, ${mask(details)}`}`);
}
