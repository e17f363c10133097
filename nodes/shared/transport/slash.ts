import type { Place } from './place';
import type { Answer, ApiRequest, Send } from './call';
import { urlOf } from './url';

/** 303 is not among them: it says that the call was executed, and where to read of it. */
const MOVED = [301, 302, 307, 308];

const bare = (path: string) => path.replace(/\/+$/, '');

/** The slash that a redirect wants, when it goes to the same address but for that. */
export function wantedSlash(
	place: Place,
	request: ApiRequest,
	{ status, headers: { location } }: Pick<Answer, 'status' | 'headers'>,
): Place['slash'] {
	const asked = new URL(urlOf(place, request));
	if (!MOVED.includes(status) || !location || !URL.canParse(location, asked.href)) return undefined;
	const { origin, pathname } = new URL(location, asked);
	// Any other redirect may be the answer to an executed write: to follow it with the same method would repeat that.
	if (origin !== asked.origin || pathname === asked.pathname || bare(pathname) !== bare(asked.pathname)) return undefined;
	return pathname.endsWith('/') ? 'always' : 'never';
}

/** Follows a redirect that only adds or removes the slash at the end, with the same method, body and key. */
export const followSlash =
	(place: Place, sendTo: (place: Place) => Send): Send =>
	async (request) => {
		const answer = await sendTo(place)(request);
		const slash = wantedSlash(place, request, answer);
		return slash === undefined ? answer : await sendTo({ ...place, slash })(request);
	};
