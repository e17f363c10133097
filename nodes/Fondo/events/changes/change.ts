import { hash as hashOf } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { journeyOutcomeOf } from '../../journeys/outcome';

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
	/** When the object was created; read from rows of lists only. */
	readonly createdAt?: number;
	readonly id?: string;
	/** When the object got the state in `current`. */
	readonly at?: number;
	readonly current?: IDataObject;
	readonly previous?: IDataObject;
	readonly source: 'stream' | 'catchUp' | 'callback';
	/** When the change arrived. */
	readonly receivedAt?: number;
	/** All other fields of the frame. */
	readonly otherFields?: IDataObject;
}

export const OBJECTS = ['account', 'client', 'journey', 'order', 'transaction'] as const;

const SECOND = 1_000;
/** Numbers below are seconds since 1970, others milliseconds. */
const LEAST_MS = 100_000_000_000;
const HAS_ZONE = /(Z|[+-]\d\d:?\d\d|GMT|UTC)$/i;

/** A time as an API may write it, in milliseconds since 1970. A text without a zone is UTC, wherever n8n runs. */
function timeOf(value: unknown): number | undefined {
	const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
	const number = /^\d{9,13}(\.\d+)?$/.test(text) ? Number(text) : NaN;
	const written = HAS_ZONE.test(text) || !text.includes(':') ? text : `${text.replace(' ', 'T')}Z`;
	const time = Number.isNaN(number) ? Date.parse(written) : Math.floor(number < LEAST_MS ? number * SECOND : number);
	return Number.isNaN(time) ? undefined : time;
}

/** An ID as text, because an API may write it as a number. */
export const idText = (id: unknown) => (typeof id === 'number' || (typeof id === 'string' && id !== '') ? String(id) : undefined);

export const idOf = ({ id }: IDataObject) => idText(id);

/** The `modifiedDate` of a state, in milliseconds since 1970. */
export const modifiedAt = (state: IDataObject | undefined) => timeOf(state?.modifiedDate);

/** When an object got this state: an object that was not changed yet may have the date of its creation only. */
export const stateAt = (state: IDataObject | undefined) => modifiedAt(state) ?? timeOf(state?.createdDate);

/** The name that a frame of this change would have. */
const named = (object: string, verb: 'create' | 'update' | 'delete') => ({
	eventType: `${object}.${verb}`,
	object,
	kind: `${verb}d` as const,
});

/**
 * The change in a row of a list, for a reader that has read the lists up to `readTo` (milliseconds since 1970).
 * A row shows only the latest state of the object, not the states in between.
 */
export function changeOfRow(object: string, row: IDataObject, readTo: number): Change {
	const at = stateAt(row);
	const created = timeOf(row.createdDate);
	const deleted = row.deleted === true;
	const isNew = created !== undefined && created === at;
	return {
		...named(object, deleted ? 'delete' : isNew ? 'create' : 'update'),
		createdInGap: !deleted && !isNew && created !== undefined && created > readTo,
		createdAt: created,
		id: idOf(row),
		at,
		...(deleted ? { previous: row } : { current: row }),
		source: 'catchUp',
	};
}

/** The change that led to the previous state of this one. Frames can be late or out of order, so the stream may not have sent it yet. */
export function changeBefore({ object, id, previous, source }: Change): Change | undefined {
	const at = stateAt(previous);
	if (source !== 'stream' || previous === undefined || at === undefined || idOf(previous) !== id) return undefined;
	return { ...named(object, timeOf(previous.createdDate) === at ? 'create' : 'update'), id, at, current: previous, source };
}

/** The change that created the object of a row. */
export const creationOf = (change: Change): Change => ({ ...change, kind: 'created', at: change.createdAt });

const hash = (text: string) => hashOf('sha256', text, 'base64url').slice(0, 16);

/** A hash of everything that an undated frame says. */
export const contentOf = ({ eventType, current, previous, otherFields }: Change) =>
	hash(JSON.stringify([eventType, current, previous, otherFields]));

/** Without a date only the stream reports the change, and the same content can occur again later. */
export const isUndated = ({ id, at, kind }: Change) => id === undefined || (at === undefined && kind !== 'deleted');

/** Whether Fondo shows the change also in a list, or the object by its ID. A deleted object may be in no list. */
export const isListed = (change: Change) =>
	!isUndated(change) && change.kind !== 'deleted' && OBJECTS.some((object) => object === change.object);

/** An ID is unique for one type of objects: it may be a number. */
export const objectKey = ({ object, id, eventType }: Change) => (id === undefined ? eventType : `${object} ${id}`);

/** A short name for the object, for what n8n stores with every event. */
export const objectHash = (change: Change) => hash(objectKey(change)).slice(0, 8);

export const isEndedJourney = ({ object, kind, current }: Change) =>
	object === 'journey' && (kind === 'deleted' || (current !== undefined && journeyOutcomeOf(current) !== undefined));

const modifiedOf = ({ kind, at }: Change) => (kind === 'deleted' ? 'deleted' : at);

/** The same change has the same identity in the stream and in a list: the object and its modified time, and nothing else. */
export const identityOf = (change: Change): string =>
	hash(isUndated(change) ? `${change.receivedAt} ${contentOf(change)}` : `${objectKey(change)} ${modifiedOf(change)}`);

export const inWholeSeconds = (change: Change): Change =>
	change.at === undefined ? change : { ...change, at: change.at - (change.at % SECOND) };

/** The identity that 0.1.0 has stored: without the type of the object. */
const identityIn010 = (change: Change) => hash(`${change.id} ${modifiedOf(change)}`);

/** Whether a change is among the identities, which may come from 0.1.0. */
export const isIn = (identities: { has: (identity: string) => boolean }, change: Change, identity = identityOf(change)) =>
	identities.has(identity) || identities.has(identityIn010(change));

/** Sorted by time; undated changes come last. */
export const oldestFirst = (changes: readonly Change[]) => [...changes].sort((one, other) => (one.at ?? Infinity) - (other.at ?? Infinity));
