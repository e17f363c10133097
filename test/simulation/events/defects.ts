/** Old defects of the Fondo Trigger, put back into it: each shows that the simulation finds it. */
import { createHash } from 'node:crypto';
import { ClientFeed } from '../../../nodes/Fondo/events/changes/clientFeed';
import type { Change } from '../../../nodes/Fondo/events/changes/change';
import { Journal } from '../../../nodes/Fondo/events/outbox/journal';
import { KnownObjects } from '../../../nodes/Fondo/events/outbox/objects';
import { Outbox } from '../../../nodes/Fondo/events/outbox/outbox';
import { EventStream } from '../../../nodes/Fondo/events/stream/eventStream';

export interface EventDefect {
	readonly sentence: string;
	readonly of: { readonly prototype: object };
	readonly method: string;
	/** What the method did before the defect was mended. */
	readonly instead: (method: Method) => (this: Record<string, Method>, ...given: never[]) => unknown;
}

type Method = (...given: unknown[]) => unknown;

/** Puts a defect back until the returned function is called. */
export function putBack({ of, method, instead }: EventDefect): () => void {
	const prototype = of.prototype as Record<string, Method>;
	const right = prototype[method];
	prototype[method] = instead(right) as Method;
	return () => {
		prototype[method] = right;
	};
}

const contentOf = ({ current, previous }: Change) =>
	createHash('sha256')
		.update(JSON.stringify(current ?? previous))
		.digest()[0];

export const EVENT_DEFECTS: Readonly<Record<string, EventDefect>> = {
	'seen keys not saved': {
		sentence: 'What was delivered is not stored, and is delivered again after a restart.',
		of: Journal,
		method: 'saved',
		instead: (saved) =>
			function () {
				return { ...(saved.call(this) as object), delivered: [], offers: [] };
			},
	},
	'confirmed before emit': {
		sentence: 'A change counts as delivered before n8n has started its execution.',
		of: Outbox,
		method: 'emit',
		instead: (emit) =>
			function (batch: { feed: ClientFeed; changes: Change[] }) {
				for (const change of batch.changes) batch.feed.confirm(change);
				void (emit.call(this, batch) as Promise<unknown>).catch(() => undefined);
				return Promise.resolve();
			},
	},
	'failed list counts as read': {
		sentence: 'The position moves on although Fondo refused a list.',
		of: Outbox,
		method: 'deliver',
		instead: (deliver) =>
			function (feed: unknown, changes: unknown, read?: object) {
				deliver.call(this, feed, changes, read && { ...read, refused: undefined });
			},
	},
	'history read once': {
		sentence: 'A call that fails at publishing leaves the history unread, and a deletion from before is delivered.',
		of: ClientFeed,
		method: 'readLists',
		instead: (readLists) =>
			async function (send: unknown) {
				const { journal } = this as unknown as ClientFeed;
				return await (readLists.call(this, send) as Promise<unknown>).catch(async (error: unknown) => {
					journal.publishedAt = undefined;
					return await Promise.reject(error);
				});
			},
	},
	'identity with fields': {
		sentence: 'What the list writes otherwise than the stream is another change.',
		of: ClientFeed,
		method: 'take',
		instead: (take) =>
			function (changes: readonly Change[]) {
				return take.call(
					this,
					changes.map((change) => (change.at === undefined ? change : { ...change, at: change.at + contentOf(change) / 1_000 })),
				);
			},
	},
	'a refusal loses its place': {
		sentence: 'An execution that n8n refuses starts after a later change of the same object.',
		of: Outbox,
		method: 'start',
		instead: (start) =>
			function (batch: unknown) {
				void start.call(this, batch);
				return { ordered: Promise.resolve() };
			},
	},
	'journeys forgotten when heard': {
		sentence: 'A journey is not read again after it was heard of, and its end is lost in a gap.',
		of: Journal,
		method: 'saved',
		instead: (saved) =>
			function () {
				return { ...(saved.call(this) as object), journeys: [], queued: [] };
			},
	},
	'older states after newer ones': {
		sentence: 'A frame that is late is delivered after a newer state of its object.',
		of: KnownObjects,
		method: 'follow',
		instead: () =>
			function (change: unknown) {
				return change;
			},
	},
	'buffered frames lost': {
		sentence: 'Frames that wait for the lists are lost when the workflow is published again.',
		of: EventStream,
		method: 'stop',
		instead: (stop) =>
			function () {
				const { state } = this as unknown as { state: object };
				Object.assign(this, { state: { ...state, buffered: [] } });
				stop.call(this);
			},
	},
};
