import type { IDataObject } from 'n8n-workflow';
import { uuidOf } from './idempotencyKey';
import type { Connection } from '../http/connection';
import { UserError } from '../core/userError';
import type { ApiResponse, ApiRequest, Middleware } from '../http/request';
import { isAct, isRead } from '../http/request';
import type { Schema } from './schema';
import { problemsOf } from './schema';
import { urlOf } from '../http/url';

/** By route: the contract's schema of the body, and its example of a response. Generated from the contracts. */
export type Rehearsals = Readonly<Record<string, { readonly body?: Schema; readonly answer?: unknown }>>;

/** The first characters of the ID of a rehearsed object. No API has an object with such an ID. */
const REHEARSED = '00000000-';

export const isRehearsed = (id: unknown) => typeof id === 'string' && id.startsWith(REHEARSED);

/** Whether a call changes nothing at the API. */
const isHarmless = (request: ApiRequest, { checkQuery = '' }: Connection) => isRead(request) || request.query?.[checkQuery] === 'true';

/** The contract's example with the user's values. A new object gets an ID derived from the call. */
function responseTo(request: ApiRequest, example: unknown): ApiResponse {
	const { route, path = {}, body, reference, derivedFields } = request;
	if (Array.isArray(example)) return { status: 200, headers: {}, body: [] };
	const id = isAct(request) ? Object.values(path).at(-1) : REHEARSED + uuidOf([route, path, reference ?? body]).slice(REHEARSED.length);
	const shown: IDataObject = { ...(example as IDataObject | undefined), ...derivedFields };
	for (const [name, value] of Object.entries(body ?? {})) if (value !== undefined) shown[name] = value;
	return { status: 200, headers: {}, body: { ...shown, id } };
}

/**
 * In a rehearsal this layer sends no write: it checks the write against the contract and returns the contract's example. It sends
 * reads, except reads of rehearsed objects.
 */
export const rehearse =
	(connection: Connection, rehearsals: Rehearsals): Middleware =>
	(next) =>
	async (request) => {
		const namesRehearsed = Object.values(request.path ?? {}).some(isRehearsed);
		if (!connection.rehearsal || (isHarmless(request, connection) && !namesRehearsed)) return await next(request);
		const { body, answer: example } = rehearsals[request.route] ?? {};
		const response = responseTo(request, example);
		if (isRead(request)) return response;
		const problems = body === undefined ? [] : problemsOf(body, request.body ?? {});
		if (problems.length > 0)
			throw new UserError(
				`Rehearsal: ${connection.name} would not accept this: ${problems.slice(0, 5).join('; ')}`,
				'It is not what the contract of the API wants. Correct these fields. Nothing was sent.',
			);
		const [method] = request.route.split(' ');
		const wouldSend = { method, url: urlOf(connection, request), query: request.query, body: request.body };
		return { ...response, attempts: 0, outcome: 'rehearsed', wouldSend };
	};
