import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useStack } from '../../tools/harness/jest/useStack';
import { runN8nCommand } from '../../tools/harness/n8n/start';
import { saveSweep, type FinvisCredential, type FondoCredential } from '../../tools/harness/stack';

const { dataFolder, finvis, fondo, owner } = useStack();

describe.each<FondoCredential | FinvisCredential>([fondo, finvis])('$name', ({ type, data }) => {
	test('the Test button is green for the right secret', async () => {
		expect(await owner.client.testCredential(owner.credential(type), data)).toEqual({ status: 'OK', message: expect.any(String) });
	});

	test('it is red for a wrong secret, also right after it was green, and says what is wrong', async () => {
		await owner.client.testCredential(owner.credential(type), data);
		const answer = await owner.client.testCredential(owner.credential(type), { ...data, clientSecret: 'not-the-secret' });
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/client id|client secret|secret/i);
		expect(await owner.client.testCredential(owner.credential(type), data)).toMatchObject({ status: 'OK' });
	});

	test('it is red when nothing listens at the address, and says so', async () => {
		const answer = await owner.client.testCredential(owner.credential(type), { ...data, baseUrl: 'http://127.0.0.1:9' });
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/reach|connect|refused/i);
	});
});

/** The tokens as n8n keeps them, read with its own command line from the encrypted store. */
async function storedTokens(): Promise<string[]> {
	const folder = mkdtempSync(join(tmpdir(), 'fondo-finvis-export-'));
	try {
		const output = join(folder, 'credentials.json');
		await runN8nCommand(['export:credentials', '--all', '--decrypted', `--output=${output}`], dataFolder);
		const stored: Array<{ data: { accessToken?: string } }> = JSON.parse(readFileSync(output, 'utf8'));
		return stored.flatMap(({ data }) => data.accessToken || []);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

test('nothing that n8n gives to the editor holds a secret or a token', async () => {
	const { workflow, trigger } = await saveSweep(owner, 'Sweep, for what leaks');
	const execution = await owner.client.run(workflow, trigger);
	const paths = [
		'/rest/credentials',
		'/rest/credentials?includeData=true',
		...owner.credentials.flatMap(({ id }) => [`/rest/credentials/${id}`, `/rest/credentials/${id}?includeData=true`]),
		`/rest/workflows/${workflow.id}`,
		`/rest/executions/${execution.id}`,
	];
	const tokens = await storedTokens();
	// Other test files leave credentials behind.
	expect(tokens.length).toBeGreaterThanOrEqual(2);
	const secrets = [...tokens, fondo.data.clientSecret, finvis.data.clientSecret];
	for (const path of paths) {
		const { status, body } = await owner.client.request('GET', path);
		expect(status).toBe(200);
		for (const secret of secrets) expect([path, body.includes(secret)]).toEqual([path, false]);
	}
});
