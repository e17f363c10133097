import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { compareSources } from '../../tools/contracts/compare/compare';
import { compareContracts } from '../../tools/contracts/compare/contracts';
import { Schemas } from '../../tools/contracts/compare/schemas';
import { anyMutation, mutate, MUTATIONS } from './contractMutations';

type Raw = Record<string, unknown>;

const root = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'contracts-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pathOf = (api: string) => join(root, `contracts/${api}.openapi.yaml`);
const read = (api: string) => parse(readFileSync(pathOf(api), 'utf8')) as Raw;
const documents = new WeakMap<Raw, { content: Raw; schemas: Schemas }>();
/** Each is made once, because our own contract is compared with hundreds of others. */
function documentOf(content: Raw) {
	const document = documents.get(content) ?? { content, schemas: new Schemas(content) };
	documents.set(content, document);
	return document;
}
const compare = (ours: Raw, theirs: Raw) => compareContracts(documentOf(ours), documentOf(theirs));

function write(name: string, content: unknown) {
	const path = join(folder, name);
	writeFileSync(path, typeof content === 'string' ? content : name.endsWith('json') ? JSON.stringify(content) : stringify(content));
	return path;
}

/** Every object of a document, with the changes of a function. */
const rewritten = (part: unknown, change: (raw: Raw) => Raw): unknown => {
	if (Array.isArray(part)) return part.map((one) => rewritten(one, change));
	if (typeof part !== 'object' || part === null) return part;
	return Object.fromEntries(Object.entries(change(part as Raw)).map(([key, value]) => [key, rewritten(value, change)]));
};

describe.each(['fondo', 'finvis'])('the contract of %s', (api) => {
	const ours = read(api);

	test.each(Object.keys(MUTATIONS))('%s: it is named, and nothing else', (name) => {
		fc.assert(
			fc.property(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (places) => {
				const theirs = structuredClone(ours);
				const isNamedBy = mutate(theirs, name, places);
				if (!isNamedBy) return;
				const found = compare(ours, theirs);
				expect(found.filter((difference) => !isNamedBy(difference))).toEqual([]);
				expect(found).not.toEqual([]);
			}),
			{ numRuns: 10, seed: 19 },
		);
	});

	test('of two mutations at once nothing else is named', () => {
		fc.assert(
			fc.property(anyMutation, anyMutation, (one, other) => {
				const theirs = structuredClone(ours);
				const made = [one, other].flatMap(({ name, places }) => mutate(theirs, name, places) ?? []);
				const found = compare(ours, theirs);
				expect(found.filter((difference) => !made.some((isNamedBy) => isNamedBy(difference)))).toEqual([]);
			}),
			{ numRuns: 20, seed: 19 },
		);
	});

	test('equals itself: as YAML, as JSON in the words of OpenAPI 3.1, with other names in its paths, and with its schemas in another file', async () => {
		const newer = rewritten({ ...ours, openapi: '3.1.0' }, ({ nullable, ...raw }) =>
			nullable === true ? { ...raw, type: [raw.type, 'null'] } : raw,
		) as Raw;
		const renamed = JSON.parse(
			JSON.stringify(newer).replaceAll('client_id}', 'clientId}').replaceAll('"name":"client_id"', '"name":"clientId"'),
		) as Raw;
		const { schemas, ...components } = ours.components as Raw;
		const moved = (file: string) => (raw: Raw) =>
			typeof raw.$ref === 'string' ? { ...raw, $ref: raw.$ref.replace('#/components/schemas', file) } : raw;
		const apart = rewritten({ ...ours, components }, moved(`${api}.models.yaml#/models`));
		write(`${api}.models.yaml`, { models: rewritten(schemas, moved('#/models')) });
		const files = [pathOf(api), write(`${api}-newer.json`, renamed), write(`${api}-apart.yaml`, apart)];
		const { results, failures } = await compareSources(files);
		expect(failures).toEqual([]);
		expect(results.map(({ differences }) => differences.map(({ line }) => line))).toEqual([[], [], []]);
	});
});

test('a schema that contains itself, and 2,000 operations that share 2,000 schemas in a chain, take seconds', () => {
	const names = Array.from({ length: 2_000 }, (_, index) => `S${index}`);
	const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
	const large = (last: string): Raw => ({
		openapi: '3.1.0',
		paths: Object.fromEntries(
			names.map((name) => [`/${name}`, { get: { responses: { 200: { content: { 'application/json': { schema: ref(name) } } } } } }]),
		),
		components: {
			schemas: Object.fromEntries(
				names.map((name, index) => [
					name,
					{
						type: 'object',
						properties: { self: ref(name), a: ref(names[index + 1] ?? 'S0'), b: ref(names[index + 1] ?? 'S0'), last: { type: last } },
					},
				]),
			),
		},
	});
	const started = Date.now();
	const found = compare(large('string'), large('number'));
	expect(new Set(found.map(({ field, theirs }) => `${field} ${theirs}`))).toEqual(new Set(['last number']));
	expect(found).toHaveLength(2_000);
	expect(Date.now() - started).toBeLessThan(20_000);
});
