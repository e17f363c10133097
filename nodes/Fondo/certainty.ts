import { isObject } from '../shared/core/isObject';
import type { ApiResponse } from '../shared/http/request';
import { isOk } from '../shared/http/request';

/** Fondo executed the call and returned the object. */
export const isDone = (response: ApiResponse) => isOk(response) && isObject(response.body);

/**
 * Fondo refused the call, or never received it. Two statuses are no refusal: 303 means that Fondo executed the call, 408 that Fondo
 * stopped waiting for it.
 */
export const isRefused = ({ status, networkError, notSent }: ApiResponse) =>
	notSent === true || (networkError === undefined && status >= 300 && status < 500 && status !== 303 && status !== 408);

/**
 * Fondo itself reported a failure, in its own error format (contracts/NOTES.md 1.1), so it no longer works on the call. An error of a
 * gateway, or no response at all, does not prove that.
 */
export const hasFailed = ({ status, body }: ApiResponse) =>
	(status === 500 || status === 503) && isObject(body) && typeof body.error === 'string';
