import { UserError } from '../core/userError';
import { mask } from '../swedish/masking';
import type { Connection } from './connection';
import type { ApiRequest, ApiResponse, SendRequest } from './request';

/** The URL of a request: base URL, path template with its values, and the trailing slash that the connection asks for. */
export function urlOf({ baseUrl, slash = 'contract' }: Connection, { route, path = {} }: ApiRequest): string {
	const [, template] = route.split(' ');
	const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = path[name] ?? '';
		// `.` and `..` would change the path, and so the operation.
		if (/^\.{0,2}$/.test(value)) throw new UserError(`'${value}' is not a valid ID`, 'Choose an entry from the list or enter its ID.');
		return encodeURIComponent(value);
	});
	if (slash === 'contract') return baseUrl + filled;
	return baseUrl + filled.replace(/\/$/, '') + (slash === 'always' ? '/' : '');
}

/** Without 303: it says that the API executed the call, and where the result is. */
const REDIRECTS = [301, 302, 307, 308];
/** One from http to https, and one to the slash form. */
const MOST_REDIRECTS = 2;

const withoutTrailingSlash = (path: string) => path.replace(/\/+$/, '');

/** An address for messages: without user, query and fragment, which may hold secrets. */
export const shownAddress = ({ protocol, host, pathname }: URL): string => `${protocol}//${host}${mask(pathname)}`;

/** Whether an answer leads away from the server that gave it: to another host or port, or from https to http. */
export const leadsAway = (from: URL, to: URL): boolean =>
	to.host !== from.host || (to.protocol !== from.protocol && !(from.protocol === 'http:' && to.protocol === 'https:'));

/** Where a response redirects to; undefined for any other response. */
export function redirectTarget(requested: URL, { headers: { location } }: Pick<ApiResponse, 'headers'>): URL | undefined {
	return location && URL.canParse(location, requested.href) ? new URL(location, requested.href) : undefined;
}

/**
 * The connection that a redirect asks for: to the same address with or without the trailing slash, or by https on the same host.
 * Undefined for any other redirect and any other response.
 */
export function redirectedTo(
	connection: Connection,
	request: ApiRequest,
	response: Pick<ApiResponse, 'status' | 'headers'>,
): Connection | undefined {
	const requested = new URL(urlOf(connection, request));
	const target = redirectTarget(requested, response);
	if (!REDIRECTS.includes(response.status) || target === undefined || leadsAway(requested, target)) return undefined;
	const { protocol, pathname } = target;
	// Any other redirect may follow an executed write, and following it with the same method would execute the write again.
	if (withoutTrailingSlash(pathname) !== withoutTrailingSlash(requested.pathname)) return undefined;
	const isSlash = pathname !== requested.pathname;
	if (!isSlash && protocol === requested.protocol) return undefined;
	return {
		...connection,
		baseUrl: connection.baseUrl.replace(/^http:/, protocol),
		...(isSlash ? { slash: pathname.endsWith('/') ? 'always' : 'never' } : {}),
	};
}

/** Follows a redirect to the slash form or to https of the same host, with the same method, body and key, and never to an address that redirected before. */
export const followRedirects =
	(connection: Connection, sendTo: (connection: Connection) => SendRequest): SendRequest =>
	async (request) => {
		const asked = new Set<string>();
		let target = connection;
		for (;;) {
			asked.add(urlOf(target, request));
			const response = await sendTo(target)(request);
			const next = redirectedTo(target, request, response);
			if (next === undefined || asked.size > MOST_REDIRECTS || asked.has(urlOf(next, request))) return response;
			target = next;
		}
	};
