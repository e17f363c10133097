import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { resources as finvis } from '../../nodes/Finvis/resources';
import { resources as fondo } from '../../nodes/Fondo/resources';
import type { Resource, Resources } from '../../nodes/shared/resource';
import { triedTable } from '../e2e/record';
import { operationSection, triggerTable } from './fields';

const root = join(__dirname, '../..');

/** A docs page with a part that is generated from the registries. */
export interface Page {
	/** Path from the root of the repository. */
	readonly path: string;
	/** The text between the marks. */
	readonly made: string;
	readonly marker: string;
	/** Heading of a page that does not exist yet; only pages of resources have one. */
	readonly title?: string;
}

const pageName = (key: string) => `${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;

const byName = <T extends { name: string }>(all: Readonly<Record<string, T>>) =>
	Object.entries(all).sort(([, a], [, b]) => a.name.localeCompare(b.name));

const index = (resources: Resources) =>
	[
		'| Resource | Operation | |',
		'| --- | --- | --- |',
		...byName(resources).flatMap(([key, { name, operations }]) =>
			byName(operations).map(
				([, operation], place) => `| ${place === 0 ? `[${name}](${pageName(key)})` : ''} | ${operation.name} | ${operation.description} |`,
			),
		),
	].join('\n');

const sections = ({ operations }: Resource) =>
	byName(operations)
		.map(([, operation]) => operationSection(operation))
		.join('\n\n');

const APIS = [
	{ name: 'Fondo', folder: 'docs/fondo', marker: 'operations of fondo', resources: fondo },
	{ name: 'Finvis', folder: 'docs/finvis', marker: 'operations of finvis', resources: finvis },
];

const ofResources = APIS.flatMap(({ name, folder, marker, resources }): Page[] => [
	{ path: `${folder}/README.md`, marker, made: index(resources) },
	...byName(resources).map(([key, resource]) => ({
		path: `${folder}/${pageName(key)}`,
		marker: `operations of ${resource.name}`,
		made: sections(resource),
		title: `${resource.name} (${name})`,
	})),
]);

/** By its whole name: without an ending the file of the same name with the search words would be found. */
function triggerOf(file: string): INodeType['description'] {
	const exported: Record<string, new () => INodeType> = require(`../../nodes/${file}.node.ts`);
	const [Trigger] = Object.values(exported);
	return new Trigger().description;
}

const ofTriggers = [
	'Fondo/FondoTrigger',
	'Fondo/FondoPollingTrigger',
	'Fondo/FondoWebhookTrigger',
	'Fondo/FondoJourneyTrigger',
	'Finvis/FinvisTrigger',
].map((file): Page => {
	const { displayName, properties } = triggerOf(file);
	return { path: 'docs/triggers.md', marker: `fields of ${displayName}`, made: triggerTable(properties) };
});

const ofVersions: Page = { path: 'README.md', marker: 'tried versions', made: triedTable() };

/** Every generated part: an index for each API, a page for each resource, a table for each trigger, and the versions of n8n. */
export const pages: readonly Page[] = [...ofResources, ...ofTriggers, ofVersions];

/** The text of a page with its generated part replaced; everything written by hand stays unchanged. */
export function withTables({ path, marker, made }: Page, text: string): string {
	const [begin, end] = [`<!-- ${marker} -->\n`, '\n<!-- end -->'];
	const from = text.indexOf(begin);
	const to = text.indexOf(end, from);
	if (from < 0 || to < 0) throw new Error(`${path} has no place for the ${marker}`);
	return `${text.slice(0, from)}${begin}\n${made}\n${text.slice(to)}`;
}

/** A page for a new resource, with the headings that every page of a resource has and an empty generated part. */
export const newPage = ({ title, marker }: Page) =>
	[`# ${title}`, '## Good to know', '## What comes back', '## Operations', `<!-- ${marker} -->\n\n<!-- end -->\n`].join('\n\n');

/** The text of a page; a new page where a resource has none yet. */
export function readPage(page: Page): string {
	const path = join(root, page.path);
	if (existsSync(path)) return readFileSync(path, 'utf8');
	return page.title === undefined ? '' : newPage(page);
}

/** Writes every generated part, and the pages that do not exist yet. */
export function writePages(): void {
	for (const page of pages) writeFileSync(join(root, page.path), withTables(page, readPage(page)));
}
