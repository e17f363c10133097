import { pages, readPage, withTables } from '../tools/readme/tables';

test.each(pages.map((page) => [page.path, page.marker, page] as const))(
	'%s has the %s as the registries have them (npm run readme writes them)',
	(_path, _marker, page) => {
		const text = readPage(page);
		expect(text).toBe(withTables(page, text));
	},
);
