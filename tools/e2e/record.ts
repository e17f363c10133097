import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../base/project';
import type { Api } from '../harness/n8n/workflow';

/** The checks of each service, which are the columns of the table. */
export const TITLES = ['Check Setup', 'read', 'write twice', 'lost answer', 'trigger', 'example'] as const;
export type Title = (typeof TITLES)[number];

const FILE = join(projectRoot, 'docs', 'tried.json');

export interface Result {
	readonly api: Api;
	readonly title: Title;
	readonly works: boolean;
}

/** One version of n8n with one of the packages, as the last run of the checks found it. */
export interface Tried {
	readonly n8n: string;
	readonly package: string;
	readonly day: string;
	readonly results: readonly Result[];
}

const readTried = (): Tried[] => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : []);

const newestFirst = (one: Tried, other: Tried) =>
	other.n8n.localeCompare(one.n8n, 'en', { numeric: true }) || one.package.localeCompare(other.package);

/** Replaces what is recorded of this version of n8n with this package. */
export function saveResult(result: Omit<Tried, 'day'>): void {
	const others = readTried().filter((one) => one.n8n !== result.n8n || one.package !== result.package);
	const all = [...others, { ...result, day: new Date().toISOString().slice(0, 10) }].sort(newestFirst);
	writeFileSync(FILE, `${JSON.stringify(all, null, '\t')}\n`);
}

const NAMES: Readonly<Record<Api, string>> = { fondo: 'Fondo', finvis: 'Finvis' };

/** Which services do what a title says: ✓ for all that the package has. */
function cellOf(results: readonly Result[], title: Title): string {
	const tried = results.filter((one) => one.title === title);
	const broken = tried.filter(({ works }) => !works).map(({ api }) => NAMES[api]);
	return tried.length === 0 ? 'not tried' : broken.length === 0 ? '✓' : `**not** ${broken.join(', ')}`;
}

/** The table of README.md. */
export function triedTable(tried: readonly Tried[] = readTried()): string {
	const rows = tried.map(({ n8n, package: name, day, results }) => [
		n8n,
		`\`${name}\``,
		...TITLES.map((title) => cellOf(results, title)),
		day,
	]);
	const heads = ['n8n', 'package', ...TITLES, 'tried on'];
	return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
