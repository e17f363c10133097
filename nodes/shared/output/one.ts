import type { IDataObject } from 'n8n-workflow';
import { clock } from '../core/clock';
import { withoutEnvelope } from '../http/envelope';
import type { ApiRequest, ApiResponse } from '../http/request';
import { requestIdOf } from '../http/reason';
import { isRead } from '../http/request';
import { fingerprint } from '../writes/idempotencyKey';
import type { ResultMode } from './resultMode';

/**
 * A response body as the JSON of an item. n8n treats a truthy top-level `error` as a failure and repeats the node under Retry On
 * Fail (n8n issues 14423, 12096), so that field becomes `apiError`. Everything else stays unchanged.
 */
export function jsonOf(value: unknown): IDataObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		return value === undefined ? {} : { value: value as IDataObject };
	if (!('error' in value)) return value as IDataObject;
	const { error, ...rest } = value;
	return { ...rest, apiError: error } as IDataObject;
}

/** The response contains an object that the request did not name. */
const isNew = ({ route, path = {} }: ApiRequest, body: unknown) =>
	route.startsWith('POST ') && typeof body === 'object' && body !== null && 'id' in body && !Object.values(path).includes(String(body.id));

/**
 * The receipt of a write, beside the API's own object. `outcome` is created (a new object), accepted (an act on an existing one), found
 * or replayed (done by an earlier call), validated or rehearsed (nothing was done). `fingerprint` is the SHA-256 of the request body,
 * `time` is ISO-8601 UTC, `warnings` are the findings of the checks that the user chose to ignore.
 */
export const receiptOf = (request: ApiRequest, response: ApiResponse): IDataObject => {
	const { outcome, key, attempts, status, body, receiptDetails, wouldSend } = response;
	const requestId = requestIdOf(response);
	return {
		...(request.reference === undefined ? {} : { reference: request.reference }),
		...(key === undefined ? {} : { idempotencyKey: key }),
		outcome: outcome ?? (request.reference !== undefined || isNew(request, body) ? 'created' : 'accepted'),
		attempts: attempts ?? 1,
		...(wouldSend === undefined ? { status } : { wouldSend }),
		time: new Date(clock.now()).toISOString(),
		...(receiptDetails?.madeHere === false ? {} : { fingerprint: fingerprint(request.body) }),
		...(request.warnings?.length ? { warnings: [...request.warnings] } : {}),
		...receiptDetails,
		...(requestId === undefined ? {} : { requestId }),
	};
};

/** One response, one item; a write adds its receipt. */
export const one: ResultMode = {
	fields: {},
	execute: async ({ client, request, select }) => {
		const answer = await client(request);
		// A report is what its answer is: a list of one row in it is no object.
		const isReport = isRead(request) && !request.route.endsWith('}');
		const response = isReport ? answer : { ...answer, body: withoutEnvelope(answer.body) };
		const json = jsonOf(response.body);
		return [{ json: select(isRead(request) ? json : { ...json, receipt: receiptOf(request, response) }) }];
	},
};
