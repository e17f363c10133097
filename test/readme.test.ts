import { newPage, pages, readPage, withTables } from '../tools/readme/tables';

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
