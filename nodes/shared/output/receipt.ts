import type { IDataObject } from 'n8n-workflow';
import { clock } from '../transport/clock';
import { fingerprint } from '../transport/idempotency';
import type { Answer, ApiRequest } from '../transport/call';

/**
 * What was done about a write, beside the API's own object. `outcome` is created (a new object), accepted (an act on an
 * existing one), found or replayed (it had been done before), or validated (nothing was done).
 * `fingerprint` is a SHA-256 of what was sent, `time` is ISO-8601 UTC.
 */
export const receiptOf = (request: ApiRequest, { outcome, key, attempts, status, headers }: Answer): IDataObject => ({
	...(request.reference === undefined ? {} : { reference: request.reference }),
	...(key === undefined ? {} : { idempotencyKey: key }),
	outcome: outcome ?? (request.reference === undefined ? 'accepted' : 'created'),
	attempts: attempts ?? 1,
	status,
	time: new Date(clock.now()).toISOString(),
	fingerprint: fingerprint(request.body),
	...(headers['x-request-id'] === undefined ? {} : { requestId: headers['x-request-id'] }),
});
