import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf, type CredentialData } from '../../tools/harness/n8n/client';
import { ourNode, saveManualWorkflow, type Api } from '../../tools/harness/n8n/workflow';

const { editorUrl, finvis, fondo, owner } = useStack();

const CHECK = { resource: 'system', operation: 'checkSetup' };

interface Finding {
	readonly status: string;
	readonly finding: string;
	readonly instruction?: string;
}

type Findings = Readonly<Record<string, Finding>>;

/** What the node found, by check. */
async function checked(api: Api, credentials = owner.credentials): Promise<Findings> {
	const workflow = await saveManualWorkflow(owner, 'Check the setup', ourNode({ credentials }, api, CHECK));
	const execution = await owner.client.run(workflow);
	expect(execution.status).toBe('success');
	const items = jsonOf<Finding & { check: string }>(execution, api === 'fondo' ? 'Fondo' : 'Finvis');
	return Object.fromEntries(items.map(({ check, ...found }) => [check, found]));
}

const statuses = (found: Findings) => Object.fromEntries(Object.entries(found).map(([check, { status }]) => [check, status]));

test('Fondo: all is well on this n8n, and what cannot be known is said', async () => {
	const found = await checked('fondo');
	expect(statuses(found)).toEqual({
		Host: 'ok',
		Clock: 'ok',
		'Time zone': 'ok',
		Token: 'ok',
		'Scope account:read': 'ok',
		'Investor accounts': 'ok',
		'Order list': 'ok',
		'Order references': 'ok',
		'Order dates': 'ok',
		'Cash list': 'ok',
		'Scope account:write': 'skipped',
		'Rate limit': 'skipped',
		'Webhook address': 'ok',
		'Event stream': 'ok',
		'Queue mode': 'skipped',
	});
	expect(found['Webhook address'].finding).toContain(editorUrl);
});

test('Finvis: all is well on this n8n, and the tenant is named', async () => {
	const found = await checked('finvis');
	expect(statuses(found)).toEqual({
		Host: 'ok',
		Clock: 'ok',
		'Time zone': 'ok',
		Token: 'ok',
		'Scope read:ledger': 'ok',
		'Scope read:payments': 'ok',
		'Scope read:reporting': 'ok',
		'Scope read:reconciliation': 'ok',
		'Scope admin:public_api': 'ok',
		'Batch list': 'ok',
		'Batch references': 'skipped',
		'Batch dates': 'ok',
		'Scope write:payments': 'skipped',
		Tenant: 'ok',
		'Rate limit': 'ok',
		'Webhook address': 'ok',
		'Webhook registration': 'skipped',
		'Queue mode': 'skipped',
	});
	expect(found.Tenant.finding).toContain(finvis.data.tenantId);
});

test.each<[Api, string, CredentialData, CredentialData['data'], string, RegExp]>([
	['fondo', 'a wrong secret', fondo, { clientSecret: 'not-the-secret' }, 'Token', /did not accept the client ID or client secret/],
	['fondo', 'a host that is down', fondo, { baseUrl: 'http://127.0.0.1:9' }, 'Host', /could not be reached/],
	['finvis', 'the base URL of another API', finvis, { baseUrl: fondo.data.baseUrl }, 'Host', /not the Finvis API/],
	[
		'finvis',
		'a scope that was not granted',
		finvis,
		{ clientId: 'finvis-reader', clientSecret: 'finvis-reader-secret' },
		'Token',
		/write:payments/,
	],
	['finvis', 'another tenant', finvis, { tenantId: '7f1a0b2d-4c8e-4d63-8e29-305b7c9d1e2f' }, 'Token', /another tenant/],
])('%s: %s is found, named, and fails no execution', async (api, what, { type, data }, changed, check, finding) => {
	const credential = await owner.client.saveCredential({ name: `With ${what}`, type, data: { ...data, ...changed } });
	const found = await checked(api, [credential]);
	expect(found[check]).toMatchObject({
		status: 'failed',
		finding: expect.stringMatching(finding),
		instruction: expect.stringMatching(/\.$/),
	});
	expect(found['Webhook address'].status).toBe('ok');
	const text = JSON.stringify(found);
	for (const secret of ['not-the-secret', 'finvis-reader-secret', String(data.clientSecret)]) expect(text).not.toContain(secret);
});
