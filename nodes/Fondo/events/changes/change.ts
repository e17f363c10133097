import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/core/isObject';

export type ChangeKind = 'created' | 'updated' | 'deleted';

/** One change of one object at Fondo. Times are milliseconds since 1970. */
export interface Change {
	/** The name in the frame. For a change found in a list: the name that the frame would have according to the contract. */
	readonly eventType: string;
	/** account, client, journey, order, transaction; for an unknown event the part of its name before the verb. */
	readonly object: string;
	readonly kind: ChangeKind;
	/** The object was created while the stream was down and may have been changed since, so it also matches a filter for created objects. */
	readonly createdInGap?: boolean;
	readonly id?: string;
	/** When the object got the state in `current`. */
	readonly at?: number;
	readonly current?: IDataObject;
	readonly previous?: IDataObject;
	readonly source: 'stream' | 'catchUp';
	/** When the frame arrived. */
	readonly receivedAt?: number;
	/** Replaces the derived identity: set for a second state within the same millisecond. */
	readonly identity?: string;
	/** All other fields of the frame. */
	readonly otherFields?: IDataObject;
}

export const OBJECTS = ['account', 'client', 'journey', 'order', 'transaction'] as const;

const VERBS: Readonly<Record<string, ChangeKind>> = { create: 'created', update: 'updated', delete: 'deleted' };

const objectNamed = (name: string) => OBJECTS.find((object) => name.toLowerCase().endsWith(object)) ?? name;

const timeOf = (value: unknown): number | undefined => {
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(time) ? undefined : time;
};

const idOf = (state: IDataObject) => (typeof state.id === 'string' && state.id !== '' ? state.id : undefined);

/** The `modifiedDate` of a state, in milliseconds since 1970. */
export const modifiedAt = (state: IDataObject | undefined) => timeOf(state?.modifiedDate);

/** The contract shows these verbs in examples and does not promise them. For an unknown verb, the states that are present decide. */
function kindOf(verb: string, current: IDataObject | undefined, previous: IDataObject | undefined): ChangeKind {
	if (current?.deleted === true) return 'deleted';
	return VERBS[verb.replace(/d$/, '')] ?? (current === undefined ? 'deleted' : previous === undefined ? 'created' : 'updated');
}

export const isHeartbeat = (frame: unknown) => isObject(frame) && frame.eventType === 'heartbeat';

/** The change in a frame of the stream; undefined for a heartbeat and for a frame that is not an event. */
export function changeOf(frame: unknown, receivedAt: number): Change | undefined {
	if (!isObject(frame)) return undefined;
	const { eventType, current: after, previous: before, ...otherFields } = frame;
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
		receivedAt,
		otherFields,
	};
}

/**
 * The change in a row of a list, for a reader that has read the lists up to `readTo` (milliseconds since 1970).
 * A row shows only the latest state of the object, not the states in between.
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
		createdInGap: !deleted && !isNew && created !== undefined && created > readTo,
		id: idOf(row),
		at,
		...(deleted ? { previous: row } : { current: row }),
		source: 'catchUp',
	};
}

/** The change that led to the previous state of this one. Frames can be late or out of order, so the stream may not have sent it yet. */
export function changeBefore({ object, id, previous, source }: Change): Change | undefined {
	const at = modifiedAt(previous);
	if (source !== 'stream' || previous === undefined || at === undefined || idOf(previous) !== id) return undefined;
	const isNew = timeOf(previous.createdDate) === at;
	const verb = isNew ? 'create' : 'update';
	return { eventType: `${object}.${verb}`, object, kind: VERBS[verb], id, at, current: previous, source };
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16);

const contentOf = ({ eventType, current, previous, otherFields }: Change) => JSON.stringify([eventType, current, previous, otherFields]);

/** Without a date only the stream reports the change, and the same content can occur again later. */
export const isUndated = ({ id, at, kind }: Change) => id === undefined || (at === undefined && kind !== 'deleted');

/** The same change has the same identity in the stream and in a list. Fondo's IDs are unique across object types. */
export function identityOf(change: Change): string {
	const { id, at, kind, receivedAt, identity } = change;
	if (identity !== undefined) return identity;
	if (isUndated(change)) return hash(`${receivedAt} ${contentOf(change)}`);
	return kind === 'deleted' ? hash(`${id} deleted`) : hash(`${id} ${at}`);
}

/** The identity of the creation of the object. */
export const creationIdentityOf = ({ id, current }: Change) => hash(`${id} ${timeOf(current?.createdDate)}`);

/** Distinguishes two states of one object within the same millisecond; for an undated change, a hash of its content. */
export const variantOf = (change: Change) =>
	hash(isUndated(change) ? contentOf(change) : `${identityOf(change)} ${JSON.stringify(change.current)}`);

/** Whether two states of one object have different values in a field that both have. */
export const contradict = (one: IDataObject, other: IDataObject) =>
	Object.keys(one).some((name) => name in other && JSON.stringify(one[name]) !== JSON.stringify(other[name]));

/** Sorted by time; undated changes come last. */
export const oldestFirst = (changes: readonly Change[]) => [...changes].sort((one, other) => (one.at ?? Infinity) - (other.at ?? Infinity));
