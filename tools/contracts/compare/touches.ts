import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fields } from '../../../nodes/shared/fields/field';
import type { Operation } from '../../../nodes/shared/operation';
import { isRecorded, mainFieldsOf, optionalFieldsOf, type Resources } from '../../../nodes/shared/resource';
import { projectRoot } from '../../base/project';
import type { Difference } from './difference';

/** What of this repository a difference is about. */
export interface Touches {
	/** Operations of the node: `order.create`. */
	readonly operations: readonly string[];
	/** The same as the panel shows them: `Order: Create`. */
	readonly names: readonly string[];
	/** Labels of fields of the panel. */
	readonly fields: readonly string[];
	/** Files of the nodes and credentials that name the route. */
	readonly sources: readonly string[];
	readonly tests: readonly string[];
	/** Sentences of the documentation, as `docs/safety.md:12`. */
	readonly docs: readonly string[];
	/** Whether one of the operations moves money, or reads the list in which the node looks for what it has sent. */
	readonly isMoney: boolean;
}

interface TextFile {
	readonly path: string;
	readonly text: string;
	readonly words: ReadonlySet<string>;
}

const WORD = /[\w-]+/g;

function read(folder: string, isWanted: RegExp): TextFile[] {
	return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = `${folder}/${entry.name}`;
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : read(path, isWanted);
		if (!isWanted.test(path)) return [];
		const text = readFileSync(join(projectRoot, path), 'utf8');
		return [{ path, text, words: new Set(text.match(WORD)) }];
	});
}

const plain = (name: string) => name.replace(/[^a-z0-9]/gi, '').toLowerCase();
/** `client_id` is the field *Client* of a panel, `endToEndId` the field `end_to_end_id` of an API. */
const isNamed = (key: string, field: string) => plain(key) === plain(field) || `${plain(key)}id` === plain(field);

function labelsOf(operation: Operation, field: string): string[] {
	const fields: Fields = { ...mainFieldsOf(operation), ...optionalFieldsOf(operation), ...operation.perRow };
	const own = Object.entries(fields).filter(([key]) => isNamed(key, field));
	const columns = Object.values(fields)
		.filter(({ property }) => property.type === 'fixedCollection')
		.flatMap(({ property }) => (property.options ?? []).flatMap((option) => ('values' in option ? option.values : [])))
		.filter(({ name }) => isNamed(name, field));
	return [...own.map(([, { property }]) => property.displayName), ...columns.map(({ displayName }) => displayName)];
}

/** Lines of a page that name the field as code, or by its label on the page of a touched resource. */
function linesAbout({ path, text }: TextFile, marks: readonly string[]): string[] {
	return text.split('\n').flatMap((line, index) => (marks.some((mark) => line.includes(mark)) ? [`${path}:${index + 1}`] : []));
}

/** Finds what differences touch: in the registry of operations, and in the words of the sources, tests and pages. */
export function touchesIn(api: 'fondo' | 'finvis', resources: Resources): (difference: Difference) => Touches {
	const sources = [...read('nodes', /\.ts$/), ...read('credentials', /\.ts$/)];
	const tests = read('test', /\.ts$/);
	const pages = [...read('docs', /\.md$/), ...read('.', /^\.\/README\.md$/)].filter(
		({ path }) => !path.includes(api === 'fondo' ? 'docs/finvis/' : 'docs/fondo/'),
	);
	const registry = Object.entries(resources).flatMap(([resource, { name, operations }]) =>
		Object.entries(operations).map(([key, operation]) => ({
			resource,
			key,
			operation,
			page: `docs/${api}/${name.toLowerCase().replaceAll(' ', '-')}.md`,
			label: `${name}: ${operation.name}`,
		})),
	);
	return ({ routes, field, aspect, at }) => {
		const ofRoutes = new Set(routes);
		const touched = registry.filter(
			({ operation: { route, lookup } }) => ofRoutes.has(route) || (lookup !== undefined && ofRoutes.has(lookup.list)),
		);
		const names = aspect === 'server' ? [at.replace('server ', '')] : routes.map((route) => `'${route}'`);
		const isNamedIn = ({ text }: TextFile) => names.some((name) => text.includes(name));
		const calls = touched.map(({ resource, key }) => new RegExp(`\\b${resource}\\.${key}\\b|'${resource}', (operation: )?'${key}'`));
		const fields = [...new Set(touched.flatMap(({ operation }) => (field === undefined ? [] : labelsOf(operation, field))))];
		const ofResources = new Set(touched.map(({ page }) => page));
		const marks = field === undefined ? touched.map(({ label }) => `*${label}*`) : [`\`${field}\``];
		const onTheirPage =
			field === undefined ? touched.map(({ operation }) => `### ${operation.name}`) : fields.map((label) => `**${label}**`);
		return {
			operations: touched.map(({ resource, key }) => `${resource}.${key}`),
			names: touched.map(({ label }) => label),
			fields,
			sources: sources.filter(isNamedIn).map(({ path }) => path),
			tests: tests
				.filter((file) => (field === undefined || file.words.has(field)) && (isNamedIn(file) || calls.some((call) => call.test(file.text))))
				.map(({ path }) => path),
			docs: pages.flatMap((page) => linesAbout(page, ofResources.has(page.path) ? [...marks, ...onTheirPage] : marks)),
			isMoney: touched.some(({ operation }) => isRecorded(operation)),
		};
	};
}
