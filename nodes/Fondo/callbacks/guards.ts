import type { IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../../shared/core/clock';
import { keepNewest, SeenKeys } from '../../shared/core/seenKeys';

const MINUTE_MS = 60_000;
/** Calls of Fondo that the callbacks of one node may cost in a minute, from any sender. */
export const MOST_CALLS = 300;
const MOST_NODES = 1_000;
/** Fondo's IDs are UUIDs in its samples. */
const OBJECT_ID = /^\w[\w-]{0,63}$/;

export const isObjectId = (id: string) => OBJECT_ID.test(id);

export const nodeKeyOf = (context: IWebhookFunctions) => `${context.getWorkflow().id} ${context.getNode().id}`;

/** The calls of each node in its current minute. */
const minutes = new Map<string, { readonly began: number; calls: number }>();

/** Counts a call of Fondo for a node; false when this minute has had its calls. */
export function mayCall(node: string): boolean {
	const now = clock.now();
	const known = minutes.get(node);
	const minute = known !== undefined && now - known.began < MINUTE_MS ? known : { began: now, calls: 0 };
	keepNewest(minutes, node, minute, MOST_NODES);
	minute.calls += 1;
	return minute.calls <= MOST_CALLS;
}

/** Objects that Fondo did not know when a callback named them: for a minute no callback asks for them again. */
export const unknownObjects = new SeenKeys(10_000, MINUTE_MS);
