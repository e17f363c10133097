import { NodeApiError } from 'n8n-workflow';
import type { ApiRequest, SendRequest } from '../http/request';
import type { Finding } from './finding';
import { notOk, ok } from './finding';

/** What became of one read with a token. Without a status it was the credential itself that refused. */
export interface ProbedRead {
	readonly status?: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: unknown;
	/** Why it failed; undefined when it did not. */
	readonly why?: string;
}

/** What `errors.ts` keeps beside the message. */
interface Reason {
	readonly status?: number;
	readonly text?: string;
}

async function probeRead(client: SendRequest, request: ApiRequest): Promise<ProbedRead> {
	return await client(request).then(
		({ status, headers, body }) => ({ status, headers, body }),
		({ message, description, context }: Partial<NodeApiError>) => {
			const { status, text } = (context?.data ?? {}) as Reason;
			const more = status === 0 ? description : text;
			return { status, headers: {}, why: [message, more].filter(Boolean).join(': ') };
		},
	);
}

/** Reads one after the other. When the first finds no token that the API accepts nothing more is asked, and `read` gives undefined. */
export function reader(client: SendRequest) {
	const done: ProbedRead[] = [];
	const isBarred = () => done.length > 0 && !isAccepted(done[0].status);
	return {
		done,
		read: async (request: ApiRequest): Promise<ProbedRead | undefined> => {
			if (isBarred()) return undefined;
			const result = await probeRead(client, request);
			done.push(result);
			return isBarred() ? undefined : result;
		},
	};
}

/** Whether the API took the token, whatever it then said. */
const isAccepted = (status: number | undefined) => status !== undefined && status !== 0 && status !== 401;

/** Whether the credential gets a token that the API accepts, by the first read with it. */
export function tokenFinding(name: string, [first]: readonly ProbedRead[]): Finding {
	const check = 'Token';
	if (first === undefined) return notReached(check);
	if (first.why === undefined || isAccepted(first.status)) return ok(check, `${name} gives an access token and accepts it`);
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

/** Whether one read is allowed. `what` is read, and `needed` tells what to do when it is not allowed. */
export function readFinding(check: string, name: string, what: string, result: ProbedRead | undefined, needed: string): Finding {
	if (result === undefined) return notReached(check);
	const { status, why } = result;
	if (why === undefined) return ok(check, `${name} lets this credential read ${what}`);
	if (status === 403) return notOk(check, 'failed', why, needed);
	if (status === 404) return notOk(check, 'failed', why, 'Check the environment or base URL in the credential.');
	if (status === 0 || status === 429 || Number(status) >= 500) return notOk(check, 'warning', why, 'Try again later.');
	return notOk(check, 'failed', why, `If this lasts, ask ${name}, with what it says here.`);
}

/** What cannot be known before something else is mended. */
export const notReached = (check: string): Finding =>
	notOk(check, 'skipped', 'Not known, because an earlier check failed', 'Mend what failed first.');

/** A scope that only writes: to try it would be to write. */
export const writeFinding = (check: string): Finding =>
	notOk(check, 'skipped', 'Not tried, because that would write', 'Try it by a first small write, best in the sandbox of the API.');

/** A scope that the credential does not ask for. */
export const notChosen = (check: string): Finding =>
	notOk(check, 'skipped', 'The credential does not ask for this scope', 'Add it in the credential if a workflow needs it.');
