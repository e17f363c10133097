import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../certainty';

export type Kind = 'created' | 'updated' | 'deleted';

/** One change of one object at Fondo. */
export interface Change {
	/** As Fondo names it; for what was found in a list, as the contract assumes that Fondo would have named it. */
	readonly eventType: string;
	/** account, client, journey, order, transaction, or what stands before the verb in an event that is not known here. */
	readonly object: string;
	readonly kind: Kind;
	/** Made while nobody listened, and maybe changed since: it is news to whoever waits for new objects, too. */
	readonly madeInGap?: boolean;
	readonly id?: string;
	/** Since when the object is as in `current`; ms since 1970. */
	readonly at?: number;
	readonly current?: IDataObject;
	readonly previous?: IDataObject;
	readonly source: 'stream' | 'catchUp';
	/** When the frame came; ms since 1970. */
	readonly heardAt?: number;
	/** Another than usual, for a second state within the same millisecond. */
	readonly identity?: string;
	/** What else the frame had. */
	readonly rest?: IDataObject;
}

export const OBJECTS = ['account', 'client', 'journey', 'order', 'transaction'] as const;

const VERBS: Readonly<Record<string, Kind>> = { create: 'created', update: 'updated', delete: 'deleted' };

const objectNamed = (name: string) => OBJECTS.find((object) => name.toLowerCase().endsWith(object)) ?? name;

const timeOf = (value: unknown): number | undefined => {
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(time) ? undefined : time;
};

const idOf = (state: IDataObject) => (typeof state.id === 'string' && state.id !== '' ? state.id : undefined);

/** Since when an object is as this state says. */
export const modifiedAt = (state: IDataObject | undefined) => timeOf(state?.modifiedDate);

/** Contract: the words of the verb are seen, not promised; which of both states are there says the same. */
function kindOf(verb: string, current: IDataObject | undefined, previous: IDataObject | undefined): Kind {
	if (current?.deleted === true) return 'deleted';
	return VERBS[verb.replace(/d$/, '')] ?? (current === undefined ? 'deleted' : previous === undefined ? 'created' : 'updated');
}

export const isHeartbeat = (frame: unknown) => isObject(frame) && frame.eventType === 'heartbeat';

/** What a frame of the stream tells; undefined for a heartbeat and for what is no event at all. */
export function changeOf(frame: unknown, heardAt: number): Change | undefined {
	if (!isObject(frame)) return undefined;
	const { eventType, current: after, previous: before, ...rest } = frame;
	const name = typeof eventType === 'string' ? eventType : '';
	const current = isObject(after) ? after : undefined;
	const previous = isObject(before) ? before : undefined;
	if (isHeartbeat(frame) || (name === '' && !current && !previous)) return undefined;
	const dot = name.lastIndexOf('.');
	const state = current ?? previous;
	return {
		eventType: name,
		object: objectNamed(dot === -1 ? name : name.slice(0, dot)),
		kind: kindOf(name.slice(dot + 1), current, previous),
		id: state && idOf(state),
		at: modifiedAt(current),
		current,
		previous,
		source: 'stream',
		heardAt,
		rest,
	};
}

/**
 * What a row of a list tells to somebody who knows everything up to `readTo`.
 * A row says how the object is now; what it was in between is not in the list.
 */
export function changeOfRow(object: string, row: IDataObject, readTo: number): Change {
	const at = modifiedAt(row);
	const created = timeOf(row.createdDate);
	const deleted = row.deleted === true;
	const isNew = created !== undefined && created === at;
	const verb = deleted ? 'delete' : isNew ? 'create' : 'update';
	return {
		eventType: `${object}.${verb}`,
		object,
		kind: VERBS[verb],
		madeInGap: !deleted && !isNew && created !== undefined && created > readTo,
		id: idOf(row),
		at,
		...(deleted ? { previous: row } : { current: row }),
		source: 'catchUp',
	};
}

/** The state before this change as a change of its own, for when nobody told of it: frames can come late or in disorder. */
export function changeBefore({ object, id, previous, source }: Change): Change | undefined {
	const at = modifiedAt(previous);
	if (source !== 'stream' || previous === undefined || at === undefined || idOf(previous) !== id) return undefined;
	const isNew = timeOf(previous.createdDate) === at;
	const verb = isNew ? 'create' : 'update';
	return { eventType: `${object}.${verb}`, object, kind: VERBS[verb], id, at, current: previous, source };
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** What a change says, as a text. */
const contentOf = ({ eventType, current, previous, rest }: Change) => JSON.stringify([eventType, current, previous, rest]);

/** Without a date nothing but the stream tells of it, and what it says can happen again. */
export const isUndated = ({ id, at, kind }: Change) => id === undefined || (at === undefined && kind !== 'deleted');

/** The same change has the same identity, whether the stream or a list tells of it. IDs are unique over all objects. */
export function identityOf(change: Change): string {
	const { id, at, kind, heardAt, identity } = change;
	if (identity !== undefined) return identity;
	if (isUndated(change)) return hash(`${heardAt} ${contentOf(change)}`);
	return kind === 'deleted' ? hash(`${id} deleted`) : hash(`${id} ${at}`);
}

/** The identity of the creation of an object. */
export const creationOf = ({ id, current }: Change) => hash(`${id} ${timeOf(current?.createdDate)}`);

/** Tells two states of one object within the same millisecond apart; of what has no date, all that it says. */
export const variantOf = (change: Change) =>
	hash(isUndated(change) ? contentOf(change) : `${identityOf(change)} ${JSON.stringify(change.current)}`);

/** Whether two tellings of one object contradict each other in a field that both have. */
export const differ = (one: IDataObject, other: IDataObject) =>
	Object.keys(one).some((name) => name in other && JSON.stringify(one[name]) !== JSON.stringify(other[name]));
