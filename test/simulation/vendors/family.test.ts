import { behaviourOf, POSITIONS, positionsOf } from '../../../sandbox/vendors';

test('there are at least 60 positions, each with a name and a sentence of its own', () => {
	expect(POSITIONS.length).toBeGreaterThanOrEqual(60);
	for (const field of ['name', 'sentence'] as const)
		expect(new Set(POSITIONS.map((position) => position[field])).size).toBe(POSITIONS.length);
	for (const { name, sentence } of POSITIONS) {
		expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
		expect(sentence).toMatch(/^[A-Z].*\.$/);
	}
});

test('positions of different axes never change the same hook, so their order does not matter', () => {
	const axes = new Map<string, Set<string>>();
	for (const { api, axis, hooks } of POSITIONS) {
		for (const hook of Object.keys(hooks)) axes.set(`${api} ${hook}`, (axes.get(`${api} ${hook}`) ?? new Set()).add(axis));
	}
	expect([...axes].filter(([, of]) => of.size > 1)).toEqual([]);
});

test('two positions of one axis are refused by both names, and a name that is not there by itself', () => {
	expect(() => positionsOf(['references-cut-20', 'no-sorted-id', 'references-cut-35'])).toThrow(
		'The positions "references-cut-20" and "references-cut-35" exclude each other: both say "fondo: how a reference is shown".',
	);
	expect(() => positionsOf(['references-cut-7'])).toThrow('There is no vendor position "references-cut-7".');
	expect(positionsOf(['fondo-rows-3-days-late', 'finvis-rows-3-days-late'])).toHaveLength(2);
});

test('a moment is written as ISO 8601 has it', () => {
	const { moment } = behaviourOf('fondo');
	for (const at of [0, 1, 59_999, 86_399_999, 86_400_000, Date.UTC(2026, 1, 28, 23, 59, 59, 7), Date.UTC(2028, 1, 29, 12), -1]) {
		expect(moment(at)).toBe(new Date(at).toISOString());
	}
});

test('a behaviour takes the positions of its own API', () => {
	expect(behaviourOf('finvis', ['start-ignored', 'keys-ignored'])).toMatchObject({ start: 'inclusive', keyLifetime: 0 });
	expect(behaviourOf('fondo', ['start-ignored', 'keys-ignored'])).toMatchObject({ start: 'ignored', keyLifetime: Infinity });
});
