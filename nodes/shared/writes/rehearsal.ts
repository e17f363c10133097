import type { IDataObject } from 'n8n-workflow';
import { uuidOf } from './idempotencyKey';
import type { Connection } from '../http/connection';
import { sendsNoWrite } from '../http/connection';
import { UserError } from '../core/userError';
import type { ApiResponse, ApiRequest, Middleware } from '../http/request';
import { isAct, isRead } from '../http/request';
import type { Schema } from './schema';
import { problemsOf } from './schema';
import { urlOf } from '../http/url';

/** By route: the contract's schema of the body, and its example of a response, or the route that has it. Generated from the contracts. */
export type Rehearsals = Readonly<Record<string, { readonly body?: Schema; readonly answer?: unknown; readonly like?: string }>>;

/** The first characters of the ID of a rehearsed object. No API has an object with such an ID. */
const REHEARSED = '00000000-';

export const isRehearsed = (id: unknown) => typeof id === 'string' && id.startsWith(REHEARSED);

const isCheck = (request: ApiRequest, { checkQuery = '' }: Connection) => request.query?.[checkQuery] === 'true';

/** Links and secrets of the contract's example as ones that lead nowhere (RFC 2606) and that cannot be taken for real ones. */
function unmistakable(value: unknown, name = ''): unknown {
	if (Array.isArray(value)) return value.map((one) => unmistakable(one, name));
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(Object.entries(value).map(([field, child]) => [field, unmistakable(child, field)]));
	if (typeof value !== 'string') return value;
	if (/secret|token|password/i.test(name)) return 'rehearsed.invalid';
	return value.replace(/^[a-z][a-z\d+.-]*:\/\/.*$/i, `https://rehearsed.invalid/${name}`).replace(/@[\w.-]+$/, '@rehearsed.invalid');
}

/** The contract's example with the user's values. A new object gets an ID derived from the call. */
function responseTo(request: ApiRequest, example: unknown): ApiResponse {
	const { route, path = {}, body, reference, derivedFields } = request;
	if (Array.isArray(example) || (example === undefined && isRead(request))) return { status: 200, headers: {}, body: [] };
	const id = isAct(request) ? Object.values(path).at(-1) : REHEARSED + uuidOf([route, path, reference ?? body]).slice(REHEARSED.length);
	const shown: IDataObject = { ...(unmistakable(example) as IDataObject | undefined), ...derivedFields };
	for (const [name, value] of Object.entries(body ?? {})) if (value !== undefined) shown[name] = value;
	return { status: 200, headers: {}, body: { ...shown, id } };
}

/** Notes the routes of checks that the API only checked: then a rehearsal may send them, too. */
export const noteHarmlessChecks =
	(harmless: Set<string>): Middleware =>
	(next) =>
	async (request) => {
		const response = await next(request);
		if (response.outcome === 'validated') harmless.add(request.route);
		return response;
	};

/**
 * In a rehearsal or a preview this layer sends no write: it checks the write against the contract and returns the contract's example. It sends
 * reads, except reads of rehearsed objects, and the API's own checks once one of them was seen to be harmless.
 */
export const rehearse =
	(connection: Connection, rehearsals: Rehearsals, harmless: ReadonlySet<string> = new Set()): Middleware =>
	(next) =>
	async (request) => {
		const namesRehearsed = Object.values(request.path ?? {}).some(isRehearsed);
		const mayGoOut = isRead(request) || (isCheck(request, connection) && harmless.has(request.route));
		if (!sendsNoWrite(connection) || (mayGoOut && !namesRehearsed)) return await next(request);
		const { body, like = request.route } = rehearsals[request.route] ?? {};
		const response = responseTo(request, rehearsals[like]?.answer);
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
