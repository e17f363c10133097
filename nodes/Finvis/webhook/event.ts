import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/core/isObject';
import { parseLossless } from '../../shared/http/losslessJson';

export interface FinvisEvent {
	/** The ID in the body. For a body without ID, a hash of its bytes, so that a redelivery has the same ID. */
	readonly id: string;
	readonly name: string;
	readonly body: IDataObject;
}

/** The fields of the object that an event is about. */
export const dataOf = ({ body }: FinvisEvent): IDataObject => (isObject(body.data) ? body.data : body);

/** The event in a verified body; undefined when the body is not a JSON object. The contract documents only two names of events (contracts/NOTES.md 2.5). */
export function parseEvent(raw: Buffer): FinvisEvent | undefined {
	const body = parseLossless(raw.toString('utf8'));
	if (!isObject(body)) return undefined;
	const name = [body.event, body.type, body.event_type].find((one) => typeof one === 'string') ?? '';
	const hasId = (typeof body.id === 'string' && body.id !== '') || typeof body.id === 'number';
	const id = hasId ? String(body.id) : createHash('sha256').update(raw).digest('hex');
	return { id, name: String(name), body };
}
