import { pages, readPage, withTables } from '../tools/readme/tables';

test.each(pages.map((page) => [page.path, page] as const))(
	'the tables of operations in %s are those of the registries (npm run readme writes them)',
	(_, page) => {
		const text = readPage(page);
		expect(text).toBe(withTables(page, text));
	},
);
