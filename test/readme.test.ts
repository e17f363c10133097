import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources as finvis } from '../nodes/Finvis/resources';
import { resources as fondo } from '../nodes/Fondo/resources';
import { mainFieldsOf, optionalFieldsOf } from '../nodes/shared/resource';
import { operationSection } from '../tools/readme/fields';
import { newPage, pages, readPage, withTables } from '../tools/readme/tables';
import { root } from './support/markdown';

test.each(pages.map((page) => [page.path, page.marker, page] as const))(
	'%s contains the %s of the registries (npm run readme writes them)',
	(_path, _marker, page) => {
		const text = readPage(page);
		expect(text).toBe(withTables(page, text));
	},
);

test.each(pages.filter(({ title }) => title !== undefined).map((page) => [page.path, page] as const))(
	'npm run readme can create %s',
	(_path, page) => {
		const text = withTables(page, newPage(page));
		expect(text.startsWith(`# ${page.title}\n`)).toBe(true);
		expect(text).toContain(page.made);
		expect(withTables(page, text)).toBe(text);
	},
);

test('a page that exists has the heading of a new page', () => {
	const titled = pages.filter(({ title }) => title !== undefined);
	expect(titled.map((page) => readPage(page).split('\n')[0])).toEqual(titled.map(({ title }) => `# ${title}`));
});

test.each([
	['fondo', fondo],
	['finvis', finvis],
])('the pages of %s name every field of every operation', (api, resources) => {
	const shared = readFileSync(join(root, `docs/${api}/README.md`), 'utf8');
	const missing = Object.values(resources)
		.flatMap(({ operations }) => Object.values(operations))
		.flatMap((operation) => {
			const section = operationSection(operation);
			const everywhere = section.split('[As everywhere]')[1] ?? '';
			const fields = { ...mainFieldsOf(operation), ...operation.perRow, ...optionalFieldsOf(operation) };
			return Object.values(fields)
				.map(({ property }) => `*${property.displayName}*`)
				.filter((label) => !section.includes(label) || (everywhere.includes(label) && !shared.includes(label)))
				.map((label) => `${operation.action}: ${label}`);
		});
	expect(missing).toEqual([]);
});
