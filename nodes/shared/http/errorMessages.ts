import type { ApiResponse, ApiRequest } from './request';
import { isOk, isRead } from './request';
import { redirectTarget, shownAddress } from './url';

/** What to do when a reference is taken. */
export const IF_NEW =
	'If all of this is new, give it its own reference; if not, correct the values. What was sent before would be executed twice under another reference: leave it out.';

const seconds = (ms: number) => {
	const whole = Math.ceil(ms / 1000);
	return `${whole} ${whole === 1 ? 'second' : 'seconds'}`;
};

/** The error message of a response that is not a success; `said` is the reason that the API gives. The title says what happened, the advice what to do. */
export function errorMessage(api: string, request: ApiRequest, response: ApiResponse, said = ''): [title: string, advice: string] {
	const { status, networkError, waitMs, outcome, sentBefore, executedCheck, saidNo, otherValues } = response;
	const { reference } = request;
	const tries = response.attempts === undefined ? '' : ` after ${response.attempts} ${response.attempts === 1 ? 'try' : 'tries'}`;
	const comeBack = waitMs === undefined ? '' : ` It asks to come back in ${seconds(waitMs)}.`;
	if (sentBefore?.isUnreadable)
		return [
			`'${sentBefore.name}' was sent before, and could not be looked up in ${api}`,
			`${whenSent(api, sentBefore)}Nothing was sent now. Run this again when ${api} can be read.`,
		];
	if (sentBefore?.conflict !== undefined)
		return [
			`'${sentBefore.name}' was sent before, and ${api} shows something else under it`,
			`${sentBefore.conflict} ${whenSent(api, sentBefore)}Nothing was sent now. Look in ${api} who changed it, or what became of what was sent.`,
		];
	if (sentBefore !== undefined)
		return [
			`'${sentBefore.name}' was sent before, and ${api} does not show it`,
			`${whenSent(api, sentBefore)}Nothing was sent now. ${sentBefore.isDone ? askFirst(api) : sendAgain(api)}`,
		];
	if (otherValues !== undefined)
		return [
			`${api} answered with other values than were sent${reference === undefined ? '' : ` under '${reference}'`}`,
			`${otherValues} It was sent, and ${api} may have executed it, or may have answered for an earlier call. Look at it in ${api}. Running this again is safe: it looks first.`,
		];
	if (executedCheck)
		return [
			`${api} executed ${reference === undefined ? 'this' : `'${reference}'`}, although only a check was asked for`,
			`Nothing else was sent. Look at it in ${api}, and cancel it there if it must not be executed. Do not use 'Validate Only' here again.`,
		];
	if (saidNo) return [`${api} refused this`, whatToCorrect(api, request, said)];
	if (outcome === 'unknown')
		return [
			`It is not known whether ${api} executed ${reference === undefined ? 'this' : `'${reference}'`}`,
			`${networkError ?? `${api} answered ${status}`}${tries}.${comeBack} ${whereTo(response)}${whatNow(api, request)}`,
		];
	if (networkError !== undefined && response.notSent)
		return [
			`${api} could not be reached`,
			`${networkError}. Nothing was sent.${/ Check /.test(networkError) ? '' : ' Check the environment or base URL in the credential and the network.'}`,
		];
	if (networkError !== undefined)
		return [`${api} did not answer`, `${networkError}${tries}. Try again later, or raise 'Timeout' in the options.`];
	if (status === 429)
		return [
			`${api} asks to slow down`,
			`${isRead(request) ? '' : 'Nothing was executed. '}Try again in ${seconds(waitMs ?? 0)}, or lower 'Items at Once' in the options.`,
		];
	if (isOk(response))
		return [
			`${api} answered with something other than JSON`,
			'Check the base URL in the credential: it may point at a web page or a proxy.',
		];
	if (status === 401) return [`${api} did not accept the access token`, 'Open the credential and save it again: n8n tests it at once.'];
	if (status === 403)
		return [
			`${api} does not allow this`,
			/scope/i.test(said)
				? `Ask ${api} to grant this scope to your client ID. If 'Scope' or 'Scopes' of the credential is filled, add it there too.`
				: /(?<!to )another (person|user)/i.test(said)
					? `Another person must do this: in ${api}, or here with a credential of their own. ${api} sees the credential, not who is logged in to n8n.`
					: `${whereToLook(request)} If all of it is right, ask ${api} to give this credential access.`,
		];
	if (status === 404) return [`${api} has no such ${request.objects?.at(-1)?.toLowerCase() ?? 'object'}`, whereToLook(request)];
	if (status === 409)
		return reference === undefined
			? [`${api} refused: the state of the object does not allow this`, `Look at the object in ${api}: perhaps it was done already.`]
			: [`${api} refused the reference '${reference}'`, `It was used before with other values, or another run is just using it. ${IF_NEW}`];
	if (status === 400 || status === 422) return [`${api} did not accept the values`, whatToCorrect(api, request, said)];
	if (status >= 300 && status < 400)
		return [`${api} redirected the call`, `${whereTo(response)}Check the base URL and 'Trailing Slash' in the credential.`];
	if (status >= 500)
		return [
			`${api} has trouble (${status})`,
			`Tried ${(response.attempts ?? 1) === 1 ? 'once' : `${response.attempts} times`}.${comeBack} Try again later.`,
		];
	return [`${api} answered ${status}`, ''];
}

