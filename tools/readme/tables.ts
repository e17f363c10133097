import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources as finvis } from '../../nodes/Finvis/resources';
import { resources as fondo } from '../../nodes/Fondo/resources';
import type { Resources } from '../../nodes/shared/resource';

const file = join(__dirname, '../../README.md');

const table = (resources: Resources) =>
	[
		'| Resource | Operation | |',
		'| --- | --- | --- |',
		...Object.values(resources)
			.sort((a, b) => a.name.localeCompare(b.name))
			.flatMap(({ name, operations }) =>
				Object.values(operations)
					.sort((a, b) => a.name.localeCompare(b.name))
					.map((operation, index) => `| ${index === 0 ? name : ''} | ${operation.name} | ${operation.description} |`),
			),
	].join('\n');

/** The README with the operation tables as the registries have them; the rest is left as it is. */
export function withTables(readme: string): string {
	return Object.entries({ fondo, finvis }).reduce((text, [api, resources]) => {
		const marked = new RegExp(`(<!-- operations of ${api} -->\n)[\\s\\S]*?(\n<!-- end -->)`);
		if (!marked.test(text)) throw new Error(`README.md has no place for the operations of ${api}`);
		return text.replace(marked, (_, begin: string, end: string) => begin + table(resources) + end);
	}, readme);
}

export const readReadme = () => readFileSync(file, 'utf8');

if (require.main === module) writeFileSync(file, withTables(readReadme()));
