import type { INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { outputOf } from '../../tools/harness/n8n/client';
import { node, referTo, saveManualWorkflow } from '../../tools/harness/n8n/workflow';

const { finvis, fondo, owner, sandbox } = useStack();

/** n8n's own HTTP Request node with one of our credentials. */
async function request(type: string, url: string, parameters: INodeParameters = {}, credential = owner.credential(type)) {
	const authentication = { authentication: 'predefinedCredentialType', nodeCredentialType: type };
	const call = node(
		'Call',
		'n8n-nodes-base.httpRequest',
		{ url, options: {}, ...authentication, ...parameters },
		{ typeVersion: 4.2, credentials: referTo(credential) },
	);
	return await owner.client.run(await saveManualWorkflow(owner, `HTTP Request with ${type}`, call));
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
	expect(JSON.stringify(execution.data.resultData.error?.message)).toContain('is not sent to');
});

test('in a rehearsal it reads, and writes nothing', async () => {
	const data = { ...finvis.data, rehearsal: true };
	const rehearsing = await owner.client.saveCredential({ ...finvis, name: 'Finvis in rehearsal', data });
	const url = `${finvis.data.baseUrl}/companies`;
	expect((await request('finvisApi', url, {}, rehearsing)).status).toBe('success');
	const execution = await request('finvisApi', url, { method: 'POST', sendBody: true, contentType: 'json' }, rehearsing);
	expect(execution.status).toBe('error');
	expect(JSON.stringify(execution.data.resultData.error?.message)).toContain('Rehearsal is switched on in this credential');
	expect((await sandbox.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith('/companies'))).toEqual([]);
});
