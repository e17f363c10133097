// Writes what is made of the OpenAPI files beside this script: types, and what a rehearsal must know. With --check it only says whether they are up to date.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const check = process.argv.includes('--check');
const header = '/**\n * Made from the OpenAPI file of the same name by `npm run contracts`. Never edited.\n */\n\n';
let drifted = false;

async function write(name, made, source) {
	const file = new URL(`./${name}`, import.meta.url);
	if (!check) return await writeFile(file, made);
	if ((await readFile(file, 'utf8').catch(() => '')) === made) return;
	drifted = true;
	console.error(`contracts/${name} is not what contracts/${source} says: run npm run contracts`);
}

const NOTES = /^(x-.*|description|example|examples|title|default|discriminator)$/;

/** By route: what a body must be, and how an answer looks. For all writes, and for reads of one object. */
function rehearsalOf(document) {
	const resolved = (part) =>
		part?.$ref
			? resolved(
					part.$ref
						.slice(2)
						.split('/')
						.reduce((at, key) => at[key], document),
				)
			: part;
	const schemaOf = (part) => {
		if (Array.isArray(part)) return part.map(schemaOf);
		if (typeof part !== 'object' || part === null) return part;
		const { properties, ...rest } = resolved(part);
		const own = Object.entries(rest).filter(([key]) => !NOTES.test(key));
		return {
			...Object.fromEntries(own.map(([key, value]) => [key, schemaOf(value)])),
			...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, schemaOf(value)])) }),
		};
	};
	const answerOf = ({ responses }) => {
		const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2'));
		const { example, examples, schema } = resolved(success).content?.['application/json'] ?? {};
		const first = examples && resolved(Object.values(examples)[0]).value;
		return example ?? first ?? resolved(schema)?.example ?? (resolved(schema)?.type === 'array' ? [] : undefined);
	};
	const routes = Object.entries(document.paths).flatMap(([path, item]) =>
		['get', 'post', 'put', 'patch', 'delete']
			.filter((method) => item[method] && item[method].security?.length !== 0 && (method !== 'get' || path.includes('{')))
			.map((method) => {
				const body = resolved(item[method].requestBody)?.content?.['application/json']?.schema;
				return [`${method.toUpperCase()} ${path}`, { body: body && schemaOf(body), answer: answerOf(item[method]) }];
			}),
	);
	return `{\n${routes.map(([route, known]) => `${JSON.stringify(route)}: ${JSON.stringify(known)}`).join(',\n')}\n}\n`;
}

for (const api of ['fondo', 'finvis']) {
	const source = `${api}.openapi.yaml`;
	const url = new URL(`./${source}`, import.meta.url);
	await write(`${api}.d.ts`, header + astToString(await openapiTS(url)), source);
	await write(`${api}.rehearsal.json`, rehearsalOf(parse(await readFile(url, 'utf8'))), source);
}
process.exitCode = drifted ? 1 : 0;
