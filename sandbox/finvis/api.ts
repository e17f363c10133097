import type { operations } from '../../contracts/finvis';
import { type Api, handlerNamed, type HandlerRequest, type HandlerResponse, type Handlers } from '../http/api';
import { loadContract } from '../http/contract';
import { HttpError } from '../http/httpError';
import { REDIRECTS } from '../vendors/position';
import { authHandlers, authorize, TOKEN_OPERATIONS, unauthorized } from './auth';
import { batchHandlers } from './batches';
import type { FinvisContext } from './context';
import { readHandlers } from './reads';
import { reportHandlers } from './reports';
import { readFinvis, showFinvis } from './vendorFields';
import { webhookHandlers } from './webhooks';

const handlers: Handlers<operations, FinvisContext> = {
	...authHandlers,
	...readHandlers,
	...batchHandlers,
	...reportHandlers,
	...webhookHandlers,
};

export async function finvisApi(): Promise<Api<FinvisContext>> {
	return {
		name: 'finvis',
		contract: await loadContract('finvis', '/public'),
		handler: (operationId) => handlerNamed(handlers, operationId),
		errorResponse,
		authorize,
		unauthorized,
		isToken: (operationId) => TOKEN_OPERATIONS.includes(operationId),
		show: (value, _view, context) => showFinvis(value, context),
		read: readFinvis,
		beyondContract: readOneBatch,
		transformResponse: unwrapList,
		wrapHandler: async (handler, request, method, path, context) => {
			const key = request.headers['idempotency-key'];
			if (typeof key !== 'string' || method === 'GET' || request.grant.clientId === '') return handler(request, context);
			if (key.trim() === '') throw new HttpError(400, 'invalid', 'Idempotency-Key must not be empty');
			const route = `${method} ${path.replace(/(.)\/+$/, '$1')}`;
			if (!context.vendor.keyForm.test(key)) throw new HttpError(400, 'invalid', 'Idempotency-Key is not valid');
			const { vendor } = context;
			const keyed = { key: `${request.grant.tenantId} ${key}`, request: route, body: request.body, now: context.clock.real(), vendor };
			return await context.idempotency.once(keyed, () => handler(request, context));
		},
		rateLimitHeaders: ({ limit, remaining, resetAt }, { clock, settings }) => {
			const reset = settings.rateLimitReset === 'epoch' ? resetAt / 1000 : (resetAt - clock.real()) / 1000;
			return {
				'X-RateLimit-Limit': String(limit),
				'X-RateLimit-Remaining': String(remaining),
				'X-RateLimit-Reset': String(Math.ceil(reset)),
			};
		},
		sendsRetryAfter: ({ settings }) => settings.retryAfter,
	};
}

const ONE_BATCH = /^\/public\/payments\/batches\/([0-9a-f-]{36})\/?$/i;

/** The read of one batch. The contract has none; a vendor that answers a create call with its address must have it. */
function readOneBatch(
	method: string,
	path: string,
	headers: HandlerRequest['headers'],
	context: FinvisContext,
): HandlerResponse | undefined {
	const id = ONE_BATCH.exec(path)?.[1]?.toLowerCase();
	if (!REDIRECTS.includes(context.vendor.createdStatus) || method !== 'GET' || id === undefined) return undefined;
	const grant = context.tokens.find('finvis', headers.authorization);
	if (grant === undefined) return errorResponse(unauthorized);
	const batch = context.store.tenant(grant.tenantId).batches.get(id);
	if (batch === undefined) return errorResponse(new HttpError(404, 'not_found', `There is no payment batch ${id}`));
	return { status: 200, body: showFinvis(batch, context) };
}

/** With the setting `bare`, a list is an array instead of an object with `results`. */
function unwrapList(response: HandlerResponse, { settings }: FinvisContext): HandlerResponse {
	const { body } = response;
	if (settings.list !== 'bare' || typeof body !== 'object' || body === null) return response;
	return 'results' in body ? { ...response, body: body.results } : response;
}

function errorResponse({ status, code, message, headers }: HttpError, operationId = ''): HandlerResponse {
	// Token requests use the error shape of OAuth, the others that of Finvis.
	const body = TOKEN_OPERATIONS.includes(operationId)
		? { error: code, error_description: message }
		: { detail: message, code: code === 'invalid_request' ? 'invalid' : code };
	return { status, body, headers };
}
