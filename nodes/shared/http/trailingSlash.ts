import type { Connection } from './connection';
import type { ApiResponse, ApiRequest, SendRequest } from './request';
import { urlOf } from './url';

/** 303 is not among them: it says that the call was executed, and where to read of it. */
const MOVED = [301, 302, 307, 308];

const bare = (path: string) => path.replace(/\/+$/, '');

/** The slash that a redirect wants, when it goes to the same address but for that. */
export function redirectedSlash(
	place: Connection,
	request: ApiRequest,
	{ status, headers: { location } }: Pick<ApiResponse, 'status' | 'headers'>,
): Connection['slash'] {
	const asked = new URL(urlOf(place, request));
	if (!MOVED.includes(status) || !location || !URL.canParse(location, asked.href)) return undefined;
	const { origin, pathname } = new URL(location, asked);
	// Any other redirect may be the answer to an executed write: to follow it with the same method would repeat that.
	if (origin !== asked.origin || pathname === asked.pathname || bare(pathname) !== bare(asked.pathname)) return undefined;
	return pathname.endsWith('/') ? 'always' : 'never';
}

/** Follows a redirect that only adds or removes the slash at the end, with the same method, body and key. */
export const followTrailingSlash =
	(place: Connection, sendTo: (place: Connection) => SendRequest): SendRequest =>
	async (request) => {
		const answer = await sendTo(place)(request);
		const slash = redirectedSlash(place, request, answer);
		return slash === undefined ? answer : await sendTo({ ...place, slash })(request);
	};
