import type { IDataObject } from 'n8n-workflow';
import { withoutEnvelope } from '../http/envelope';
import { isRead } from '../http/request';
import { receiptOf } from './receipt';
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

/** The receipt is the first field that a person sees. A field of the same name in the API's object gives way. */
const withReceipt = (receipt: IDataObject, json: IDataObject): IDataObject => Object.assign({ receipt }, json, { receipt });

/** One response, one item; a write adds its receipt. */
export const one: ResultMode = {
	fields: {},
	execute: async ({ client, request, select }) => {
		const answer = await client(request);
		// A report is what its answer is: a list of one row in it is no object.
		const isReport = isRead(request) && !request.route.endsWith('}');
		const response = isReport ? answer : { ...answer, body: withoutEnvelope(answer.body) };
		const json = jsonOf(response.body);
		return [{ json: select(isRead(request) ? json : withReceipt(receiptOf(request, response), json)) }];
	},
};
