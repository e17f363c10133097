import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';
import { clock } from '../../../shared/core/clock';
import { isObject } from '../../../shared/core/isObject';
import { SeenKeys } from '../../../shared/core/seenKeys';
import { parseLossless } from '../../../shared/http/losslessJson';
import type { Change, ChangeKind } from './change';
import { idOf, modifiedAt, OBJECTS, stateAt } from './change';
import type { EventFilter } from './eventFilter';
import { matchesObject } from './eventFilter';

/** Fields that only one type of object has, according to the contract. */
const SHAPES: ReadonlyArray<readonly [object: string, fields: readonly string[]]> = [
	['journey', ['callbackUrl', 'redirectUrl']],
	['order', ['orderType']],
	['transaction', ['transactionType']],
	['account', ['accountType']],
	['client', ['serviceTypes', 'displayName']],
];

/** The contract shows `create`, `update` and `delete` in examples and does not promise them. */
const VERBS: Readonly<Record<string, ChangeKind>> = {
	create: 'created',
	created: 'created',
	new: 'created',
	update: 'updated',
	updated: 'updated',
	change: 'updated',
	changed: 'updated',
	modified: 'updated',
	delete: 'deleted',
	deleted: 'deleted',
	removed: 'deleted',
};

/** The words of a name in any form: `order.update`, `orderUpdate`, `ORDER_UPDATED`, `orders.update`. */
const wordsOf = (name: string) => {
	const spaced = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
	return spaced.split(/[^a-z\d]+/).filter((word) => word !== '');
};

const singular = (word: string) => (word.endsWith('s') ? word.slice(0, -1) : word);

/** The object that a name or a state is about; undefined for objects that this node does not know. */
function knownObject(words: readonly string[], state: IDataObject): string | undefined {
	const named = words.flatMap((word) => OBJECTS.find((object) => singular(word).endsWith(object)) ?? []);
	return named.at(-1) ?? SHAPES.find(([, fields]) => fields.some((field) => field in state))?.[0];
}

const nameIn = ({ eventType, event_type, type, event }: IDataObject) =>
	[eventType, event_type, type, event].find((name): name is string => typeof name === 'string' && name !== '') ?? '';

/** A frame, as this node understands it. */
export type Frame =
	| { readonly type: 'heartbeat' }
	| { readonly type: 'change'; readonly change: Change }
	/** @param name of the event; undefined when the frame is no event at all */
	| { readonly type: 'unknown'; readonly name?: string };

/** Fields that name an event and no object has. */
const NAME_FIELDS = ['eventType', 'event_type'];
const WRAPPERS = ['data', 'payload', 'event', 'message', 'body', 'detail'];
const MOST_WRAPPERS = 4;

const hasStates = ({ current, previous }: IDataObject) => isObject(current) || isObject(previous);

/** The frames in what a server sends: the contract says one event, but an API may send arrays of them, or wrap them in objects. */
export function framesIn(value: unknown, depth = 0): unknown[] {
	if (depth > MOST_WRAPPERS) return [value];
	if (Array.isArray(value)) return value.flatMap((one) => framesIn(one, depth + 1));
	if (!isObject(value) || hasStates(value)) return [value];
	if (Array.isArray(value.events)) return framesIn(value.events, depth + 1);
	const wrapper = WRAPPERS.find((name) => isObject(value[name]) || (Array.isArray(value[name]) && nameIn(value) === ''));
	if (wrapper === undefined) return [value];
	const name = nameIn(value);
	const inner = framesIn(value[wrapper], depth + 1);
	// The name may be outside, beside the states or beside the fields of the object.
	return inner.map((one) => (isObject(one) && nameIn(one) === '' && name !== '' ? { eventType: name, ...one } : one));
}

/** An event may have the fields of the object beside its name. */
function withStates(frame: IDataObject, name: string): IDataObject {
	if (hasStates(frame) || idOf(frame) === undefined || stateAt(frame) === undefined) return frame;
	return { eventType: name, current: Object.fromEntries(Object.entries(frame).filter(([field]) => !NAME_FIELDS.includes(field))) };
}

