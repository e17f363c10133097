import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { Refusal } from '../transport/refusal';
import type { Field } from './field';

const isObject = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the panel does not know: a JSON object whose fields are added to the request body, or take the place of ours. */
export const rawBody: Field<IDataObject> = {
	property: {
		displayName: 'Raw JSON Body',
		type: 'json',
		default: '',
		placeholder: 'e.g. { "fieldOfTheApi": "value" }',
		description: 'Fields to add to the request as JSON, for what this panel does not offer. They replace fields of the same name.',
	},
	example: {},
	read: (value) => {
		const body: unknown = typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
		return isObject(body) ? body : new Refusal('it is not a JSON object', 'Give an object such as { "name": "value" }.');
	},
};
