import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Connection } from '../nodes/shared/http/connection';
import { targetOf } from './token';

const READS = ['GET', 'HEAD', 'OPTIONS'];

const methodOf = ({ method = 'GET' }: IHttpRequestOptions) => method.toUpperCase();

const hasHeader = ({ headers }: IHttpRequestOptions, name: string) =>
	Object.entries(headers ?? {}).some(([given, value]) => given.toLowerCase() === name && Boolean(value));

/** Whether the call only validates: it has the check query exactly once and in exactly this writing, and the contract offers it for this path. */
function isValidation(request: IHttpRequestOptions, { checkQuery = '', checkPaths }: Connection): boolean {
	const { pathname, search } = targetOf(request);
	const inUrl = search.slice(1).split('&').filter(Boolean);
	const inQuery = Object.entries(request.qs ?? {});
	const isExact = inUrl.includes(`${checkQuery}=true`) || request.qs?.[checkQuery] === 'true';
	const named = [...new URLSearchParams(search).keys(), ...inQuery.map(([name]) => name)];
	// Also `validate-only[]` and `Validate-Only`: a server may read them as the same name.
	const isOnce = named.filter((name) => name.toLowerCase().includes(checkQuery)).length === 1;
	return methodOf(request) === 'POST' && checkPaths?.test(pathname) === true && isExact && isOnce;
}

/** The last guard of a rehearsal: throws for every write. It covers all calls with this credential, also those of other nodes. */
export function refuseRehearsedWrite(request: IHttpRequestOptions, connection: Connection): void {
	const { name, rehearsal } = connection;
	if (!rehearsal || READS.includes(methodOf(request)) || isValidation(request, connection)) return;
	throw new Error(
		`Rehearsal is switched on in this credential: ${methodOf(request)} was not sent to ${name}. Switch it off there to execute this call.`,
	);
}

/** n8n's helper repeats a call with these options only after 401, when nothing was executed. Our own nodes set them. */
const isRepeatedAfter401Only = ({ ignoreHttpStatusErrors: ignored }: IHttpRequestOptions) =>
	typeof ignored === 'object' && ignored.ignore && ignored.except?.every((status) => status === 401) === true;

/**
 * Throws for a write that carries a token already. n8n (2.41) renews the token and repeats a call of HTTP Request, its tool and
 * GraphQL after every failure, also after a lost answer, and gives the signed call to `authenticate` again. A call that went out
 * without a token was not executed and may be repeated, and so may a write with a key that the API knows.
 */
export function refuseRepeatedWrite(request: IHttpRequestOptions, { name, takesKeys }: Connection): void {
	const isSafe =
		READS.includes(methodOf(request)) || isRepeatedAfter401Only(request) || (takesKeys && hasHeader(request, 'idempotency-key'));
	if (isSafe || !hasHeader(request, 'authorization')) return;
	throw new Error(
		`This ${methodOf(request)} failed, and n8n was about to send it to ${name} a second time. It was not sent again. Perhaps ${name} executed the first: look there before you run this again. If this node sets the header Authorization itself, remove it.`,
	);
}

/** The option of n8n's older request helper, which HTTP Request and GraphQL use. */
interface OlderOptions {
	readonly simple?: boolean;
	readonly resolveWithFullResponse?: boolean;
}

/**
 * Makes a write of n8n's GraphQL node fail on a status like 502. That node (2.41) takes every status for a success, so a lost write would
 * end in a green run. HTTP Request does so only with its option *Never Error*, and then asks for the full response.
 */
export function failingOnStatus(request: IHttpRequestOptions): IHttpRequestOptions {
	const { simple, resolveWithFullResponse }: OlderOptions = request as OlderOptions;
	if (simple !== false || resolveWithFullResponse || READS.includes(methodOf(request))) return request;
	return { ...request, simple: true } as IHttpRequestOptions;
}
