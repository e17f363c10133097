import type { IDataObject } from 'n8n-workflow';
import type { ApiResponse } from '../shared/http/request';
import { isOk } from '../shared/http/request';

export const isObject = (body: unknown): body is IDataObject => typeof body === 'object' && body !== null && !Array.isArray(body);

/** Fondo said that it did it, and showed what. */
export const isDone = (answer: ApiResponse) => isOk(answer) && isObject(answer.body);

/** Fondo said that it did not do it, or was never asked. 303 says that it did, 408 that it stopped listening. */
export const isRefused = ({ status, networkError, notSent }: ApiResponse) =>
	notSent === true || (networkError === undefined && status >= 300 && status < 500 && status !== 303 && status !== 408);

/**
 * Fondo answered that it failed, in the words of its own errors (contracts/NOTES.md 1.1), and so is done with the call. A gateway's
 * answer or none may come while Fondo still works on it.
 */
export const hasFailed = ({ status, body }: ApiResponse) =>
	(status === 500 || status === 503) && isObject(body) && typeof body.error === 'string';
