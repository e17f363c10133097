import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { $RefParser } from '@apidevtools/json-schema-ref-parser';
import { parse } from 'yaml';
import { Failure } from '../../base/failure';
import { Schemas } from './schemas';
import type { Raw } from './shape';
import type { ApiDocument } from './operations';

export interface NamedDocument extends ApiDocument {
	/** Path or address, as the user gave it. */
	readonly name: string;
}

/** The exit code of a run that could not read what it compares. */
const UNREADABLE = 2;
const TIMEOUT_MS = 30_000;

const unreadable = (name: string, reason: string, advice: string) => new Failure(`${name} cannot be read: ${reason}`, advice, UNREADABLE);
const isAddress = (source: string) => /^https?:\/\//.test(source);
const reasonOf = (error: unknown) => {
	const { message, cause } = error as Error;
	return (cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message).split('\n')[0];
};

function parsed(name: string, text: string): unknown {
	try {
		return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text);
	} catch (error) {
		throw unreadable(name, `it is neither YAML nor JSON (${reasonOf(error)})`, 'get the file from the vendor again, or correct the line');
	}
}

const isOpenApi = (content: unknown): content is Raw =>
	typeof content === 'object' && content !== null && ('openapi' in content || 'swagger' in content);

/** A document whose every `$ref` leads to something within it. Other files are read from the disk, and never from the internet. */
async function documentOf(name: string, content: unknown): Promise<NamedDocument> {
	if (!isOpenApi(content)) throw unreadable(name, "it has no line 'openapi: 3…'", 'give the OpenAPI file of the vendor');
	if (!/^3\.[01]/.test(String(content.openapi)))
		throw unreadable(
			name,
			`it is OpenAPI ${String(content.openapi ?? content.swagger)}, and this command reads 3.0 and 3.1`,
			'convert it to OpenAPI 3.1 first',
		);
	try {
		const path = isAddress(name) ? name : resolve(name);
		const options = { resolve: { http: false, ...(isAddress(name) ? { file: false } : {}) } } as const;
		const whole = (await new $RefParser<Raw>().bundle(path, content, options)) as Raw;
		return { name, content: whole, schemas: new Schemas(whole) };
	} catch (error) {
		throw unreadable(
			name,
			`a $ref leads nowhere (${reasonOf(error)})`,
			'put the files that it refers to beside it, or ask the vendor for one file with everything in it',
		);
	}
}

async function textOf(path: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		throw unreadable(path, reasonOf(error), 'check the name and the rights of the file');
	}
}

export const readDocument = async (path: string): Promise<NamedDocument> => await documentOf(path, parsed(path, await textOf(path)));

async function fetchDocument(address: string): Promise<NamedDocument> {
	const advice = 'open the address in a browser, and give the saved file instead';
	let text: string;
	try {
		const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
		if (!response.ok) throw new Error(`the server answers ${response.status}`);
		text = await response.text();
	} catch (error) {
		throw unreadable(address, reasonOf(error), advice);
	}
	if (/^\s*<(!doctype|html)/i.test(text)) throw unreadable(address, 'the server answers with a web page', advice);
	return await documentOf(address, parsed(address, text));
}

/** The OpenAPI files of a folder. Its other files are left alone. */
async function readFolder(folder: string): Promise<NamedDocument[]> {
	const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
	const documents: NamedDocument[] = [];
	for (const name of names) {
		const path = join(folder, name);
		const content = parsed(path, await textOf(path));
		if (isOpenApi(content)) documents.push(await documentOf(path, content));
	}
	if (documents.length === 0)
		throw unreadable(folder, 'no file in it is an OpenAPI file', 'give the folder with the OpenAPI files of the vendor');
	return documents;
}

/** The documents that a file, a folder or an address has. */
export async function readSource(source: string): Promise<NamedDocument[]> {
	if (isAddress(source)) return [await fetchDocument(source)];
	const found = await stat(source).catch(() => undefined);
	if (!found) throw unreadable(source, 'there is no such file or folder', 'check the name');
	return found.isDirectory() ? await readFolder(source) : [await readDocument(source)];
}

/** The vendor addresses of contracts/NOTES.md: those that it gives for an OpenAPI file. */
export const addressesIn = (notes: string) => [
	...new Set([...notes.matchAll(/`(https:\/\/[^`\s]+\.ya?ml)`/g)].map(([, address]) => address)),
];

export const titleOf = ({ content, name }: NamedDocument) => `${String((content.info as Raw | undefined)?.title)} ${basename(name)}`;
