import type { ApiResponse, ApiRequest } from './request';
import { isOk } from './request';

const seconds = (ms: number) => {
	const whole = Math.ceil(ms / 1000);
	return `${whole} ${whole === 1 ? 'second' : 'seconds'}`;
};

/** The error message of a response that is not a success. The title says what happened, the advice what to do. */
export function errorMessage(api: string, request: ApiRequest, response: ApiResponse): [title: string, advice: string] {
	const { status, networkError, waitMs, outcome, key } = response;
	const { reference } = request;
	const tries = response.attempts === undefined ? '' : ` after ${response.attempts} ${response.attempts === 1 ? 'try' : 'tries'}`;
	const comeBack = waitMs === undefined ? '' : ` It asks to come back in ${seconds(waitMs)}.`;
	if (outcome === 'unknown')
		return [
			`It is not known whether ${api} executed ${reference === undefined ? 'this' : `'${reference}'`}`,
			`${networkError ?? `${api} answered ${status}`}${tries}.${comeBack} ${whatNow(api, request, key)}`,
		];
	if (networkError !== undefined && response.notSent)
		return [
			`${api} could not be reached`,
			`${networkError}. Nothing was sent. Check the environment or base URL in the credential and the network.`,
		];
	if (networkError !== undefined)
		return [`${api} did not answer`, `${networkError}${tries}. Try again later, or raise 'Timeout' in the options.`];
	if (status === 429) return [`${api} asks to slow down`, `Try again in ${seconds(waitMs ?? 0)}, or lower 'Items at Once' in the options.`];
	if (isOk(response))
		return [
			`${api} answered with something other than JSON`,
			'Check the base URL in the credential: it may point at a web page or a proxy.',
		];
	if (status === 401) return [`${api} did not accept the access token`, 'Open the credential and save it again: n8n tests it at once.'];
	if (status === 403)
		return [
			`${api} does not allow this`,
			'Check in the credential what the client may do (its scopes, and the tenant if it has one), and the environment.',
		];
	if (status === 404)
		return [`${api} does not know this object`, 'Check the ID, and that the credential is for the right environment, client or tenant.'];
	if (status === 409)
		return reference === undefined
			? [`${api} refused: the state of the object does not allow this`, `Look at the object in ${api}: perhaps it was done already.`]
			: [
					`${api} refused the reference '${reference}'`,
					'It was used before with other values, or another run is just using it. If this is a new payment give it its own reference; if not, correct the values.',
				];
	if (status === 400 || status === 422) return [`${api} did not accept the values`, 'Correct the field that the reason names.'];
	if (status >= 300 && status < 400) return [`${api} redirected the call`, "Check the base URL and 'Trailing Slash' in the credential."];
	if (status >= 500)
		return [
			`${api} has trouble (${status})`,
			`Tried ${(response.attempts ?? 1) === 1 ? 'once' : `${response.attempts} times`}.${comeBack} Try again later.`,
		];
	return [`${api} answered ${status}`, ''];
}

/** Advice for a write that the API may have executed. */
function whatNow(api: string, { reference, lookup }: ApiRequest, key: string | undefined): string {
	if (key !== undefined) return 'Run this again as it is: it carries the same Idempotency-Key, so nothing is executed twice.';
	if (reference === undefined) return `Look at the object in ${api} before you do this again.`;
	const byHand = `Look in ${api} for the reference before you do anything by hand.`;
	if (lookup?.eventual) return `${byHand} If it is not there, hand it over under a new reference: this one is never handed over twice.`;
	return `The look-up gave no certain answer either. ${byHand} Running this again with the same reference is safe: for ten minutes it only looks, after that it sends what is not there.`;
}
