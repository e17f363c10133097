import type { IDataObject } from 'n8n-workflow';
import { clock } from '../core/clock';
import { fingerprint } from '../writes/idempotencyKey';
import type { ApiResponse, ApiRequest } from '../http/request';

/** The answer shows an object that the call did not name. */
const isNew = ({ route, path = {} }: ApiRequest, body: unknown) =>
	route.startsWith('POST ') && typeof body === 'object' && body !== null && 'id' in body && !Object.values(path).includes(String(body.id));

/**
 * What was done about a write, beside the API's own object. `outcome` is created (a new object), accepted (an act on an
 * existing one), found or replayed (it had been done before), validated or rehearsed (nothing was done).
 * `fingerprint` is a SHA-256 of what was sent, `time` is ISO-8601 UTC, `warnings` is what the checks found and was sent all the same.
 */
export const receiptOf = (
	request: ApiRequest,
	{ outcome, key, attempts, status, headers, body, receiptDetails, wouldSend }: ApiResponse,
): IDataObject => ({
	...(request.reference === undefined ? {} : { reference: request.reference }),
	...(key === undefined ? {} : { idempotencyKey: key }),
	outcome: outcome ?? (request.reference !== undefined || isNew(request, body) ? 'created' : 'accepted'),
	attempts: attempts ?? 1,
	...(wouldSend === undefined ? { status } : { wouldSend }),
	time: new Date(clock.now()).toISOString(),
	fingerprint: fingerprint(request.body),
	...(request.warnings?.length ? { warnings: [...request.warnings] } : {}),
	...receiptDetails,
	...(headers['x-request-id'] === undefined ? {} : { requestId: headers['x-request-id'] }),
});
