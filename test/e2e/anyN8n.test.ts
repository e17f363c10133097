// README's steps of installing, on an n8n that has never seen this repository; and `npm run e2e -- --n8n` against it.
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { withCheckout } from '../../tools/base/install';
import { manifest, projectRoot } from '../../tools/base/project';
import { mustRun, run } from '../../tools/base/run';
import { N8nClient } from '../../tools/harness/n8n/client';
import { installN8n } from '../../tools/harness/n8n/install';
import { nodesFolder, startN8n } from '../../tools/harness/n8n/start';
import { freePort } from '../../tools/harness/ports';
import { restartable } from '../../tools/harness/service';
import { OWNER, temporaryFolder } from '../../tools/harness/stack';

const LIMIT_MS = 900_000;

/** The commands under *Install*, as they are in README.md. */
const [, steps] = /^## Install$[^]*?^```sh\n([^]*?)^```/m.exec(readFileSync(join(projectRoot, 'README.md'), 'utf8')) ?? [];

const home = temporaryFolder('home');
let url: string;
let client: N8nClient;
let apiKey: string;
const n8n = restartable(async () => await startN8n(await installN8n(), { userFolder: home, port: Number(new URL(url).port) }));

/** `npm run e2e -- …`: the exit code, and what it prints. */
const e2e = async (...args: string[]) =>
	await run(process.execPath, [join(projectRoot, 'tools/base/command.js'), 'e2e', ...args], { cwd: projectRoot });

/** One sentence of what is wrong, and what to do. */
async function refusal(...args: string[]) {
	const { code, output } = await e2e(...args);
	expect(code).toBe(1);
	return output.trim().split('\n');
}

const typesOfOurs = async () => {
	const nodes: Array<{ name: string }> = JSON.parse((await client.request('GET', '/types/nodes.json')).body);
	return nodes.map(({ name }) => name).filter((name) => name.startsWith('n8n-nodes-fondo-finvis.'));
};

beforeAll(async () => {
	url = `http://127.0.0.1:${await freePort()}`;
	client = new N8nClient(url);
	await n8n.start();
	await client.signIn(OWNER);
	const scopes = await client.call<string[]>('GET', '/rest/api-keys/scopes');
	const key = { label: 'checks', scopes, expiresAt: null };
	apiKey = (await client.call<{ rawApiKey: string }>('POST', '/rest/api-keys', key)).rawApiKey;
}, LIMIT_MS);
afterAll(async () => await n8n.stop());

test('an n8n that does not answer, a key that it refuses, no n8n, and no package: a sentence each, with what to do', async () => {
	const unused = `http://127.0.0.1:${await freePort()}`;
	expect(await refusal('--n8n', unused, '--api-key', apiKey)).toEqual([
		expect.stringMatching(`^No n8n answers at ${unused} \\(.*ECONNREFUSED`),
		expect.stringContaining('start that n8n'),
	]);
	expect(await refusal('--n8n', url, '--api-key', 'wrong')).toEqual([
		'n8n refuses the API key (401)',
		expect.stringContaining('Settings > n8n API'),
	]);
	expect(await refusal('--n8n', url, '--api-key', apiKey)).toEqual([
		expect.stringContaining('This n8n does not have n8n-nodes-fondo-finvis'),
		expect.stringContaining('README.md'),
	]);
	expect(await refusal('--n8n', url)).toContain('Say which n8n, and give a key of its public API (Settings > n8n API)');
	const other = createServer((_, response) => void response.writeHead(404).end()).listen(0, '127.0.0.1');
	try {
		await once(other, 'listening');
		const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
		expect(await refusal('--n8n', address, '--api-key', apiKey)).toEqual([
			`${address} has no public API of n8n (404)`,
			expect.stringContaining('--n8n'),
		]);
	} finally {
		other.close();
	}
});

test(
	"README's steps install one package, and n8n lists its nodes",
	async () => {
		expect(await typesOfOurs()).toEqual([]);
		// Where n8n has not made its folder yet, npm installs into a parent folder that has a package.json, if the steps let it.
		rmSync(nodesFolder(home), { recursive: true, force: true });
		writeFileSync(join(home, 'package.json'), '{}');
		const env = { ...process.env, HOME: home };
		await withCheckout(async () => await mustRun('sh', ['-ec', steps], { cwd: projectRoot, env }));
		const installed = readdirSync(join(nodesFolder(home), 'node_modules')).filter((name) => !name.startsWith('.'));
		expect(installed).toEqual(['n8n-nodes-fondo-finvis']);

		await n8n.stop();
		await n8n.start();
		await client.signIn(OWNER);
		const names = manifest().n8n.nodes.map((file) => /(\w+)\.node\.js$/.exec(file)?.[1].toLowerCase());
		const listed = (await typesOfOurs()).map((type) => type.split('.')[1].toLowerCase()).filter((name) => !name.endsWith('tool'));
		expect(listed.sort()).toEqual(names.sort());
	},
	LIMIT_MS,
);

test(
	'every check works there by its public API, and nothing is left',
	async () => {
		const { code, output } = await e2e('--n8n', `${url}/`, '--api-key', apiKey);
		expect([code, output]).toEqual([0, expect.stringContaining('All 12 checks work.')]);
		expect(output).toContain('Everything that the checks made in n8n is deleted.');
		for (const path of ['/rest/workflows', '/rest/credentials']) expect(await client.call('GET', path)).toEqual([]);
		expect(await client.executions()).toEqual([]);
	},
	LIMIT_MS,
);