/** Reads a frame of the stream. The contract says `{eventType, current, previous}`. */
export function frameOf(frame: unknown, receivedAt: number): Frame {
	if (!isObject(frame)) return { type: 'unknown' };
	const name = nameIn(frame);
	if (/^(heartbeat|ping|keep-?alive)$/i.test(name)) return { type: 'heartbeat' };
	const { current: after, previous: before, ...otherFields } = withStates(frame, name);
	const current = isObject(after) ? after : undefined;
	const previous = isObject(before) ? before : undefined;
	const state = current ?? previous;
	if (name === '' && state === undefined) return { type: 'unknown' };
	const words = wordsOf(name);
	const verb = words.filter((word) => Object.hasOwn(VERBS, word)).at(-1);
	const kind = kindOf(verb, name, current, previous);
	if (kind === undefined) return { type: 'unknown', name };
	const change: Change = {
		eventType: name,
		object: knownObject(words, state ?? {}) ?? objectPart(name),
		kind,
		id: state && idOf(state),
		// Objects without a modified date have the date of their creation, which tells nothing about their later changes.
		at: kind === 'created' ? current && stateAt(current) : modifiedAt(current),
		current,
		previous,
		source: 'stream',
		receivedAt,
		otherFields,
	};
	return { type: 'change', change };
}

/** For an unknown object: the part of its event's name before the verb. */
const objectPart = (name: string) => (name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : name);

/** For an unknown verb the states that are present decide; undefined when they do not say what has happened. */
function kindOf(verb = '', name: string, current: IDataObject | undefined, previous: IDataObject | undefined): ChangeKind | undefined {
	if (current?.deleted === true) return 'deleted';
	if (Object.hasOwn(VERBS, verb)) return VERBS[verb];
	if (current !== undefined) return previous === undefined ? 'created' : 'updated';
	return name === '' ? 'deleted' : previous === undefined ? 'updated' : undefined;
}

/** Far more than an event needs. A frame that unpacks to more counts as empty. */
const MOST_BYTES = 16 * 1024 * 1024;
/** The first byte of what a server compresses by itself. Compression of the connection is the business of the WebSocket. */
const FORMATS: Readonly<Record<number, 'gzip' | 'deflate'>> = { 0x1f: 'gzip', 0x78: 'deflate' };

async function unpacked(bytes: Buffer, format: 'gzip' | 'deflate'): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)) as AsyncIterable<Uint8Array>) {
		length += chunk.length;
		if (length > MOST_BYTES) return Buffer.alloc(0);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** The text of a frame, which a server may send as bytes, compressed or with a byte order mark. */
async function textOf(data: string | Buffer): Promise<string> {
	const format = typeof data === 'string' ? undefined : FORMATS[data[0]];
	const text = format === undefined ? data : await unpacked(Buffer.from(data), format);
	return text.toString().replace(/^\uFEFF/, '');
}

/** Reads the frames of a stream, and writes to the log what it does not understand: each kind once. */
export function frameReader(context: ITriggerFunctions, filter: EventFilter) {
	const reported = new SeenKeys(100);
	const report = (name: string | undefined) => {
		const what =
			name === undefined ? 'something that is not an event' : `the event '${name.slice(0, 100)}', which this version does not know`;
		if (reported.isNew(what))
			context.logger.warn(`Fondo sent ${what} to '${context.getNode().name}'. It starts no execution. This is logged once.`);
	};
	return async (data: string | Buffer): Promise<Change[]> => {
		try {
			return framesIn(parseLossless(await textOf(data))).flatMap((one) => {
				const frame = frameOf(one, clock.now());
				if (frame.type === 'unknown') report(frame.name);
				if (frame.type !== 'change') return [];
				const { change } = frame;
				if (!OBJECTS.some((object) => object === change.object) && !matchesObject(filter.objects, change)) report(change.eventType);
				return [change];
			});
		} catch {
			// Bytes that look compressed and are not.
			report(undefined);
			return [];
		}
	};
}