/** The fields that name the objects of a call, and what of the credential decides whether they are seen. */
const whereToLook = ({ objects = [] }: ApiRequest) =>
	objects.length === 0
		? "Check 'Environment' and the scopes of the credential."
		: `Choose '${objects.join("' and '")}' from the list, or correct the ID. If the list does not have it, check the credential: 'Environment', and 'Tenant ID' if it has one.`;

/** Words in lower case, with a space before and after each: `creditorName` and `creditor_name` are two words. */
const inWords = (text: string) =>
	` ${text
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.replace(/[^\p{L}\d]+/gu, ' ')} `;

/** The place at the begin of a reason, e.g. `amount: must be positive`. */
const PLACE = /^(?:payment \d+: )?([\w.]+): /;

/** The fields that a reason is about, in its order: by their labels, and those that name objects also by the last word of the label. */
function namedIn({ fields = [], about = [] }: ApiRequest, said: string): string[] {
	let words = inWords(
		said
			.split('; ')
			.map((part) => PLACE.exec(part)?.[1] ?? part)
			.join(' '),
	);
	const found = [...fields]
		.sort((one, other) => other.length - one.length)
		.map((field) => {
			const label = inWords(field);
			const seen = about.includes(field) && !words.includes(label) ? ` ${label.trim().split(' ').at(-1)} ` : label;
			const at = words.indexOf(seen);
			// Each word counts once: `display name` is not the field Name.
			words = words.replaceAll(seen, ' '.repeat(seen.length));
			return { field, at };
		});
	return found
		.filter(({ at }) => at >= 0)
		.sort((one, other) => one.at - other.at)
		.map(({ field }) => field);
}

/** Whether a reason, in words, is about the reference. A user must not simply give another one. */
const isAboutReference = (words: string) =>
	/client ref|reference|end to end|idempotency/.test(words) ||
	(words.includes(' name ') && / (already|exists|used|unique|taken) /.test(words));

/** What to do about values that the API refuses. `said` is its reason. */
function whatToCorrect(api: string, request: ApiRequest, said: string): string {
	if (request.reference !== undefined && isAboutReference(inWords(said)))
		return `Look in ${api} whether it was executed before. Give it another reference only if it was not.`;
	const named = namedIn(request, said);
	if (named.length === 0) return 'Correct the field that the reason names.';
	const others = (request.about ?? []).filter((field) => !named.includes(field)).map((field) => `'${field}'`);
	const next = / not exist| not found| no such/.test(inWords(said)) ? [...others, "'Environment' of the credential"] : others;
	return `Correct '${named.join("' or '")}'.${next.length === 0 ? '' : ` If it is right, check these too: ${next.join(', ')}.`}`;
}

/** The address of a redirect that is not followed. */
function whereTo(response: ApiResponse): string {
	const target = response.url === undefined ? undefined : redirectTarget(new URL(response.url), response);
	if (target === undefined) return '';
	return `It leads to ${shownAddress(target)}, and the node follows only a redirect to the same address with or without a slash, or by https. `;
}

const whenSent = (api: string, { day, isDone }: NonNullable<ApiResponse['sentBefore']>) => {
	const executed = isDone ? `${api} said that it executed it` : undefined;
	if (day === undefined) return executed === undefined ? '' : `${executed}. `;
	return `It was sent on ${day} (UTC)${executed === undefined ? '' : `, and ${executed}`}. `;
};

/** What the API called executed may be executed although no list shows it. */
const askFirst = (api: string) =>
	`Ask ${api} what became of it. Only if ${api} says that it was not executed, add 'If Sent Before but Not Shown' to this node, choose Send Again, and run this item once more.`;

const sendAgain = (api: string) =>
	`Look for it in ${api}. If it is not there, add 'If Sent Before but Not Shown' to this node, choose Send Again, and run this item once more.`;

/** What a user can do about a write when only the API can know whether it was executed. It never advises a new reference, which could double. */
const whatNow = (api: string, { reference }: ApiRequest) =>
	reference === undefined
		? `Look at the object in ${api} before you do this again.`
		: `Running this again is safe: it looks, and sends nothing while ${api} does not show it. ${sendAgain(api)}`;
