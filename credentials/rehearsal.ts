import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Connection } from '../nodes/shared/http/connection';
import { targetOf } from './token';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/** Whether the call only validates: it has the check query exactly once, and the contract offers that query for its path. */
function isValidation(
	{ qs = {} }: IHttpRequestOptions,
	{ pathname, searchParams }: URL,
	{ checkQuery = '', checkPaths }: Connection,
): boolean {
	const values = [...searchParams.getAll(checkQuery), ...(checkQuery in qs ? [qs[checkQuery]] : [])];
	return checkPaths?.test(pathname) === true && values.length === 1 && String(values[0]) === 'true';
}

/** The last guard of a rehearsal: throws for every write. It covers all calls with this credential, also those of other nodes. */
export function refuseRehearsedWrite(request: IHttpRequestOptions, connection: Connection): IHttpRequestOptions {
	const { name, rehearsal } = connection;
	const method = (request.method ?? 'GET').toUpperCase();
	if (!rehearsal || READS.includes(method) || (method === 'POST' && isValidation(request, targetOf(request), connection))) return request;
	throw new Error(
		`Rehearsal is switched on in this credential: ${method} was not sent to ${name}. Switch it off there to execute this call.`,
	);
}
