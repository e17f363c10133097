import { beforeAll, expect, test } from '@jest/globals';
import { outputOf } from '../../tools/n8n-host/client.mjs';
import { finvis, fondo, sandbox, signedIn } from './stack.mjs';

let n8n;

beforeAll(async () => {
	n8n = await signedIn();
});

/** What n8n's own HTTP Request node makes of a call with one of our credentials. */
async function request(type, url, parameters = {}, credentials = n8n.credentials) {
	const { id, name } = credentials.find((one) => one.type === type);
	const workflow = await n8n.client.createWorkflow({
		name: `HTTP Request with ${type}`,
		nodes: [
			{ id: 'a', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{
				id: 'b',
				name: 'Call',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [200, 0],
				parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: type, options: {}, ...parameters },
				credentials: { [type]: { id, name } },
			},
		],
		connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
		settings: {},
	});
	return await n8n.client.run(workflow, 'Start');
}

test.each([
	['Fondo', 'fondoApi', `${fondo.data.baseUrl}/v2/partner/client`, 'displayName'],
	['Finvis', 'finvisApi', `${finvis.data.baseUrl}/companies`, 'results'],
])('the HTTP Request node reaches any path of %s with our credential', async (_, type, url, field) => {
	const execution = await request(type, url);
	expect(execution.status).toBe('success');
	expect(outputOf(execution, 'Call')[0].json).toHaveProperty(field);
});

test('it does not carry the token to another host', async () => {
	const execution = await request('fondoApi', `${finvis.data.baseUrl}/companies`);
	expect(execution.status).toBe('error');
	expect(JSON.stringify(execution.data.resultData.error.message)).toContain('is not sent to');
});

test('in a rehearsal it reads, and writes nothing', async () => {
	const rehearsing = [
		await n8n.client.saveCredential({ ...finvis, name: 'Finvis in rehearsal', data: { ...finvis.data, rehearsal: true } }),
	];
	const url = `${finvis.data.baseUrl}/companies`;
	expect((await request('finvisApi', url, {}, rehearsing)).status).toBe('success');
	const execution = await request('finvisApi', url, { method: 'POST', sendBody: true, contentType: 'json' }, rehearsing);
	expect(execution.status).toBe('error');
	expect(JSON.stringify(execution.data.resultData.error.message)).toContain('Rehearsal is switched on in this credential');
	const { requests } = await sandbox.call('GET', '/requests');
	expect(requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/companies'))).toEqual([]);
});
