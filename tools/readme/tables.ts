import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { resources as finvis } from '../../nodes/Finvis/resources';
import { resources as fondo } from '../../nodes/Fondo/resources';
import type { Resource, Resources } from '../../nodes/shared/resource';
import { operationSection, triggerTable } from './fields';

const root = join(__dirname, '../..');

/** A page with a part that is made from the registries. */
export interface Page {
	/** Path from the root of the repository. */
	readonly path: string;
	/** What stands between the marks. */
	readonly made: string;
	readonly marker: string;
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

const ofResources = Object.entries({ fondo, finvis }).flatMap(([api, resources]): Page[] => [
	{ path: `docs/${api}/README.md`, marker: `operations of ${api}`, made: index(resources) },
	...byName(resources).map(([key, resource]) => ({
		path: `docs/${api}/${pageName(key)}`,
		marker: `operations of ${resource.name}`,
		made: sections(resource),
	})),
]);

/** By its whole name: without an ending the file of the same name with the search words would be found. */
function triggerOf(file: string): INodeType['description'] {
	const exported: Record<string, new () => INodeType> = require(`../../nodes/${file}.node.ts`);
	const [Trigger] = Object.values(exported);
	return new Trigger().description;
}

const ofTriggers = ['Fondo/FondoTrigger', 'Fondo/FondoPollingTrigger', 'Fondo/FondoJourneyTrigger', 'Finvis/FinvisTrigger'].map(
	(file): Page => {
		const { displayName, properties } = triggerOf(file);
		return { path: 'docs/triggers.md', marker: `fields of ${displayName}`, made: triggerTable(properties) };
	},
);

/** Every part that is made: an index for each API, a page for each resource, a table for each trigger. */
export const pages: readonly Page[] = [...ofResources, ...ofTriggers];

/** The text of a page with its made part as the registries have it; what is written by hand is left as it is. */
export function withTables({ path, marker, made }: Page, text: string): string {
	const [begin, end] = [`<!-- ${marker} -->\n`, '\n<!-- end -->'];
	const from = text.indexOf(begin);
	const to = text.indexOf(end, from);
	if (from < 0 || to < 0) throw new Error(`${path} has no place for the ${marker}`);
	return `${text.slice(0, from)}${begin}\n${made}\n${text.slice(to)}`;
}

/** The page as it is on the disk. */
export const readPage = ({ path }: Page) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');

/** Writes every made part. */
export function writePages(): void {
	for (const page of pages) writeFileSync(join(root, page.path), withTables(page, readPage(page)));
}
