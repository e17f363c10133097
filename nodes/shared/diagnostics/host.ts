import type { IExecuteFunctions } from 'n8n-workflow';
import { clock } from '../core/clock';
import { REPORT_IT } from '../core/userError';
import type { Connection } from '../http/connection';
import { parseLossless } from '../http/losslessJson';
import { redirectedTo, redirectTarget, shownAddress, urlOf } from '../http/url';
import type { DiagnosticsContext, Finding } from './finding';
import { notChecked, notOk, ok } from './finding';

/** The response to one call without a token. Times are milliseconds since 1970. */
export interface Probe {
	/** HTTP status; 0 when no response came. */
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
	/** Why no response came, e.g. `ECONNREFUSED`. */
	readonly networkError?: string;
	readonly sentAt: number;
	readonly receivedAt: number;
}

const TIMEOUT_MS = 10_000;

/** The response of n8n's HTTP helper. */
interface HelperResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** Calls a URL once, without a token and without following redirects. Never throws. */
export async function probe(context: IExecuteFunctions, url: string): Promise<Probe> {
	const sentAt = clock.now();
	const call: Promise<HelperResponse> = context.helpers.httpRequest({
		method: 'GET',
		url,
		// A cached response would show an old time to the clock check.
		headers: { Accept: 'application/json', 'Cache-Control': 'no-cache' },
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
	});
	const times = () => ({ sentAt, receivedAt: clock.now() });
	return await call.then(
		({ statusCode, headers, body }): Probe => ({
			status: statusCode,
			headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
			body: parseLossless(String(body ?? '')),
			...times(),
		}),
		({ code = 'no answer' }: { code?: string }): Probe => ({ status: 0, headers: {}, body: undefined, networkError: code, ...times() }),
	);
}

const HOST = 'Host';

const SLASH_LABELS = { always: 'Always', never: 'Never' };

/** A redirect that every call follows. */
function followedFinding({ baseUrl, slash: set }: Connection, { baseUrl: target, slash }: Connection): Finding {
	const { host } = new URL(baseUrl);
	const warning = (finding: string, instruction: string) =>
		notOk(HOST, 'warning', `${host} redirects every call to ${finding}`, `Nothing breaks, but each call is made twice. ${instruction}`);
	if (target !== baseUrl) return warning('https on the same host', "Let the base URL in the credential begin with 'https://'.");
	const isAlways = slash === 'always';
	return warning(
		`the same address ${isAlways ? 'with' : 'without'} a slash at the end`,
		set === undefined ? REPORT_IT : `Set 'Trailing Slash' in the credential to '${SLASH_LABELS[isAlways ? 'always' : 'never']}'.`,
	);
}

/** Whether the API answers at the base URL. A refusal because of the missing token counts as an answer. */
export function hostFinding({ connection, request }: DiagnosticsContext, response: Probe): Finding {
	const { host } = new URL(connection.baseUrl);
	const { status, headers, networkError } = response;
	const failed = (finding: string, instruction: string) => notOk(HOST, 'failed', finding, instruction);
	const correct = 'Correct the environment or base URL in the credential.';
	if (networkError !== undefined)
		return failed(
			`${host} could not be reached (${networkError})`,
			'Check the environment or base URL in the credential, then how n8n gets there: name service, firewall, proxy, certificates.',
		);
	const redirected = redirectedTo(connection, request, response);
	if (redirected !== undefined) return followedFinding(connection, redirected);
	if (status >= 300 && status < 400) {
		const target = redirectTarget(new URL(urlOf(connection, request)), response);
		return failed(`${host} redirects to ${target === undefined ? 'another address' : shownAddress(target)}`, correct);
	}
	if (status >= 500)
		return notOk(
			HOST,
			'warning',
			`${host} answers, but has trouble (${status})`,
			`Try again later; if it lasts, ask ${connection.name} how it is.`,
		);
	if (/text\/html/.test(headers['content-type'] ?? ''))
		return failed(`At ${host} a web page answers, not the ${connection.name} API`, correct);
	if (status === 404 || status === 405)
		return failed(`There is a server at ${host}, but not the ${connection.name} API (${status})`, correct);
	return ok(HOST, `${connection.name} answers at ${host}`);
}

const CLOCK = 'Clock';

/** A smaller difference is harmless: tokens are renewed a minute before they expire, and lists are re-read by some minutes. */
const LARGEST_SKEW_MS = 30_000;

/** The API's time in a response and its precision, both in milliseconds: `pong` of the body, else the `Date` header (whole seconds). */
function serverTimeOf({ headers, body }: Probe): { at: number; precision: number } | undefined {
	const pong = typeof body === 'object' && body !== null && 'pong' in body ? Date.parse(String(body.pong)) : NaN;
	if (!Number.isNaN(pong)) return { at: pong, precision: 0 };
	const date = Date.parse(headers.date ?? '');
	return Number.isNaN(date) ? undefined : { at: date, precision: 1_000 };
}

/** Milliseconds by which n8n's clock is certainly ahead (negative: behind); the time on the network explains any smaller difference. */
function aheadMs({ sentAt, receivedAt }: Probe, { at, precision }: { at: number; precision: number }): number {
	if (sentAt > at + precision) return sentAt - at - precision;
	return receivedAt < at ? receivedAt - at : 0;
}

/** Whether the clocks of n8n and the API agree to 30 seconds. The clock of the local sandbox is moved on purpose. */
export function clockFinding(
	{ connection: { name }, credentials: { environment } }: DiagnosticsContext,
	response: Probe,
	host: Finding,
): Finding {
	if (host.status === 'failed') return notChecked(CLOCK);
	const serverTime = serverTimeOf(response);
	if (serverTime === undefined)
		return notOk(CLOCK, 'skipped', `${name} did not send its time`, 'Check that the clock of the machine that runs n8n is right.');
	const ahead = aheadMs(response, serverTime);
	if (Math.abs(ahead) <= LARGEST_SKEW_MS) return ok(CLOCK, `n8n and ${name} agree on the time`);
	const difference = `The clock of n8n is ${Math.round(Math.abs(ahead) / 1000)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} that of`;
	if (environment === 'local') return ok(CLOCK, `${difference} the local sandbox, which has its own time`);
	return notOk(
		CLOCK,
		'warning',
		`${difference} ${name}`,
		`Let the machine that runs n8n take its time from a time server (NTP). Until then tokens are renewed too ${ahead > 0 ? 'early' : 'late'}, and events can be missed.`,
	);
}
