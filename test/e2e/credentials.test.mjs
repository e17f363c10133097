import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { runN8nCommand } from '../../tools/n8n-host/start.mjs';
import { dataFolder, exampleIn, finvis, fondo, signedIn } from './stack.mjs';

let n8n;

beforeAll(async () => {
	n8n = await signedIn();
});

const saved = (type) => n8n.credentials.find((one) => one.type === type);

describe.each([fondo, finvis])('$name', ({ type, data }) => {
	test('the Test button is green for the right secret', async () => {
		expect(await n8n.client.testCredential(saved(type), data)).toEqual({ status: 'OK', message: expect.any(String) });
	});

	test('it is red for a wrong secret, also right after it was green, and says what is wrong', async () => {
		await n8n.client.testCredential(saved(type), data);
		const answer = await n8n.client.testCredential(saved(type), { ...data, clientSecret: 'not-the-secret' });
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/client id|client secret|secret/i);
		expect(await n8n.client.testCredential(saved(type), data)).toMatchObject({ status: 'OK' });
	});

	test('it is red when nothing listens at the address, and says so', async () => {
		const answer = await n8n.client.testCredential(saved(type), { ...data, baseUrl: 'http://127.0.0.1:9' });
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/reach|connect|refused/i);
	});
});

/** The tokens as n8n keeps them, read with its own command line from the encrypted store. */
async function storedTokens() {
	const folder = mkdtempSync(join(tmpdir(), 'fondo-finvis-export-'));
	try {
		const output = join(folder, 'credentials.json');
		await runN8nCommand(['export:credentials', '--all', '--decrypted', `--output=${output}`], dataFolder);
		return JSON.parse(readFileSync(output, 'utf8'))
			.map(({ data }) => data.accessToken)
			.filter(Boolean);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

test('nothing that n8n gives to the editor holds a secret or a token', async () => {
	const { workflow, trigger } = await exampleIn(n8n, 'Sweep, for what leaks');
	const execution = await n8n.client.run(workflow, trigger);
	const paths = [
		'/rest/credentials',
		'/rest/credentials?includeData=true',
		...n8n.credentials.flatMap(({ id }) => [`/rest/credentials/${id}`, `/rest/credentials/${id}?includeData=true`]),
		`/rest/workflows/${workflow.id}`,
		`/rest/executions/${execution.id}`,
	];
	const tokens = await storedTokens();
	// Other tests have kept credentials of their own.
	expect(tokens.length).toBeGreaterThanOrEqual(2);
	const secrets = [...tokens, fondo.data.clientSecret, finvis.data.clientSecret];
	for (const path of paths) {
		const { status, body } = await n8n.client.request('GET', path);
		expect(status).toBe(200);
		for (const secret of secrets) expect([path, body.includes(secret)]).toEqual([path, false]);
	}
});
