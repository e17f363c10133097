// `node loadPackage.js <folder>`: loads the package in the folder as n8n does, and prints how many milliseconds it took. n8n-workflow is
// loaded before, as it is in n8n.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , root] = process.argv;
// The copy that the package itself finds.
createRequire(join(root, 'package.json'))('n8n-workflow');
const { n8n }: { n8n: { credentials: string[]; nodes: string[] } } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const began = performance.now();
for (const file of [...n8n.credentials, ...n8n.nodes]) {
	const exported: Record<string, new () => unknown> = require(join(root, file));
	for (const One of Object.values(exported)) new One();
}
console.log(performance.now() - began);
