import { UserError } from '../core/userError';
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

const withoutTrailingSlash = (path: string) => path.replace(/\/+$/, '');

/** The trailing slash that a redirect asks for; undefined for any other redirect and any other response. */
export function redirectedSlash(
	connection: Connection,
	request: ApiRequest,
	{ status, headers: { location } }: Pick<ApiResponse, 'status' | 'headers'>,
): Connection['slash'] {
	const requested = new URL(urlOf(connection, request));
	if (!REDIRECTS.includes(status) || !location || !URL.canParse(location, requested.href)) return undefined;
	const { origin, pathname } = new URL(location, requested);
	// Any other redirect may follow an executed write, and following it with the same method would execute the write again.
	if (origin !== requested.origin || pathname === requested.pathname) return undefined;
	if (withoutTrailingSlash(pathname) !== withoutTrailingSlash(requested.pathname)) return undefined;
	return pathname.endsWith('/') ? 'always' : 'never';
}

/** Follows a redirect that only adds or removes the trailing slash, with the same method, body and key. */
export const followTrailingSlash =
	(connection: Connection, sendTo: (connection: Connection) => SendRequest): SendRequest =>
	async (request) => {
		const response = await sendTo(connection)(request);
		const slash = redirectedSlash(connection, request, response);
		return slash === undefined ? response : await sendTo({ ...connection, slash })(request);
	};
