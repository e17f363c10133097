import { join, posix } from 'node:path';
import { readFileSync } from 'node:fs';
import { files, parse, root } from '../../support/markdown';
import { Bench } from '../caller';

/** The pages of docs/, as the sandbox serves them. */

let bench: Bench;
beforeAll(async () => {
	bench = await Bench.open();
});
afterAll(() => bench.stop());

const read = async (path: string) => {
	const response = await fetch(`${bench.sandbox.adminUrl}${path}`);
	return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

const pages = files.filter((path) => /^docs\/.*\.md$/.test(path));

test('there are many pages', () => expect(pages.length).toBeGreaterThan(40));

test.each(pages)('%s has its title, and its links lead to pages and pictures', async (path) => {
	const { status, type, text } = await read(`/${path}`);
	expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
	const source = readFileSync(join(root, path), 'utf8');
	const [, title] = /^# (.*)$/m.exec(source) ?? [];
	expect(text).toMatch(/<title>[^<]+<\/title>/);
	expect(text.replace(/<[^>]+>/g, '')).toContain(title.split(/[`*_&"'<]/)[0]);
	const { links, pictures, anchors } = parse(path);
	for (const anchor of anchors) expect(text).toContain(` id="${anchor}"`);
	const inside = [...links, ...pictures].filter((link) => !/^([a-z]+:|#)/.test(link)).map((link) => link.split('#')[0]);
	for (const link of new Set(inside)) {
		const target = posix.join('/', posix.dirname(path), link);
		if (/\.(md|png)$/.test(target)) expect([target, (await read(target)).status]).toEqual([target, 200]);
	}
});

test.each([
	'/package.json',
	'/docs/../package.json',
	'/docs/%2e%2e/package.json',
	'/docs/images/../../package.json',
	'/docs/images/%2e%2e/%2e%2e/package.json',
	'/docs/missing.md',
	'/nodes/README.md',
	'/node_modules/express/README.md',
])('%s is not served', async (path) => {
	expect((await read(path)).status).toBe(404);
});

test('/docs leads to the index', async () => {
	expect((await read('/docs')).text).toContain('<title>');
});
