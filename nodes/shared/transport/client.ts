import type { IAllExecuteFunctions, ICredentialDataDecryptedObject } from 'n8n-workflow';
import { credentialOf } from './credential';
import { keepDoubt } from './doubts';
import { explain } from './errors';
import { pace } from './pace';
import type { Memory } from './memory';
import { memoryOf } from './memory';
import type { Place } from './place';
import type { Rehearsals } from './rehearse';
import { onlyLooking, rehearse } from './rehearse';
import { retry } from './retry';
import type { Send, Wrapper } from './call';
import { sendWith } from './send';
import { followSlash } from './slash';

/** All that is particular to one API. */
export interface Api {
	readonly credential: string;
	readonly placeOf: (credential: ICredentialDataDecryptedObject) => Place;
	/** How a write is kept from being executed twice: by key, or by looking first. */
	readonly once: (place: Place, memory: Memory) => Wrapper;
	/** What its contract tells a rehearsal. */
	readonly rehearsals: Rehearsals;
}

export interface ClientOptions {
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
}

/** The way to an API for one run: rate limit, retries and exactly-once are shared by all its calls. */
export async function clientFor(
	context: IAllExecuteFunctions,
	api: Api,
	{ timeoutMs = 30_000, signal }: ClientOptions = {},
): Promise<Send> {
	const credential = credentialOf(context, api.credential);
	const place = await credential(api.placeOf);
	const send = followSlash(place, (where) => sendWith(context, where, credential, timeoutMs));
	const memory = place.rehearsal ? onlyLooking(memoryOf(context)) : memoryOf(context);
	const call = rehearse(place, api.rehearsals)(retry(signal)(pace(signal)(send)));
	return explain(place.name, context.getNode())(keepDoubt(place)(api.once(place, memory)(call)));
}
