import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Connection } from '../nodes/shared/http/connection';
import { targetOf } from './token';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/** Whether this only checks: the switch stands in the call once, and the contract knows it for this call. */
function isCheck({ qs = {} }: IHttpRequestOptions, { pathname, searchParams }: URL, { checkQuery = '', checkPaths }: Connection): boolean {
	const asked = [...searchParams.getAll(checkQuery), ...(checkQuery in qs ? [qs[checkQuery]] : [])];
	return checkPaths?.test(pathname) === true && asked.length === 1 && String(asked[0]) === 'true';
}

/** The last door of a rehearsal, which every call passes, also those of other nodes with this credential: no write leaves n8n. */
export function holdBack(request: IHttpRequestOptions, place: Connection): IHttpRequestOptions {
	const { name, rehearsal } = place;
	const method = (request.method ?? 'GET').toUpperCase();
	if (!rehearsal || READS.includes(method) || (method === 'POST' && isCheck(request, targetOf(request), place))) return request;
	throw new Error(
		`Rehearsal is switched on in this credential: ${method} was not sent to ${name}. Switch it off there when this is to be done for real.`,
	);
}
