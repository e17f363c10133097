import { readReadme, withTables } from '../tools/readme/tables';

test('the tables of operations in the README are those of the registries (npm run readme writes them)', () => {
	expect(readReadme()).toBe(withTables(readReadme()));
});
