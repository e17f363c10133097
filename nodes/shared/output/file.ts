import { isObject } from '../core/isObject';
import { text } from '../fields/text';
import type { Values, ValuesOf } from '../fields/field';
import { UserError } from '../core/userError';
import { parseLossless } from '../http/losslessJson';
import type { ResultMode } from './resultMode';

const name = text({ label: 'Output Data Field Name', description: 'The name of the output field to put the file in', example: 'data' });
const fields = { outputField: { ...name, property: { ...name.property, default: 'data' } } };

/** A file as base64 in JSON has at least so many characters; shorter texts are IDs and names. */
const SHORTEST_BASE64 = 64;

/** The file in an answer: its bytes, or its bytes as base64 in JSON. Undefined where there is none. */
function fileIn(body: unknown): Buffer | undefined {
	if (!Buffer.isBuffer(body) || body.length === 0) return undefined;
	const start = body
		.subarray(0, 512)
		.toString('latin1')
		.replace(/^\xef\xbb\xbf/, '')
		.trimStart();
	if (/^[{["]/.test(start)) return base64In(parseLossless(body.toString('utf8')));
	// A web page can have any type. A PDF begins with `%PDF`, other files are not text.
	return /^<(!doctype|html|head|body|\?xml)/i.test(start) ? undefined : body;
}

/** The only text in JSON that is a PDF in base64. */
function base64In(json: unknown): Buffer | undefined {
	const texts = (value: unknown): string[] =>
		typeof value === 'string'
			? [value]
			: Array.isArray(value)
				? value.flatMap(texts)
				: isObject(value)
					? Object.values(value).flatMap(texts)
					: [];
	const files = texts(json)
		.map((one) => one.replace(/^data:[\w/+.;=-]*base64,/, '').replace(/\s/g, ''))
		.filter((one) => one.length >= SHORTEST_BASE64 && /^[A-Za-z0-9+/_-]+=*$/.test(one))
		.map((one) => Buffer.from(one, 'base64'))
		.filter((bytes) => bytes.subarray(0, 5).toString('latin1') === '%PDF-');
	return files.length === 1 ? files[0] : undefined;
}

/** One file, one item with binary data. Refuses an empty response, JSON without a file, and a web page, because none of them is a document. */
export const file = (nameOf: (values: Values) => string): ResultMode => ({
	fields,
	execute: async ({ context, client, request, values, select }) => {
		const { body, headers } = await client({ ...request, file: true });
		const [given] = (headers['content-type'] ?? 'application/octet-stream').split(';');
		const bytes = given === 'text/html' ? undefined : fileIn(body);
		if (bytes === undefined) {
			throw new UserError(
				`No file came, but ${given === 'text/html' || !isWebPage(body) ? given : `a web page as ${given}`}`,
				"Check that the document exists for this object: 'Get Many Types' shows which agreements there are.",
			);
		}
		const isPdf = bytes.subarray(0, 5).toString('latin1') === '%PDF-';
		const mimeType = isPdf ? 'application/pdf' : given;
		const { outputField } = values as ValuesOf<typeof fields>;
		const fileName = nameOf(values);
		const binary = { [outputField]: await context.helpers.prepareBinaryData(bytes, fileName, mimeType) };
		return [{ json: select({ fileName, mimeType, fileSize: bytes.length }), binary }];
	},
});

const isWebPage = (body: unknown) => Buffer.isBuffer(body) && body.subarray(0, 512).toString('latin1').trimStart().startsWith('<');
