import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import finvis from '../../../contracts/finvis.shapes.json';
import fondo from '../../../contracts/fondo.shapes.json';
import { differences } from '../../../nodes/shared/diagnostics/learn';
import type { Shapes } from '../../../nodes/shared/http/shapes';
import { fieldsOf } from '../../../nodes/shared/http/shapes';
import { expanded, MUTATIONS, mutated, sampleOf, seeded } from './shapeSamples';

const CONTRACTS: readonly Shapes[] = [fondo, finvis];
const found = (shapes: Shapes, answers: ReadonlyArray<{ route: string; body: unknown }>) => differences(answers, { shapes, needs: {} });

test('an answer as in the contract has no difference, on every route', () => {
	for (const shapes of CONTRACTS)
		for (const [route, shape] of Object.entries(shapes.routes))
			expect({ route, found: found(shapes, [{ route, body: sampleOf(expanded(shape, shapes)) }]) }).toEqual({ route, found: [] });
});

test('200 contracts that are changed in one place: each change is named at its path, and nothing else', () => {
	const tried = new Map<string, number>();
	let seed = 0;
	while ([...tried.values()].reduce((sum, count) => sum + count, 0) < 200) {
		seed += 1;
		const random = seeded(seed);
		const shapes = CONTRACTS[seed % 2];
		const routes = Object.keys(shapes.routes);
		const route = routes[Math.floor(random() * routes.length)];
		const kind = MUTATIONS[seed % MUTATIONS.length];
		const mutation = mutated(expanded(shapes.routes[route], shapes), random, kind);
		if (mutation === undefined) continue;
		tried.set(kind, (tried.get(kind) ?? 0) + 1);
		const named = found(shapes, [{ route, body: sampleOf(mutation.shape) }]);
		expect({ seed, route, what: mutation.what, paths: named.map(({ path }) => path).sort() }).toEqual({
			seed,
			route,
			what: mutation.what,
			paths: Object.keys(mutation.expected).sort(),
		});
		for (const { path, difference } of named) expect(difference).toMatch(mutation.expected[path]);
	}
	expect([...tried.keys()].sort()).toEqual([...MUTATIONS].sort());
});

/** Words that the package has by itself. */
const folder = join(__dirname, '../../../nodes/shared/diagnostics');
const own = [JSON.stringify(CONTRACTS), ...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))].join('\n');

/** Every text of three characters or more, and every number of three digits or more. */
function valuesIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(valuesIn);
	if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesIn);
	const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	return text.replace(typeof value === 'number' ? /\D/g : '', '').length >= 3 ? [text] : [];
}

const leaves = (value: unknown): string[] =>
	typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, one]) => [key, ...leaves(one)]) : [String(value)];

/** Names of the contract, names of others, and values as keys of a map. */
const names = (shapes: Shapes) =>
	fc.oneof(
		fc.constantFrom(...fieldsOf(shapes).keys()),
		fc.constantFrom('zebra', 'partnerRef', 'Anna', 'anna.svensson@example.se', '19121212-1212', 'SE4550000000058398257466', 'results'),
		fc.string({ maxLength: 20 }),
		fc.uuid(),
	);

const scalar = fc.oneof(
	fc.constantFrom('zebra', 'Anna', 'Anna Svensson', '191212121212', 'SE4550000000058398257466', 'parked', 'partner', 12_500, 987_654),
	// A length that is a value too.
	fc.constantFrom('q'.repeat(123), 123),
	fc.string({ maxLength: 120 }),
	fc.integer(),
	fc.double({ noNaN: true }),
	fc.constant(null),
	fc.boolean(),
);

const json = (shapes: Shapes) =>
	fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 5, depthSize: 'small' },
			scalar,
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(names(shapes), tie('value'), { maxKeys: 6 }),
		),
	})).value;

test.each(CONTRACTS.map((shapes) => [Object.keys(shapes.routes)[0], shapes] as const))(
	'no value of an answer is in the output, whatever the answers of %s are',
	(_, shapes) => {
		const routes = Object.keys(shapes.routes);
		const answer = fc.record({
			route: fc.constantFrom(...routes),
			body: fc.oneof(
				json(shapes),
				// Rows as in the contract, with other values and names among them.
				fc.tuple(fc.constantFrom(...routes), fc.dictionary(names(shapes), scalar, { maxKeys: 4 })).map(([route, others]) => {
					const sample = sampleOf(expanded(shapes.routes[route], shapes));
					const changed = (value: unknown): unknown =>
						Array.isArray(value) ? value.map(changed) : typeof value === 'object' && value !== null ? { ...value, ...others } : value;
					return changed(sample);
				}),
			),
		});
		fc.assert(
			fc.property(fc.array(answer, { minLength: 1, maxLength: 4 }), (answers) => {
				const shown = leaves(found(shapes, answers)).join('\n');
				const revealed = answers.flatMap(({ body }) => valuesIn(body)).filter((value) => !own.includes(value) && shown.includes(value));
				expect(revealed).toEqual([]);
			}),
			{ numRuns: 1_000 },
		);
	},
);
