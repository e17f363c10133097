import type { IDataObject } from 'n8n-workflow';
import { clock } from '../core/clock';
import { isObject } from '../core/isObject';
import { requestIdOf } from '../http/reason';
import type { ApiRequest, ApiResponse, Outcome } from '../http/request';
import { fingerprint } from '../writes/idempotencyKey';

/** The response contains an object that the request did not name. */
const isNew = ({ route, path = {} }: ApiRequest, body: unknown) =>
	route.startsWith('POST ') && typeof body === 'object' && body !== null && 'id' in body && !Object.values(path).includes(String(body.id));

/** The status of an object as a sentence, where the API shows one. */
const statusIn = (body: unknown) =>
	isObject(body) && typeof body.status === 'string' && /^[\w ]{1,40}$/.test(body.status) ? `Its status is ${body.status}.` : '';

function sentence(
	{ reference, warnings = [], remarks = [] }: ApiRequest,
	outcome: Outcome,
	details: IDataObject = {},
	body?: unknown,
): string {
	const what = reference === undefined ? 'It' : `'${reference}'`;
	const made =
		details.madeHere === false
			? `Somebody else made ${what === 'It' ? 'it' : what}.`
			: `${what} was ${reference === undefined ? 'done' : 'there'} already.`;
	const sentences: Partial<Record<Outcome, string>> = {
		created: `${what} was created.`,
		accepted: `${what} was accepted. ${statusIn(body)}`.trim(),
		found: [made, statusIn(body), 'Nothing was sent.'].filter(Boolean).join(' '),
		replayed: `${what} was executed by an earlier call. Nothing was executed a second time.`,
		validated: `${what} was checked. Nothing was executed.`,
		rehearsed: 'This is a rehearsal. Nothing was sent.',
	};
	const [first] = warnings;
	return [sentences[outcome], ...remarks, first && `${warnings.length === 1 ? 'One warning' : `${warnings.length} warnings`}: ${first}`]
		.filter(Boolean)
		.join(' ');
}

/**
 * The receipt of a write, beside the API's own object. `message` says it in one sentence. `outcome` is created (a new object), accepted (an act on an existing one), found
 * or replayed (done by an earlier call), validated or rehearsed (nothing was done). `fingerprint` is the SHA-256 of the request body,
 * `time` is ISO-8601 UTC, `warnings` are the findings of the checks that the user chose to ignore.
 */
export const receiptOf = (request: ApiRequest, response: ApiResponse): IDataObject => {
	const { outcome, key, attempts, status, body, receiptDetails, wouldSend } = response;
	const requestId = requestIdOf(response);
	const become = outcome ?? (request.reference !== undefined || isNew(request, body) ? 'created' : 'accepted');
	return {
		message: sentence(request, become, receiptDetails, body),
		...(request.reference === undefined ? {} : { reference: request.reference }),
		...(key === undefined ? {} : { idempotencyKey: key }),
		outcome: become,
		attempts: attempts ?? 1,
		...(wouldSend === undefined ? { status } : { wouldSend }),
		time: new Date(clock.now()).toISOString(),
		...(receiptDetails?.madeHere === false ? {} : { fingerprint: fingerprint(request.body) }),
		...(request.warnings?.length ? { warnings: [...request.warnings] } : {}),
		...receiptDetails,
		...(requestId === undefined ? {} : { requestId }),
	};
};
