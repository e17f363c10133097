import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { manifest } from '../../tools/base/project';
import { previewsOf } from '../../tools/contracts/previews';
import { useStack } from '../../tools/harness/jest/useStack';
import { nodesFolder } from '../../tools/harness/n8n/start';
import { pack, unpack } from '../../tools/harness/pack';

const { dataFolder, owner, tarball } = useStack();
const { name, version } = manifest();
const installed = join(nodesFolder(dataFolder), 'node_modules', name);

let unpacked: string;

/** SHA-256 of every file below a folder, by its path. */
function hashes(folder: string) {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
	return Object.fromEntries(
		paths.map((path) => [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')]),
	);
}

beforeAll(async () => {
	unpacked = await unpack(tarball, mkdtempSync(join(tmpdir(), 'fondo-finvis-unpacked-')));
});

afterAll(() => rmSync(unpacked, { recursive: true, force: true }));

test('n8n has the files of the packed tarball, and no link to the checkout', () => {
	expect(lstatSync(installed).isSymbolicLink()).toBe(false);
	expect(hashes(installed)).toEqual(hashes(unpacked));
	expect(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')).version).toBe(version);
	expect(readdirSync(join(nodesFolder(dataFolder), 'node_modules')).filter((entry) => !entry.startsWith('.'))).toEqual([name]);
});

test('n8n serves the preview of each operation, as its editor asks for it before the first run', async () => {
	for (const service of ['Fondo', 'Finvis'] as const)
		for (const [operation, preview] of previewsOf(service)) {
			const { status, body } = await owner.client.request(
				'GET',
				`/schemas/${name}.${service.toLowerCase()}/1.1.0/${operation.replace('.', '/')}.json`,
			);
			expect([operation, status]).toEqual([operation, 200]);
			expect(JSON.parse(body)).toEqual(preview);
		}
});

test('n8n loaded the nodes, their tool variants, the credentials and the icons from it', async () => {
	type Shown = INodeTypeDescription & { iconUrl: Record<string, string>; codex: { categories: string[] } };
	const nodes: Shown[] = JSON.parse((await owner.client.request('GET', '/types/nodes.json')).body);
	const ours = nodes.filter((node) => node.name.includes(name) || /fondo|finvis/i.test(node.displayName));
	const triggers = ['finvisTrigger', 'fondoJourneyTrigger', 'fondoPollingTrigger', 'fondoTrigger', 'fondoWebhookTrigger'];
	const expected = ['finvis', 'finvisTool', 'fondo', 'fondoTool', ...triggers].sort();
	expect(ours.map((node) => node.name).sort()).toEqual(expected.map((node) => `${name}.${node}`));
	for (const { iconUrl, codex } of ours.filter((node) => !node.name.endsWith('Tool'))) {
		expect(codex.categories).toEqual(['Finance & Accounting']);
		for (const icon of Object.values(iconUrl)) {
			expect(icon).toContain(`/${name}/dist/icons/`);
			expect(await owner.client.request('GET', `/${icon}`)).toMatchObject({ status: 200, body: expect.stringContaining('<svg') });
		}
	}
	const credentials: Array<{ name: string }> = JSON.parse((await owner.client.request('GET', '/types/credentials.json')).body);
	const types = credentials.map(({ name: type }) => type).filter((type) => /^(fondo|finvis)/.test(type));
	expect(types.sort()).toEqual(['finvisApi', 'fondoApi']);
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
