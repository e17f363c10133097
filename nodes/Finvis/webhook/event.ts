import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { parseLossless } from '../../shared/http/losslessJson';

export interface FinvisEvent {
	/** That of Finvis; of a body without one, a hash of its bytes, so that a redelivery has the same. */
	readonly id: string;
	readonly name: string;
	readonly body: IDataObject;
}

const isObject = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object that an event is about, as far as the event tells of it. */
export const dataOf = ({ body }: FinvisEvent): IDataObject => (isObject(body.data) ? body.data : body);

/** A verified body; undefined when it is no JSON object. Only the two names of events are documented (contracts/NOTES.md 2.5). */
export function eventIn(raw: Buffer): FinvisEvent | undefined {
	const body = parseLossless(raw.toString('utf8'));
	if (!isObject(body)) return undefined;
	const name = [body.event, body.type, body.event_type].find((one) => typeof one === 'string') ?? '';
	const hasId = (typeof body.id === 'string' && body.id !== '') || typeof body.id === 'number';
	const id = hasId ? String(body.id) : createHash('sha256').update(raw).digest('hex');
	return { id, name: String(name), body };
}
