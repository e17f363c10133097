import { rateLimitIn } from '../http/retryAfter';
import { NodeApiError } from 'n8n-workflow';
import type { ApiRequest, SendRequest } from '../http/request';
import type { Finding } from './finding';
import { notChecked, notOk, ok } from './finding';

/** The result of one read with a token. */
export interface ProbedRead {
	/** HTTP status; 0 when no response came, undefined when the credential got no token. */
	readonly status?: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: unknown;
	/** Why the read failed; undefined when it succeeded. */
	readonly why?: string;
}

/** The part of the context of an error from `mapErrors` that is read here. */
interface ErrorDetails {
	readonly status?: number;
	readonly text?: string;
}

/** A read that failed. */
export type ReadFailure = Pick<ProbedRead, 'status'> & { readonly why: string };

export function failureOf({ message, description, context }: Partial<NodeApiError>): ReadFailure {
	const { status, text } = (context?.data ?? {}) as ErrorDetails;
	const details = status === 0 ? description : text;
	return { status, why: [message, details].filter(Boolean).join(': ') };
}

const probeRead = async (client: SendRequest, request: ApiRequest): Promise<ProbedRead> =>
	await client(request).then(
		({ status, headers, body }) => ({ status, headers, body }),
		(error: Partial<NodeApiError>) => ({ headers: {}, ...failureOf(error) }),
	);

/** Reads with the credential's token; `done` collects the results. After a refused token, `read` makes no further call and returns undefined. */
export function probeReads(client: SendRequest) {
	const done: ProbedRead[] = [];
	const isTokenRefused = () => done.length > 0 && !isTokenAccepted(done[0].status);
	return {
		done,
		read: async (request: ApiRequest): Promise<ProbedRead | undefined> => {
			if (isTokenRefused()) return undefined;
			const result = await probeRead(client, request);
			done.push(result);
			return isTokenRefused() ? undefined : result;
		},
	};
}

/** Any status but 401 shows that the API accepted the token. */
const isTokenAccepted = (status: number | undefined) => status !== undefined && status !== 0 && status !== 401;

/** Whether the credential gets a token that the API accepts, by the first read. */
export function tokenFinding(name: string, [first]: readonly ProbedRead[]): Finding {
	const check = 'Token';
	if (first === undefined) return notChecked(check);
	if (first.why === undefined || isTokenAccepted(first.status)) return ok(check, `${name} gives an access token and accepts it`);
	if (first.status === 0) return notOk(check, 'failed', first.why, 'Try again; if it lasts, check how n8n gets to the API.');
	if (first.status === 401)
		return notOk(
			check,
			'failed',
			`${name} gave an access token, but does not accept it`,
			'Check the environment or base URL in the credential: the token may be for another one.',
		);
	return notOk(check, 'failed', first.why, 'Correct this in the credential and save it: n8n tests it at once.');
}

/** Whether the credential may read `what`; `instruction` is the advice for a 403. */
export function readFinding(
	check: string,
	name: string,
	what: string,
	result: Pick<ProbedRead, 'status' | 'why'> | undefined,
	instruction: string,
): Finding {
	if (result === undefined) return notChecked(check);
	const { status, why } = result;
	if (why === undefined) return ok(check, `${name} lets this credential read ${what}`);
	if (status === 403) return notOk(check, 'failed', why, instruction);
	if (status === 404) return notOk(check, 'failed', why, 'Check the environment or base URL in the credential.');
	if (status === 0 || status === 429 || Number(status) >= 500) return notOk(check, 'warning', why, 'Try again later.');
	return notOk(check, 'failed', why, `If this lasts, ask ${name}, with what it says here.`);
}

/** A write scope: only a write could test it. */
export const writeFinding = (check: string): Finding =>
	notOk(check, 'skipped', 'Not tried, because that would write', 'Try it by a first small write, best in the sandbox of the API.');

/** A scope that the credential does not ask for. */
export const scopeNotRequested = (check: string): Finding =>
	notOk(check, 'skipped', 'The credential does not ask for this scope', 'Add it in the credential if a workflow needs it.');

const RATE_LIMIT = 'Rate limit';

/** At or below this share of the limit the check warns. */
const LOW_SHARE = 0.1;

/** How many calls the API still allows, by the `X-RateLimit-*` headers of the latest read that has them. */
export function rateLimitFinding(name: string, done: readonly ProbedRead[]): Finding {
	const answered = done.filter(({ why }) => why === undefined);
	if (answered.length === 0) return notChecked(RATE_LIMIT);
	const latest = answered.filter(({ headers }) => rateLimitIn(headers).remaining !== undefined).at(-1);
	if (latest === undefined)
		return notOk(RATE_LIMIT, 'skipped', `${name} sent no limit`, 'Nothing needs to be done: when it asks to slow down, the nodes wait.');
	const { remaining: left, limit } = rateLimitIn(latest.headers);
	const finding = `${left}${limit === undefined ? '' : ` of ${limit}`} calls are left`;
	return Number(left) <= Number(limit ?? 0) * LOW_SHARE
		? notOk(
				RATE_LIMIT,
				'warning',
				finding,
				'Let fewer workflows run at the same time: the nodes wait for the next window, and runs get slow.',
			)
		: ok(RATE_LIMIT, finding);
}
