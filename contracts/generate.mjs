// Writes fondo.d.ts and finvis.d.ts from the OpenAPI files beside this script; with --check it only says whether they are up to date.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const check = process.argv.includes('--check');
const header = '/**\n * Made from the OpenAPI file of the same name by `npm run contracts`. Never edited.\n */\n\n';
let drifted = false;

for (const api of ['fondo', 'finvis']) {
	const types = new URL(`./${api}.d.ts`, import.meta.url);
	const made = header + astToString(await openapiTS(new URL(`./${api}.openapi.yaml`, import.meta.url)));
	if (!check) await writeFile(types, made);
	else if ((await readFile(types, 'utf8')) !== made) {
		drifted = true;
		console.error(`contracts/${api}.d.ts is not what contracts/${api}.openapi.yaml says: run npm run contracts`);
	}
}
process.exitCode = drifted ? 1 : 0;
