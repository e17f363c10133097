import { text } from '../fields/text';
import type { Values, ValuesOf } from '../fields/field';
import { UserError } from '../core/userError';
import type { ResultMode } from './resultMode';

const name = text({ label: 'Output Data Field Name', description: 'The name of the output field to put the file in', example: 'data' });
const fields = { outputField: { ...name, property: { ...name.property, default: 'data' } } };

/** One file, one item with binary data. Refuses an empty response, JSON and a web page, because none of them is a document. */
export const file = (nameOf: (values: Values) => string): ResultMode => ({
	fields,
	execute: async ({ context, client, request, values, select }) => {
		const { body, headers } = await client({ ...request, file: true });
		const [mimeType] = (headers['content-type'] ?? 'application/octet-stream').split(';');
		if (!Buffer.isBuffer(body) || body.length === 0 || mimeType === 'application/json' || mimeType === 'text/html') {
			throw new UserError(
				`No file came, but ${mimeType}`,
				"Check that the document exists for this object: 'Get Many Types' shows which agreements there are.",
			);
		}
		const { outputField } = values as ValuesOf<typeof fields>;
		const fileName = nameOf(values);
		const binary = { [outputField]: await context.helpers.prepareBinaryData(body, fileName, mimeType) };
		return [{ json: select({ fileName, mimeType, fileSize: body.length }), binary }];
	},
});
