import type { IAllExecuteFunctions, ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Connection } from './http/connection';
import { useCredential } from './http/credential';
import { mapErrors } from './http/errors';
import type { Middleware, SendRequest } from './http/request';
import { compose } from './http/request';
import { retry } from './http/retry';
import { sendWith } from './http/send';
import { throttle } from './http/throttle';
import { followTrailingSlash } from './http/url';
import { keepDoubt } from './writes/doubts';
import type { Memory } from './writes/memory';
import { memoryOf } from './writes/memory';
import type { Rehearsals } from './writes/rehearsal';
import { onlyLooking, rehearse } from './writes/rehearsal';

/** The differences between the APIs. */
export interface Api {
	/** Name of the credential type. */
	readonly credential: string;
	readonly connectionOf: (credential: ICredentialDataDecryptedObject) => Connection;
	/** The layers that prevent a second execution of a write, the outermost first. */
	readonly writes: (connection: Connection, memory: Memory) => readonly Middleware[];
	/** The schemas and examples of the contract, for a rehearsal. */
	readonly rehearsals: Rehearsals;
}

export interface ClientOptions {
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
}

/** The stack of one run, the outermost layer first. The idempotency key is set outside the retry, so that all tries share it. */
export async function clientFor(
	context: IAllExecuteFunctions,
	api: Api,
	{ timeoutMs = 30_000, signal }: ClientOptions = {},
): Promise<SendRequest> {
	const credential = useCredential(context, api.credential);
	const connection = await credential(api.connectionOf);
	const memory = connection.rehearsal ? onlyLooking(memoryOf(context)) : memoryOf(context);
	const stack = compose([
		mapErrors(connection.name, context.getNode()),
		keepDoubt(connection),
		...api.writes(connection, memory),
		rehearse(connection, api.rehearsals),
		retry(signal),
		throttle(signal),
	]);
	return stack(followTrailingSlash(connection, (target) => sendWith(context, target, credential, timeoutMs)));
}
