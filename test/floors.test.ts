import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');

/** Floors of the package, the lowest first. Each floor is a list of paths; a file may import its own floor and every lower one. */
const NODES: readonly (readonly string[])[] = [
	['contracts/'],
	['nodes/shared/core/'],
	['nodes/shared/swedish/'],
	['nodes/shared/http/'],
	['nodes/shared/writes/'],
	['nodes/shared/fields/'],
	['nodes/shared/output/'],
	['nodes/shared/diagnostics/'],
	['nodes/shared/triggers/'],
	['nodes/shared/'],
	['nodes/Fondo/contract.ts', 'nodes/Fondo/connection.ts', 'nodes/Finvis/contract.ts', 'nodes/Finvis/connection.ts'],
	['nodes/Fondo/', 'nodes/Finvis/'],
	['nodes/Fondo/writes.ts', 'nodes/Fondo/api.ts', 'nodes/Finvis/writes.ts', 'nodes/Finvis/api.ts'],
	['nodes/Fondo/*.node.ts', 'nodes/Finvis/*.node.ts'],
	['credentials/'],
];

/** Floors of the sandbox. Fondo and Finvis are neighbours on one floor and may not import each other. */
const SANDBOX: readonly (readonly string[])[] = [
	['sandbox/vendors/'],
	['sandbox/state/'],
	['sandbox/http/'],
	['sandbox/fondo/', 'sandbox/finvis/'],
	['sandbox/admin/'],
	['sandbox/page/'],
	['sandbox/'],
];

const FOLDERS = ['nodes', 'credentials', 'sandbox', 'tools', 'test', 'contracts'];

interface Import {
	readonly from: string;
	readonly to: string;
}

function filesIn(folder: string): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = `${folder}/${entry.name}`;
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(path);
		return /\.(ts|js|mjs|cjs)$/.test(entry.name) ? [path] : [];
	});
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The file of this repository that a relative specifier means; undefined for a package or a generated file. */
function resolve(from: string, specifier: string): string | undefined {
	if (!specifier.startsWith('.')) return undefined;
	const path = join(root, dirname(from), specifier);
	const file = [path, ...['.ts', '.d.ts', '.js', '/index.ts'].map((ending) => path + ending)].find(isFile);
	return file === undefined ? undefined : relative(root, file);
}

/** Every specifier of a file: static, type-only, re-exported, dynamic, `import('…')` types and `require`. */
const specifiersOf = (file: string) =>
	ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName);

const files = FOLDERS.flatMap(filesIn);
const imports: Import[] = files.flatMap((from) =>
	specifiersOf(from).flatMap((specifier) => {
		const to = resolve(from, specifier);
		return to === undefined ? [] : [{ from, to }];
	}),
);

const matches = (path: string, place: string) =>
	place.includes('*') ? path.startsWith(place.split('*')[0]) && path.endsWith(place.split('*')[1]) : path.startsWith(place);

/** The floor of a path and its place on it: the longest of the matching paths, so that a file can have another floor than its folder. */
function floorOf(floors: readonly (readonly string[])[], path: string): { floor: number; place: string } | undefined {
	return floors
		.flatMap((places, floor) => places.filter((place) => matches(path, place)).map((place) => ({ floor, place })))
		.sort((a, b) => b.place.length - a.place.length)[0];
}

/** The upward imports: each with the two floors, so that the message says the rule. */
function upward(floors: readonly (readonly string[])[]): string[] {
	return imports.flatMap(({ from, to }) => {
		const [lower, upper] = [floorOf(floors, from), floorOf(floors, to)];
		if (lower === undefined || upper === undefined || upper.floor <= lower.floor) return [];
		return [`${from} imports ${to}: ${lower.place} is below ${upper.place}`];
	});
}

/** Every circle of files as one path, found by depth-first search. */
function circles(): string[] {
	const targets = new Map<string, string[]>();
	for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
	const done = new Set<string>();
	const found: string[] = [];
	const visit = (file: string, path: readonly string[]): void => {
		if (path.includes(file)) {
			found.push([...path.slice(path.indexOf(file)), file].join(' → '));
			return;
		}
		if (done.has(file)) return;
		for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
		done.add(file);
	};
	for (const file of files) visit(file, []);
	return found;
}

const between = (from: RegExp, to: RegExp) =>
	imports.filter((one) => from.test(one.from) && to.test(one.to)).map((one) => `${one.from} imports ${one.to}`);

/** Identifiers of a file that contain the name of an API. Strings are allowed: messages and links name the package. */
function apiNamesIn(file: string): string[] {
	const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ES2022, true);
	const names: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isIdentifier(node) && /fondo|finvis/i.test(node.text)) names.push(`${file} has the identifier ${node.text}`);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return names;
}

test('the parser sees the imports of the package', () => {
	expect(imports).toContainEqual({ from: 'nodes/Fondo/Fondo.node.ts', to: 'nodes/Fondo/api.ts' });
	expect(imports).toContainEqual({ from: 'nodes/Fondo/contract.ts', to: 'contracts/fondo.d.ts' });
});

test.each([
	['nodes/ and credentials/', NODES, ['nodes/', 'credentials/']],
	['sandbox/', SANDBOX, ['sandbox/']],
])('every file of %s is on a floor, and every floor has files', (_, floors, folders) => {
	const own = files.filter((file) => folders.some((folder) => file.startsWith(folder)));
	expect(own.filter((file) => floorOf(floors, file) === undefined)).toEqual([]);
	const used = new Set(files.map((file) => floorOf(floors, file)?.floor));
	expect(floors.filter((_, floor) => !used.has(floor))).toEqual([]);
});

test('no file of nodes/ or credentials/ imports a higher floor', () => {
	expect(upward(NODES)).toEqual([]);
});

test('no file of sandbox/ imports a higher floor', () => {
	expect(upward(SANDBOX)).toEqual([]);
});

test('no files import each other in a circle, type-only imports included', () => {
	expect(circles()).toEqual([]);
});

test('nodes/shared names no API in imports and identifiers', () => {
	expect(between(/^nodes\/shared\//, /^nodes\/(Fondo|Finvis)\/|^contracts\/(fondo|finvis)/)).toEqual([]);
	expect(files.filter((file) => file.startsWith('nodes/shared/')).flatMap(apiNamesIn)).toEqual([]);
});

test('the nodes of one API do not import those of the other', () => {
	expect(between(/^nodes\/Fondo\//, /^nodes\/Finvis\//)).toEqual([]);
	expect(between(/^nodes\/Finvis\//, /^nodes\/Fondo\//)).toEqual([]);
});

test('only tests import credentials/', () => {
	expect(between(/^(nodes|sandbox|tools|contracts)\//, /^credentials\//)).toEqual([]);
});

test('sandbox/ shares no code with the package', () => {
	expect(between(/^sandbox\//, /^(nodes|credentials|test|tools)\//)).toEqual([]);
	expect(between(/^(nodes|credentials)\//, /^(sandbox|test|tools)\//)).toEqual([]);
});

test('the Fondo and Finvis parts of the sandbox do not import each other', () => {
	expect(between(/^sandbox\/fondo\//, /^sandbox\/finvis\//)).toEqual([]);
	expect(between(/^sandbox\/finvis\//, /^sandbox\/fondo\//)).toEqual([]);
});
