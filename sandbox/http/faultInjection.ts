import type { Fault } from '../state/faults';
import type { Api, ApiContext, HandlerResponse } from './api';
import { HttpError } from './httpError';
import { injectedRateLimit } from './rateLimit';
import { errorAsVendor } from './vendorLayer';

const CODES: Record<number, string> = { 409: 'conflict', 503: 'service_unavailable' };

function faultResponse<Context extends ApiContext>(api: Api<Context>, { status = 500, body, headers }: Fault): HandlerResponse {
	const standard = api.errorResponse(new HttpError(status, CODES[status] ?? 'server_error', 'Injected fault'));
	return { status, body: body ?? standard.body, headers };
}

/** What a fault answers instead of the API; undefined when the request continues. */
export function beforeEffect<Context extends ApiContext>(
	api: Api<Context>,
	fault: Fault,
	context: Context,
): HandlerResponse | 'cut' | undefined {
	switch (fault.kind) {
		case 'cut_before':
			return 'cut';
		case 'expired_token':
			return errorAsVendor(api, api.unauthorized, context);
		case 'rate_limit':
			return injectedRateLimit(api, fault, context);
		case 'status':
			return fault.after ? undefined : faultResponse(api, fault);
		default:
			return undefined;
	}
}

/** The response that a fault leaves after the operation has taken effect. */
export function afterEffect<Context extends ApiContext>(
	api: Api<Context>,
	fault: Fault,
	response: HandlerResponse,
): HandlerResponse | 'cut' {
	switch (fault.kind) {
		case 'status':
			return faultResponse(api, fault);
		case 'cut_after':
			return 'cut';
		case 'empty':
			return { status: 204 };
		case 'malformed':
			return { status: 200, body: Buffer.from('{"id": "broken'), headers: { 'content-type': 'application/json' } };
		default:
			return response;
	}
}
