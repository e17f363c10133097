import { readFileSync } from 'node:fs';
import { join as joinOnDisk } from 'node:path';
import { join, normalize } from 'node:path/posix';
import { FinvisApi } from '../credentials/FinvisApi.credentials';
import { FondoApi } from '../credentials/FondoApi.credentials';
import { homepage, scripts } from '../package.json';
import { files, parse, root } from './support/markdown';

const pages = new Map(files.filter((path) => path.endsWith('.md')).map((path) => [path, parse(path)]));
const all = [...pages].map(([path, page]) => ({ path, ...page }));
const isOutside = (address: string) => /^[a-z]+:/.test(address);

/** Why an address leads nowhere: no such file or folder, or no such heading in it. */
function deadEnd(from: string, address: string): string | undefined {
	const [path, anchor] = decodeURI(address).split('#');
	const target = path === '' ? from : normalize(join(from, '..', path)).replace(/\/$/, '');
	if (!files.some((file) => file === target || file.startsWith(`${target}/`))) return `${from}: there is no ${target}`;
	if (anchor === undefined || pages.get(target)?.anchors.has(anchor)) return undefined;
	return `${from}: ${target} has no heading #${anchor}`;
}

test('every link between pages leads to a file, and to a heading in it', () => {
	const inside = all.flatMap(({ path, links }) => links.filter((link) => !isOutside(link)).map((link) => [path, link] as const));
	expect(inside.length).toBeGreaterThan(100);
	expect(inside.map(([path, link]) => deadEnd(path, link)).filter(Boolean)).toEqual([]);
});

test('every picture that a page shows is there, and every picture is shown', () => {
	const shown = all.flatMap(({ path, pictures }) =>
		pictures.filter((picture) => !isOutside(picture)).map((picture) => normalize(join(path, '..', picture))),
	);
	const present = files.filter((path) => path.startsWith('docs/') && /\.(png|jpe?g|gif|svg|webp)$/.test(path));
	expect(shown.filter((picture) => !files.includes(picture))).toEqual([]);
	expect(present.filter((picture) => !shown.includes(picture))).toEqual([]);
});

test('every command of npm that a page names is one of ours', () => {
	const named = all.flatMap(({ path, code }) => [...code.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => [path, script] as const));
	expect(named.length).toBeGreaterThan(10);
	expect(named.filter(([, script]) => !(script in scripts))).toEqual([]);
});

test('every page of the documentation can be found from the README', () => {
	const found = new Set(['README.md']);
	// A set that grows is walked to its end.
	for (const path of found)
		for (const link of pages.get(path)?.links ?? [])
			if (!isOutside(link)) found.add(normalize(join(path, '..', link.split('#')[0])).replace(/\/$/, ''));
	expect([...pages.keys()].filter((path) => path.startsWith('docs/') && !found.has(path))).toEqual([]);
});

describe('the help links of the panels', () => {
	const repository = homepage.replace('#readme', '');
	const nodes = files.filter((path) => /^nodes\/.*\.node\.ts$/.test(path));
	const codex = files.filter((path) => path.endsWith('.node.json'));
	const urlsIn = (path: string) => [...readFileSync(joinOnDisk(root, path), 'utf8').matchAll(/"url": "([^"]+)"/g)].map(([, url]) => url);
	const links = [
		...codex.flatMap((path) => urlsIn(path).map((url) => [path, url] as const)),
		...[new FinvisApi(), new FondoApi()].map(({ name, documentationUrl }) => [name, documentationUrl] as const),
	];

	test('are there for each node and each credential', () => {
		expect(codex).toHaveLength(nodes.length);
		expect(links).toHaveLength(2 * nodes.length + 2);
	});

	test.each(links)('%s: %s leads to a heading', (_, url) => {
		expect(url).toContain(`${repository}/blob/main/docs/`);
		const path = url.replace(`${repository}/blob/main/`, '');
		expect(path).toContain('#');
		expect(deadEnd('README.md', path)).toBeUndefined();
	});
});
