import type { IDataObject } from 'n8n-workflow';
import { uuidOf } from './idempotencyKey';
import type { Connection } from '../http/connection';
import { UserError } from '../core/userError';
import type { ApiResponse, ApiRequest, Middleware } from '../http/request';
import { isAct, isRead } from '../http/request';
import type { Schema } from './schema';
import { problemsOf } from './schema';
import { urlOf } from '../http/url';

/** By route: what the contract wants of a body, and an answer as it shows it. Made from the contracts. */
export type Rehearsals = Readonly<Record<string, { readonly body?: Schema; readonly answer?: unknown }>>;

/** How the ID of an object begins that was only rehearsed, and so is nowhere. */
const REHEARSED = '00000000-';

export const isRehearsed = (id: unknown) => typeof id === 'string' && id.startsWith(REHEARSED);

/** Whether a call changes nothing at the API. */
const isHarmless = (request: ApiRequest, { checkQuery = '' }: Connection) => isRead(request) || request.query?.[checkQuery] === 'true';

/** The answer of the contract with the user's own values in it; a made object gets an ID that follows from the call. */
function answerTo(request: ApiRequest, example: unknown): ApiResponse {
	const { route, path = {}, body, reference, derivedFields } = request;
	if (Array.isArray(example)) return { status: 200, headers: {}, body: [] };
	const id = isAct(request) ? Object.values(path).at(-1) : REHEARSED + uuidOf([route, path, reference ?? body]).slice(REHEARSED.length);
	const shown: IDataObject = { ...(example as IDataObject | undefined), ...derivedFields };
	for (const [name, value] of Object.entries(body ?? {})) if (value !== undefined) shown[name] = value;
	return { status: 200, headers: {}, body: { ...shown, id } };
}

/**
 * In a rehearsal no write goes further than this: it is checked against the contract and answered as the contract shows it.
 * Reads go out, but for those of objects that were only rehearsed.
 */
export const rehearse =
	(place: Connection, rehearsals: Rehearsals): Middleware =>
	(next) =>
	async (request) => {
		const namesRehearsed = Object.values(request.path ?? {}).some(isRehearsed);
		if (!place.rehearsal || (isHarmless(request, place) && !namesRehearsed)) return await next(request);
		const { body, answer } = rehearsals[request.route] ?? {};
		const answered = answerTo(request, answer);
		if (isRead(request)) return answered;
		const problems = body === undefined ? [] : problemsOf(body, request.body ?? {});
		if (problems.length > 0)
			throw new UserError(
				`Rehearsal: ${place.name} would not accept this: ${problems.slice(0, 5).join('; ')}`,
				'It is not what the contract of the API wants. Correct these fields. Nothing was sent.',
			);
		const [method] = request.route.split(' ');
		const wouldSend = { method, url: urlOf(place, request), query: request.query, body: request.body };
		return { ...answered, attempts: 0, outcome: 'rehearsed', wouldSend };
	};
