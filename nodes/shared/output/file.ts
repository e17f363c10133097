import { isObject } from '../core/isObject';
import { text } from '../fields/text';
import type { Values, ValuesOf } from '../fields/field';
import { UserError } from '../core/userError';
import { parseLossless } from '../http/losslessJson';
import type { ApiRequest } from '../http/request';
import { leadsAway, shownAddress } from '../http/url';
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

/** The texts in JSON, each with its name. */
function textsIn(json: unknown, name = ''): Array<readonly [name: string, text: string]> {
	if (typeof json === 'string') return [[name, json]];
	if (Array.isArray(json)) return json.flatMap((one) => textsIn(one, name));
	return isObject(json) ? Object.entries(json).flatMap(([field, value]) => textsIn(value, field)) : [];
}

/** The only text in JSON that is a PDF in base64. */
function base64In(json: unknown): Buffer | undefined {
	const files = textsIn(json)
		.map(([, one]) => one.replace(/^data:[\w/+.;=-]*base64,/, '').replace(/\s/g, ''))
		.filter((one) => one.length >= SHORTEST_BASE64 && /^[A-Za-z0-9+/_-]+=*$/.test(one))
		.map((one) => Buffer.from(one, 'base64'))
		.filter((bytes) => bytes.subarray(0, 5).toString('latin1') === '%PDF-');
	return files.length === 1 ? files[0] : undefined;
}

/** The only link in JSON that can be the document: an address or a path in a field whose name says so. */
function linkIn(body: unknown): string | undefined {
	if (!Buffer.isBuffer(body)) return undefined;
	const json = parseLossless(body.toString('utf8'));
	if (!isObject(json) && !Array.isArray(json)) return undefined;
	const links = textsIn(json).filter(
		([name, text]) => /url|uri|link|href|location|download/i.test(name) && /^(https?:)?\/\S+$/i.test(text),
	);
	return links.length === 1 ? links[0][1] : undefined;
}

/** The path of the base URL: the path of a call without that of its route. */
function basePathOf(url: URL, { route }: ApiRequest): string {
	const [, template] = route.split(' ');
	const parts = url.pathname.replace(/\/$/, '').split('/');
	return parts.slice(0, parts.length - template.split('/').filter(Boolean).length).join('/');
}

/** The call of a link to the server that gave it. Throws for a link to any other address, where the token must not go. */
function requestOf(link: string, from: URL, request: ApiRequest): ApiRequest {
	const to = URL.canParse(link, from.href) ? new URL(link, from.href) : undefined;
	const base = basePathOf(from, request);
	if (to !== undefined && !leadsAway(from, to) && to.pathname.startsWith(`${base}/`))
		return { route: `GET ${to.pathname.slice(base.length)}`, query: Object.fromEntries(to.searchParams), file: true };
	throw new UserError(
		`The document is at another address${to === undefined ? '' : `, ${shownAddress(to)}`}`,
		'This credential is sent to its own host only. Get the address with the HTTP Request node and this credential, and the document without it.',
	);
}

/** One file, one item with binary data. Refuses an empty response, JSON without a file, and a web page, because none of them is a document. */
export const file = (nameOf: (values: Values) => string): ResultMode => ({
	fields,
	execute: async ({ context, client, request, values, select }) => {
		const first = await client({ ...request, file: true });
		const link = fileIn(first.body) === undefined && first.url !== undefined ? linkIn(first.body) : undefined;
		const { body, headers } = link === undefined ? first : await client(requestOf(link, new URL(String(first.url)), request));
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
