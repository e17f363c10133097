import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/core/isObject';
import { parseLossless } from '../../shared/http/losslessJson';

export interface FinvisEvent {
	/** The ID in the body. For an event without its own ID, a hash of its bytes, so that a redelivery has the same ID. */
	readonly id: string;
	readonly name: string;
	readonly body: IDataObject;
}

/** The identity of an event: the same key never starts a workflow twice. */
export const eventKey = ({ id, name }: Pick<FinvisEvent, 'id' | 'name'>) => JSON.stringify([name, id]);

/** A name of an event without case and separators: `payment.status.updated` is also `PAYMENT_STATUS_UPDATED`. */
export const foldName = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The fields of the object that an event is about. */
export const dataOf = ({ body }: Pick<FinvisEvent, 'body'>): IDataObject => (isObject(body.data) ? body.data : body);

/** `type` is the last one, because the object of a flat event can have a field of that name. */
const NAMES = ['event', 'event_type', 'eventType', 'type'];
const nameOf = (body: IDataObject) =>
	NAMES.map((field) => body[field]).find((name): name is string => typeof name === 'string' && foldName(name) !== '');

/** An ID belongs to the event only beside `data`, and only if the object in `data` does not have it. Else it is the ID of the object, which all its events share. */
function ownIdOf({ id, data }: IDataObject): string | undefined {
	if ((typeof id !== 'string' && typeof id !== 'number') || id === '' || typeof data !== 'object' || data === null) return undefined;
	return Object.values(data).some((value) => String(value) === String(id)) ? undefined : String(id);
}

/** What was in a signed body. */
export interface Parsed {
	readonly events: readonly FinvisEvent[];
	/** What each part that is no event looks like, without its values. */
	readonly unknown: readonly string[];
}

function shapeOf(part: unknown): string {
	if (isObject(part)) return `an object with the fields ${Object.keys(part).slice(0, 20).join(', ') || '(none)'}`;
	return Array.isArray(part) ? 'a list' : 'no JSON object';
}

/** The events in a verified body: one, a list, or a list in the field `events`. The contract documents only two names of events (contracts/NOTES.md 2.5). */
export function parseEvents(raw: Buffer): Parsed {
	const body = parseLossless(raw.toString('utf8').replace(/^\uFEFF/, ''));
	const list: unknown = isObject(body) && nameOf(body) === undefined ? body.events : body;
	const parts: unknown[] = Array.isArray(list) && list.length > 0 ? list : [body];
	const events: FinvisEvent[] = [];
	const unknown: string[] = [];
	for (const part of parts) {
		const name = isObject(part) ? nameOf(part) : undefined;
		if (!isObject(part) || name === undefined) {
			unknown.push(shapeOf(part));
			continue;
		}
		const bytes = part === body ? raw : JSON.stringify(part);
		events.push({ id: ownIdOf(part) ?? createHash('sha256').update(bytes).digest('hex'), name, body: part });
	}
	return { events, unknown };
}
