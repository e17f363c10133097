import { type Behaviour, REDIRECTS, type View } from '../vendors/position';
import { isFields } from '../vendors/writeFields';
import type { Api, ApiContext, HandlerRequest, HandlerResponse } from './api';
import type { HttpError } from './httpError';

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
	if (Buffer.isBuffer(response.body)) return { status, headers, body: response.body };
	if (list) {
		const rows = list.rows.map((row) => api.show(row, 'list', context));
		return { status, headers, body: vendor.listBody(list.page(rows)) };
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

/** The response to a request that failed: that of the API, or what the vendor positions make of a refused write. */
export function refusalAsVendor<Context extends ApiContext>(
	api: Api<Context>,
	error: HttpError,
	request: HandlerRequest,
	method: string,
	context: Context,
): HandlerResponse {
	const usual = api.errorResponse(error, request.operationId);
	if (method === 'GET' || !REFUSALS.includes(error.status)) return usual;
	if (api.isCheck?.(request) === true && context.vendor.validateOnly === 'invalid in 200') {
		return { status: 200, body: { valid: false, errors: [error.message] } };
	}
	const { status, body, headers = {} } = usual;
	return context.vendor.refusal({ status, body, headers }, error.message);
}
