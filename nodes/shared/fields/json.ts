import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { isObject, isTooDeep } from '../core/isObject';
import { UserError } from '../core/userError';
import type { Field } from './field';

/** A JSON object: text from the panel, or an object from an expression. */
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
		if (isTooDeep(object)) return new UserError('it is nested too deep', `Give an object such as ${JSON.stringify(example)}.`);
		if (isObject(object)) return object;
		if (object === null && /^\s*\{/.test(String(value)))
			return new UserError('it is not valid JSON', 'Look for a missing or extra comma, quotation mark or brace.');
		return new UserError('it is not a JSON object', `Give an object such as ${JSON.stringify(example)}.`);
	},
});

/** Fields of the request body that the panel does not offer; they overwrite fields of the same name. */
export const rawBody = json({
	label: 'Raw JSON Body',
	description: 'Fields to add to the request as JSON, for what this panel does not offer. They replace fields of the same name.',
	example: { fieldOfTheApi: 'value' },
});
