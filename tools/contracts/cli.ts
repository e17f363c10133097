import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OpenAPIV3 } from 'openapi-types';
import { parse } from 'yaml';
import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';
import { main as compare } from './compare/compare';
import { shapesOf } from './shapes';

const HEADER = '/**\n * Made from the OpenAPI file of the same name by `npm run contracts`. Never edited.\n */\n\n';
/** What a rehearsal does not read: notes, and that a body may have further fields. */
const NOTES = /^(x-.*|description|example|examples|title|default|discriminator|additionalProperties)$/;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** How the contract of Fondo writes the format of an ID. */
const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

type Part = object | undefined;

/** By route: what a body must be, and how an answer looks. For all writes, and for reads of one object that has an example. */
function rehearsalOf(document: OpenAPIV3.Document): string {
	const at = (part: unknown, key: string) => (part as Record<string, unknown>)[key];
	function resolved<T extends Part>(part: T | OpenAPIV3.ReferenceObject): T {
		if (part === undefined || !('$ref' in part)) return part as T;
		return part.$ref.slice(2).split('/').reduce<unknown>(at, document) as T;
	}
	const schemasOf = (parts: object) => Object.fromEntries(Object.entries(parts).map(([key, value]) => [key, schemaOf(value)]));
	function schemaOf(part: unknown): unknown {
		if (Array.isArray(part)) return part.map(schemaOf);
		if (typeof part !== 'object' || part === null) return part;
		const { properties, ...rest } = resolved<OpenAPIV3.SchemaObject>(part);
		if (rest.pattern === UUID) return { type: 'string', format: 'uuid' };
		if (rest.allOf?.length === 1 && properties === undefined) return schemaOf(rest.allOf[0]);
		const { type, oneOf, anyOf = oneOf, ...others } = Object.fromEntries(Object.entries(rest).filter(([key]) => !NOTES.test(key)));
		const more = schemasOf({ ...others, ...(anyOf === undefined ? {} : { anyOf }) });
		if (properties) return { ...more, properties: schemasOf(properties) };
		return Object.keys(more).length === 0 && type !== undefined ? type : { type, ...more };
	}
	function answerOf({ responses }: OpenAPIV3.OperationObject): unknown {
		const success = Object.entries(responses).find(([status]) => status.startsWith('2'));
		const { example, examples, schema } = resolved<OpenAPIV3.ResponseObject | undefined>(success?.[1])?.content?.['application/json'] ?? {};
		const [first] = Object.values(examples ?? {});
		const { example: ofSchema, type } = resolved<OpenAPIV3.SchemaObject | undefined>(schema) ?? {};
		return example ?? resolved<OpenAPIV3.ExampleObject | undefined>(first)?.value ?? ofSchema ?? (type === 'array' ? [] : undefined);
	}
	/** The route that has the same answer, by the answer. */
	const alike = new Map<string, string>();
	const routes = Object.entries(document.paths).flatMap(([path, item]) =>
		METHODS.flatMap((method) => {
			const operation = item?.[method];
			if (!operation || operation.security?.length === 0 || (method === 'get' && !path.includes('{'))) return [];
			const body = resolved<OpenAPIV3.RequestBodyObject | undefined>(operation.requestBody)?.content['application/json']?.schema;
			const route = `${method.toUpperCase()} ${path}`;
			const answer = answerOf(operation);
			const text = JSON.stringify(answer) ?? '';
			// A rehearsed list is empty, and a file has no example.
			if (method === 'get' && (answer === undefined || Array.isArray(answer))) return [];
			const like = text.length < 40 ? undefined : alike.get(text);
			if (like === undefined) alike.set(text, route);
			const known = { body: body && schemaOf(body), ...(like === undefined ? { answer } : { like }) };
			return [`${JSON.stringify(route)}: ${JSON.stringify(known)}`];
		}),
	);
	return `{\n${routes.join(',\n')}\n}\n`;
}

/**
 * `npm run contracts`: writes what is made of the OpenAPI files: types, what a rehearsal must know, and how answers look. `--check` only
 * compares. `npm run contracts:check` compares the OpenAPI files with those of the vendors.
 */
export async function main(args: string[]): Promise<void> {
	if (args[0] === 'compare') return await compare(args.slice(1));
	const drifted: string[] = [];
	for (const api of ['fondo', 'finvis']) {
		const source = join(projectRoot, 'contracts', `${api}.openapi.yaml`);
		const document = parse(await readFile(source, 'utf8')) as OpenAPIV3.Document;
		// A comparison needs no types, and this package takes a second to load.
		const { default: openapiTS, astToString } = await import('openapi-typescript');
		const made = {
			[`${api}.d.ts`]: HEADER + astToString(await openapiTS(pathToFileURL(source))),
			[`${api}.rehearsal.json`]: rehearsalOf(document),
			[`${api}.shapes.json`]: shapesOf(document),
		};
		for (const [name, text] of Object.entries(made)) {
			const file = join(projectRoot, 'contracts', name);
			if (!args.includes('--check')) await writeFile(file, text);
			else if ((await readFile(file, 'utf8').catch(() => '')) !== text) drifted.push(`contracts/${name}`);
		}
	}
	if (drifted.length > 0) throw new Failure(`${drifted.join(', ')}: not what the OpenAPI file says`, 'npm run contracts');
}
