import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Place } from '../nodes/shared/transport/place';
import { targetOf } from './token';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/** The last door of a rehearsal, which every call passes, also those of other nodes with this credential: no write leaves n8n. */
export function holdBack(request: IHttpRequestOptions, { name, rehearsal, checkQuery = '' }: Place): IHttpRequestOptions {
	const method = (request.method ?? 'GET').toUpperCase();
	const asked = targetOf(request).searchParams.get(checkQuery);
	const isCheck = checkQuery !== '' && (asked ?? String((request.qs ?? {})[checkQuery])) === 'true';
	if (!rehearsal || READS.includes(method) || isCheck) return request;
	throw new Error(
		`Rehearsal is switched on in this credential: ${method} was not sent to ${name}. Switch it off there when this is to be done for real.`,
	);
}
