import type { Place } from './place';
import type { Send } from './send';

/** Follows a redirect that only adds or removes the slash at the end, with the same method, body and key. */
export const followSlash =
	(place: Place, sendTo: (place: Place) => Send): Send =>
	async (request) => {
		const answer = await sendTo(place)(request);
		const { location } = answer.headers;
		if (answer.status < 301 || answer.status > 308 || !location) return answer;
		const asked = new URL(place.baseUrl);
		const target = new URL(location, asked);
		if (target.origin !== asked.origin) return answer;
		return await sendTo({ ...place, slash: target.pathname.endsWith('/') ? 'always' : 'never' })(request);
	};
