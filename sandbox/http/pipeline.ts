import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from 'openapi-backend';
import type { Fault } from '../state/faults';
import type { RequestLog } from '../state/requestLog';
import type { State } from '../state/state';
import type { Grant } from '../state/tokens';
import { errorText } from '../state/validation';
import type { Api, ApiContext, Handler, HandlerRequest, HandlerResponse } from './api';
import { afterEffect, beforeEffect } from './faultInjection';
import { HttpError } from './httpError';
import { checkRateLimit } from './rateLimit';
import { asVendor, errorAsVendor, refusalAsVendor, tokenAsVendor } from './vendorLayer';

/** A slow request must not keep the process of a stopped sandbox alive. */
const UNREF = { ref: false };

export interface IncomingRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string | string[]>;
	body: Buffer | undefined;
	baseUrl: string;
}

export interface RequestResult {
	/** `cut` means that the server destroys the connection instead of responding. */
	response: HandlerResponse | 'cut';
	operationId?: string;
	grant?: Grant;
	fault?: string;
	/** A write was executed, and not answered from its key. */
	acted?: boolean;
}

/** route → faults → token and scope → rate limit → key → contract → handler or example → own response against the contract → vendor positions. */
export async function handleRequest<Context extends ApiContext>(
	api: Api<Context>,
	incoming: IncomingRequest,
	context: Context,
	{ faults, rateLimiter, requestLog }: State,
): Promise<RequestResult> {
	const operation = api.contract.match(incoming);
	const operationId = operation?.operationId;
	if (operation === undefined || operationId === undefined) {
		const beyond = api.beyondContract?.(incoming.method, incoming.path, incoming.headers, context);
		return { response: beyond ?? api.errorResponse(noRoute(api, incoming)) };
	}

	const { redirectsToSlash } = context.vendor;
	if (redirectsToSlash !== undefined && !incoming.path.endsWith('/')) {
		const query = new URLSearchParams(incoming.query).toString();
		return { operationId, response: { status: redirectsToSlash, headers: { location: `${incoming.path}/${query && `?${query}`}` } } };
	}
	const applied = faults.apply({ ...incoming, api: api.name, operationId });
	const fault = applied.find(({ kind }) => kind !== 'latency');
	if (fault?.delayMs !== undefined) await sleep(fault.delayMs, undefined, UNREF);
	const logged = { operationId, fault: fault?.kind ?? applied[0]?.kind };
	const early = fault === undefined ? undefined : beforeEffect(api, fault, context);
	if (early !== undefined) return { ...logged, response: early };

	const headers: Record<string, string> = {};
	let grant: Grant | undefined;
	try {
		grant = api.authorize(operation, incoming.headers, context);
		Object.assign(headers, checkRateLimit(api, operation, grant, context, rateLimiter));
		const latency = latencyOf(applied.filter(({ after }) => !after));
		const { response, acted } = await runHandler(api, operation, incoming, { grant, latency, context, requestLog });
		const lateLatency = latencyOf(applied.filter(({ after }) => after));
		if (lateLatency > 0) await sleep(lateLatency, undefined, UNREF);
		const transformed = api.transformResponse?.(response, context) ?? response;
		const sent = fault === undefined ? transformed : afterEffect(api, fault, transformed);
		return { ...logged, grant, acted, response: sent === 'cut' ? sent : withHeaders(sent, headers) };
	} catch (error) {
		const httpError = error instanceof HttpError ? error : internalError(error);
		return { ...logged, grant, response: withHeaders(errorAsVendor(api, httpError, context, operationId), headers) };
	}
}

const latencyOf = (faults: Fault[]): number =>
	faults.reduce((total, { kind, delayMs = 1000 }) => total + (kind === 'latency' ? delayMs : 0), 0);

interface Authorized<Context> {
	grant: Grant;
	latency: number;
	context: Context;
	requestLog: RequestLog;
}

