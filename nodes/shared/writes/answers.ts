import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../core/isObject';
import type { ApiResponse } from '../http/request';
import { refersToResult } from '../http/retry';
import { saysNo, withoutEnvelope } from '../http/envelope';

/** The API said no, or was not asked. 302 and 303 may refer to what it executed, 408 says that it stopped listening, 409 and 422 may speak of an earlier call. */
export const isRefused = ({ status, networkError, notSent, outcome }: ApiResponse) =>
	notSent === true ||
	(outcome !== 'unknown' && networkError === undefined && status >= 300 && status < 500 && !refersToResult({ status }) && status !== 408);

/** The object in an answer, also where an envelope is around it; undefined where there is none, or where the answer says no. */
export function objectIn(answer: unknown): IDataObject | undefined {
	const body = withoutEnvelope(answer);
	if (!isObject(body) || saysNo(answer)) return undefined;
	if (body.id !== undefined) return body;
	const inner = Object.values(body)
		.filter(isObject)
		.filter(({ id }) => id !== undefined);
	if (inner.length === 1) return inner[0];
	return Object.keys(body).length > 0 ? body : undefined;
}

export const isEmpty = (body: unknown) => body === undefined || body === null || (isObject(body) && Object.keys(body).length === 0);
