import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { UserError } from '../core/userError';
import type { Field } from './field';

const isObject = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object, as text or as it comes from an expression. */
export const json = ({
	label,
	description,
	example,
}: {
	label: string;
	description: string;
	example: IDataObject;
}): Field<IDataObject> => ({
	property: { displayName: label, type: 'json', default: '', required: true, placeholder: `e.g. ${JSON.stringify(example)}`, description },
	example,
	read: (value) => {
		const object: unknown = typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
		return isObject(object) ? object : new UserError('it is not a JSON object', `Give an object such as ${JSON.stringify(example)}.`);
	},
});
