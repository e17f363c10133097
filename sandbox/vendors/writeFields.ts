/** Writes the fields of an answer as a vendor writes them, by the names of the fields. */
import type { Behaviour } from './position';

export type FieldKind = 'amount' | 'moment' | 'day' | 'code' | 'id' | 'personalNumber' | 'status';
export type FieldKinds = Readonly<Record<string, FieldKind>>;
export type Fields = Readonly<Record<string, unknown>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

interface Writing {
	readonly behaviour: Behaviour;
	readonly kinds: FieldKinds;
	/** Changes one object as a whole, before its fields are written. Fields that become undefined are left out. */
	readonly change: (object: Fields) => Fields;
}

/** A copy of the value, and of everything in it, as the vendor writes it. */
export function writeFields(value: unknown, writing: Writing): unknown {
	if (Array.isArray(value)) return value.map((item) => writeFields(item, writing));
	if (!isFields(value)) return value;
	const written = Object.entries(writing.change(value))
		.filter(([, field]) => field !== undefined)
		.map(([name, field]) => [name, writeField(name, field, writing)]);
	return Object.fromEntries(written);
}

function writeField(name: string, value: unknown, writing: Writing): unknown {
	const { behaviour, kinds } = writing;
	const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
	if (kind === undefined || (typeof value === 'object' && value !== null)) return writeFields(value, writing);
	if (kind === 'amount') return behaviour.amount(value);
	return typeof value === 'string' ? writeText(kind, value, behaviour) : value;
}

function writeText(kind: Exclude<FieldKind, 'amount'>, text: string, behaviour: Behaviour): unknown {
	if (kind === 'id') return UUID.test(text) ? (behaviour.idNumber?.write(text) ?? behaviour.id(text)) : text;
	if (kind !== 'moment') return behaviour[kind](text);
	const at = Date.parse(text);
	return Number.isNaN(at) ? text : behaviour.moment(at);
}

interface Reading {
	/** Gives a UUID back in lower case. */
	readonly ids: boolean;
	/** How a code is kept, by the name of its field. */
	readonly codes: Readonly<Record<string, (code: string) => string>>;
	readonly idNumber: Behaviour['idNumber'];
}

const AMOUNT = /amount|units/;

/** A copy of what a caller sent, with IDs and codes as the store keeps them: a vendor reads what it writes. */
export function readFields(value: unknown, reading: Reading, name = ''): unknown {
	if (Array.isArray(value)) return value.map((item) => readFields(item, reading, name));
	if (isFields(value)) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, readFields(field, reading, key)]));
	const id = AMOUNT.test(name) ? undefined : reading.idNumber?.read(String(value));
	if (id !== undefined) return id;
	if (typeof value !== 'string') return value;
	if (reading.ids && UUID.test(value)) return value.toLowerCase();
	return Object.hasOwn(reading.codes, name) ? (reading.codes[name]?.(value) ?? value) : value;
}