async function runHandler<Context extends ApiContext>(
	api: Api<Context>,
	operation: Operation,
	incoming: IncomingRequest,
	{ grant, latency, context, requestLog }: Authorized<Context>,
): Promise<{ response: HandlerResponse; acted: boolean }> {
	const operationId = operation.operationId ?? '';
	const { method, path } = incoming;
	const read = (value: unknown): unknown => api.read(value, context);
	const known = {
		...incoming,
		path: path
			.split('/')
			.map((segment) => String(read(segment)))
			.join('/'),
		body: read(parseBody(incoming)),
	};
	const request: HandlerRequest = {
		operationId,
		path: undefined,
		query: read(incoming.query),
		body: known.body,
		headers: incoming.headers,
		grant,
		baseUrl: incoming.baseUrl,
		url: new URL(path, incoming.baseUrl).href,
	};
	const handler: Handler<Context> = api.handler(operationId) ?? (() => api.contract.example(operationId));
	// Also converts numbers and booleans in the body.
	const problems = api.contract.requestProblems(known, operation);
	let acted = false;

	// The latency and the vendor positions are inside the key: a repeat finds the first request still running, and gets its bytes.
	const answer: Handler<Context> = async () => {
		try {
			if (problems.length > 0) throw new HttpError(400, 'invalid_request', problems.join('; '));
			if (latency > 0) await sleep(latency, undefined, UNREF);
			const response = await handler({ ...request, path: read(api.contract.pathParameters(known, operation)) }, context);
			acted = grant.clientId !== '' && method !== 'GET' && response.nothingDone !== true;
			const valid = validateResponse(api, operation, response, requestLog);
			return api.isToken(operationId) ? tokenAsVendor(valid, context) : asVendor(api, valid, request, method, context);
		} catch (error) {
			if (!(error instanceof HttpError) || grant.clientId === '') throw error;
			return refusalAsVendor(api, error, request, method, context);
		}
	};
	const response = api.wrapHandler ? await api.wrapHandler(answer, request, method, path, context) : await answer(request, context);
	return { response: acted ? (context.vendor.errorAfterEffect ?? response) : response, acted };
}

/** Form or JSON by content type; an empty body is undefined. */
function parseBody({ headers, body }: IncomingRequest): unknown {
	if (body === undefined || body.length === 0) return undefined;
	const text = body.toString('utf8');
	if (String(headers['content-type']).startsWith('application/x-www-form-urlencoded')) {
		return Object.fromEntries(new URLSearchParams(text));
	}
	try {
		return JSON.parse(text);
	} catch {
		throw new HttpError(400, 'invalid_request', 'The body is not valid JSON');
	}
}

function validateResponse<Context extends ApiContext>(
	api: Api<Context>,
	operation: Operation,
	response: HandlerResponse,
	requestLog: RequestLog,
): HandlerResponse {
	if (Buffer.isBuffer(response.body)) return response;
	const problems = api.contract.responseProblems(operation, response.status, response.body);
	if (problems.length === 0) return response;
	const operationId = operation.operationId ?? '';
	requestLog.writeViolation({ api: api.name, operationId, status: response.status, problems });
	throw new HttpError(500, 'server_error', `The sandbox broke its own contract in ${operationId}: ${problems.join('; ')}`);
}

function withHeaders(response: HandlerResponse, headers: Record<string, string>): HandlerResponse {
	return { ...response, headers: { ...headers, ...response.headers } };
}

function noRoute<Context extends ApiContext>({ contract }: Api<Context>, request: IncomingRequest): HttpError {
	return contract.knowsPath(request)
		? new HttpError(405, 'method_not_allowed', `${request.method} is not possible on ${request.path}`)
		: new HttpError(404, 'not_found', `No such address: ${request.method} ${request.path}`);
}

function internalError(error: unknown): HttpError {
	return new HttpError(500, 'server_error', `The sandbox failed: ${errorText(error)}`);
}
