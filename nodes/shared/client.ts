import type { IAllExecuteFunctions, ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ConnectionState } from './connectionState';
import { connectionStateOf } from './connectionState';
import type { Connection } from './http/connection';
import { sendsNoWrite } from './http/connection';
import { correct, refuseUncertainLimits } from './http/correct';
import { useCredential } from './http/credential';
import { fitPageSize } from './http/pageSize';
import { mapErrors } from './http/errors';
import type { ReadNames } from './http/names';
import { NameBook } from './http/names';
import type { ApiRequest, Middleware, SendRequest } from './http/request';
import { compose } from './http/request';
import { retry } from './http/retry';
import { sendWith } from './http/send';
import { newRateLimit, throttle } from './http/throttle';
import { followRedirects } from './http/url';
import type { Memory } from './writes/memory';
import { memoryOf, readOnlyMemory } from './writes/memory';
import type { Rehearsals } from './writes/rehearsal';
import { noteHarmlessChecks, rehearse } from './writes/rehearsal';

/** The differences between the APIs. */
export interface Api {
	/** As users know it. */
	readonly name: string;
	/** Name of the credential type. */
	readonly credential: string;
	readonly connectionOf: (credential: ICredentialDataDecryptedObject) => Connection;
	/** The layers that keep a write from being executed twice, the outermost first. */
	readonly writes: (connection: Connection, memory: Memory, state: ConnectionState) => readonly Middleware[];
	/** What a rehearsal takes from the contract. */
	readonly rehearsals: Rehearsals;
	/** Puts the ID that the API takes in the place of what the user may give instead of it. */
	readonly complete?: (request: ApiRequest, names: ReadNames) => Promise<ApiRequest>;
}

export interface ClientOptions {
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
	/** The item by which n8n resolves expressions in the credential; 0 where there is none. */
	readonly item?: number;
	/** Whether the client sends no write, whatever the credential says. */
	readonly isPreview?: boolean;
}

/** Reads names with a client, and shares them over all runs with its connection. */
export function namesWith(state: ConnectionState, client: SendRequest): ReadNames {
	const book = state.once('names', () => new NameBook(state.withLock));
	return async (...of) => await book.read(client, ...of);
}

/** The stack of one item, the outermost layer first. What its connection shares is in the state: rate limit, record, references. The idempotency key is set outside the retry, so that all tries share it. */
export async function clientFor(
	context: IAllExecuteFunctions,
	api: Api,
	{ timeoutMs = 30_000, signal, item, isPreview = false }: ClientOptions = {},
): Promise<SendRequest> {
	const credential = useCredential(context, api.credential, item);
	const connection = { ...(await credential(api.connectionOf)), ...(isPreview ? { preview: true as const } : {}) };
	const memory = sendsNoWrite(connection) ? readOnlyMemory(memoryOf(context)) : memoryOf(context);
	const state = connectionStateOf(connection);
	const harmless = state.once('harmless checks', () => new Set<string>());
	const stack = compose([
		mapErrors(connection.name, context.getNode()),
		refuseUncertainLimits(connection.corrections),
		noteHarmlessChecks(harmless),
		...api.writes(connection, memory, state),
		rehearse(connection, api.rehearsals, harmless),
		fitPageSize(state.once('page sizes', () => new Map())),
		retry(signal),
		throttle(state.once('rate limit', newRateLimit), signal),
		correct(connection.corrections),
	]);
	return stack(followRedirects(connection, (target) => sendWith(context, target, credential, timeoutMs)));
}
