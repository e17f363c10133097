import { useStack } from '../../tools/harness/jest/useStack';
import type { CredentialData } from '../../tools/harness/n8n/client';

const { finvis, fondo, owner } = useStack();

const OTHER_TENANT = '7f1a0b2d-4c8e-4d63-8e29-305b7c9d1e2f';

/** What the Test button says of our sandbox credential with these fields changed. */
const tested = async ({ type, data }: CredentialData, changed: CredentialData['data']) =>
	await owner.client.testCredential(owner.credential(type), { ...data, ...changed });

test.each<[string, CredentialData, CredentialData['data'], RegExp]>([
	[
		'a scope that the client was not granted',
		finvis,
		{ clientId: 'finvis-reader', clientSecret: 'finvis-reader-secret', scopes: ['read:ledger', 'write:payments'] },
		/does not grant all of these scopes.*write:payments/,
	],
	['the tenant ID of another tenant', finvis, { tenantId: OTHER_TENANT }, /tenant ID/],
	[
		'a partner client for a tenant that it does not serve',
		finvis,
		{
			tenantMode: 'partner',
			clientId: 'finvis-partner',
			clientSecret: 'finvis-partner-secret',
			tenantId: '00000000-0000-4000-8000-000000000000',
		},
		/tenant ID/,
	],
	['a scope that does not let it read', fondo, { scope: 'account:write' }, /scope account:read is missing/],
	['a base URL that is another server', fondo, { baseUrl: finvis.data.baseUrl }, /environment or base URL/],
	['a base URL without encryption', fondo, { baseUrl: 'http://api.fondo.se' }, /must start with https/],
])('the Test button says what is wrong with %s', async (_, credential, changed, message) => {
	const answer = await tested(credential, changed);
	expect(answer).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
});

test.each<[string, CredentialData, CredentialData['data']]>([
	['one scope only', finvis, { scopes: ['read:reporting'] }],
	[
		'a partner client and a tenant that it serves',
		finvis,
		{ tenantMode: 'partner', clientId: 'finvis-partner', clientSecret: 'finvis-partner-secret', tenantId: OTHER_TENANT },
	],
	['a slash at the end of every path', finvis, { trailingSlash: 'always' }],
	['no slash at the end of any path', finvis, { trailingSlash: 'never' }],
	['a slash at the end of the base URL', fondo, { baseUrl: `${fondo.data.baseUrl}/` }],
])('the Test button is green with %s', async (_, credential, changed) => {
	expect(await tested(credential, changed)).toMatchObject({ status: 'OK' });
});
