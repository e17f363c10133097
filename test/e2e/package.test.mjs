import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { nodesFolder } from '../../tools/n8n-host/start.mjs';
import { pack, unpack } from '../../tools/pack.mjs';
import { manifest } from '../../tools/project.mjs';
import { dataFolder, signedIn, tarball } from './stack.mjs';

const { name, version } = manifest();
const installed = join(nodesFolder(dataFolder), 'node_modules', name);

let unpacked;
let client;

/** SHA-256 of every file below a folder, by its path. */
function hashes(folder) {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
	return Object.fromEntries(
		paths.map((path) => [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')]),
	);
}

beforeAll(async () => {
	unpacked = await unpack(tarball, mkdtempSync(join(tmpdir(), 'fondo-finvis-unpacked-')));
	({ client } = await signedIn());
});

afterAll(() => rmSync(unpacked, { recursive: true, force: true }));

test('n8n has the files of the packed tarball, and no link to the checkout', () => {
	expect(lstatSync(installed).isSymbolicLink()).toBe(false);
	expect(hashes(installed)).toEqual(hashes(unpacked));
	expect(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')).version).toBe(version);
	expect(readdirSync(join(nodesFolder(dataFolder), 'node_modules')).filter((entry) => !entry.startsWith('.'))).toEqual([name]);
});

test('n8n loaded the nodes, their tool variants, the credentials and the icons from it', async () => {
	const nodes = JSON.parse((await client.request('GET', '/types/nodes.json')).body);
	const ours = nodes.filter((node) => node.name.includes(name) || /fondo|finvis/i.test(node.displayName));
	const triggers = ['finvisTrigger', 'fondoJourneyTrigger', 'fondoPollingTrigger', 'fondoTrigger'];
	const expected = ['finvis', 'finvisTool', 'fondo', 'fondoTool', ...triggers].sort();
	expect(ours.map((node) => node.name).sort()).toEqual(expected.map((node) => `${name}.${node}`));
	for (const { iconUrl, codex } of ours.filter((node) => !node.name.endsWith('Tool'))) {
		expect(codex.categories).toEqual(['Finance & Accounting']);
		for (const icon of Object.values(iconUrl)) {
			expect(icon).toContain(`/${name}/dist/icons/`);
			expect(await client.request('GET', `/${icon}`)).toMatchObject({ status: 200, body: expect.stringContaining('<svg') });
		}
	}
	const credentials = JSON.parse((await client.request('GET', '/types/credentials.json')).body);
	expect(
		credentials
			.filter(({ name: type }) => /^(fondo|finvis)/.test(type))
			.map(({ name: type }) => type)
			.sort(),
	).toEqual(['finvisApi', 'fondoApi']);
});

test('packed twice at once, each tarball is whole: a build empties what the other would pack', async () => {
	const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'fondo-finvis-packed-')));
	try {
		const packed = await Promise.all(folders.map((folder) => pack(folder)));
		for (const { tarball: made } of packed) {
			const folder = await unpack(made, mkdtempSync(join(tmpdir(), 'fondo-finvis-unpacked-')));
			folders.push(folder);
			expect(hashes(folder)).toEqual(hashes(unpacked));
		}
	} finally {
		for (const folder of folders) rmSync(folder, { recursive: true, force: true });
	}
});
