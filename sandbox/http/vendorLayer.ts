import { type Behaviour, REDIRECTS, type View } from '../vendors/position';
import { isFields } from '../vendors/writeFields';
import type { Api, ApiContext, HandlerRequest, HandlerResponse } from './api';
import { HttpError } from './httpError';

/** Statuses of a refusal: the API understood the caller and declined to act. */
const REFUSALS = [400, 409, 422];

/** A valid response of a handler, in the shape that the vendor positions give it. */
export function asVendor<Context extends ApiContext>(
	api: Api<Context>,
	response: HandlerResponse,
	request: HandlerRequest,
	method: string,
	context: Context,
): HandlerResponse {
	const { vendor } = context;
	const { status, headers, list, created, instead } = response;
	if (Buffer.isBuffer(response.body)) {
		// A link to the file is its own address with a slash.
		return request.url.endsWith('/') ? { status, headers, body: response.body } : { status, ...vendor.file(response.body, request.url) };
	}
	if (list) {
		const rows = list.rows.map((row) => api.show(row, 'list', context));
		const page = list.page(rows);
		return { status, headers: { ...headers, ...vendor.listHeaders(page) }, body: vendor.listBody(page) };
	}
	const view: View = method === 'GET' ? 'read' : 'answer';
	const body = api.show(instead ?? response.body, view, context);
	if (created === undefined || !isFields(body)) return { status, headers, body };
	return createdAnswer(vendor, body, request.baseUrl + created);
}

function createdAnswer(
	{ createdStatus, createdBody }: Behaviour,
	object: Readonly<Record<string, unknown>>,
	location: string,
): HandlerResponse {
	if (createdStatus === 204) return { status: 204 };
	if (REDIRECTS.includes(createdStatus)) return { status: createdStatus, headers: { location } };
	const body = createdBody(object);
	return { status: createdStatus, body, headers: typeof body === 'string' ? { 'content-type': 'text/plain' } : {} };
}

export const tokenAsVendor = ({ status, body, headers = {} }: HandlerResponse, { vendor }: ApiContext): HandlerResponse =>
	vendor.tokenAnswer({ status, body, headers });

/** An error in the shape that the vendor positions give it. */
export function errorAsVendor<Context extends ApiContext>(
	api: Api<Context>,
	error: HttpError,
	context: Context,
	operationId?: string,
): HandlerResponse {
	const { vendor } = context;
	const known = error === api.unauthorized ? new HttpError(vendor.expiredToken, error.code, error.message) : error;
	const { status, body, headers = {} } = api.errorResponse(known, operationId);
	return vendor.errorAnswer({ status, body, headers }, known.code, known.message);
}

/** The response to a request that failed: that of the API, or what the vendor positions make of a refused write. */
export function refusalAsVendor<Context extends ApiContext>(
	api: Api<Context>,
	error: HttpError,
	request: HandlerRequest,
	method: string,
	context: Context,
): HandlerResponse {
	const usual = errorAsVendor(api, error, context, request.operationId);
	if (method === 'GET' || !REFUSALS.includes(error.status)) return usual;
	if (api.isCheck?.(request) === true && context.vendor.validateOnly === 'invalid in 200') {
		return { status: 200, body: { valid: false, errors: [error.message] } };
	}
	const { status, body, headers = {} } = usual;
	return context.vendor.refusal({ status, body, headers }, error.message);
}
