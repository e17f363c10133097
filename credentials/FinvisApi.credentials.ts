import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { correctionsProperty } from '../nodes/shared/http/corrections';
import { baseUrlExpression, environmentProperties, rehearsalProperty, trimmed } from '../nodes/shared/http/environments';
import { finvisConnection, finvisEnvironments, markKeyOf, probeWithoutScope, scopeProbes, tenantIdOf } from '../nodes/Finvis/connection';
import type { Grant } from './token';
import { renewToken, tokenProperties, withToken } from './token';
import { failingOnStatus, refuseRehearsedWrite, refuseRepeatedWrite } from './writes';
import { urlOf } from '../nodes/shared/http/url';

function grantOf(credentials: ICredentialDataDecryptedObject): Grant {
	const connection = finvisConnection(credentials);
	const { tenantMode } = credentials;
	const [clientId, clientSecret] = [credentials.clientId, credentials.clientSecret].map(trimmed);
	const scopes = Array.isArray(credentials.scopes) ? credentials.scopes : [];
	const scope = scopes.join(' ');
	const tenant = tenantIdOf(credentials);
	if (tenantMode === 'partner' && tenant === '')
		throw new Error("'Tenant ID' is missing in the credential. A partner's client needs it: enter the ID of the tenant.");
	const grant = { grant_type: 'client_credentials', ...(scope ? { scope } : {}) };
	const request: IHttpRequestOptions =
		tenantMode === 'partner'
			? {
					method: 'POST',
					url: urlOf(connection, { route: 'POST /auth/tenant-token' }),
					auth: { username: clientId, password: clientSecret },
					headers: { 'Content-Type': 'application/json' },
					body: { ...grant, tenant_id: tenant },
				}
			: {
					method: 'POST',
					url: urlOf(connection, { route: 'POST /auth/token/' }),
					headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
					body: new URLSearchParams({ ...grant, client_id: clientId, client_secret: clientSecret }),
				};
	return {
		api: 'Finvis',
		baseUrl: connection.baseUrl,
		request,
		scope,
		...(tenant ? { tenantId: tenant, headers: { 'X-Tenant-ID': tenant } } : {}),
	};
}

/** The probe of a requested scope, so that the test does not fail because of a scope that the credential does not ask for. */
const probes = JSON.stringify(scopeProbes.map(({ scope, path }) => [scope, path]));
const testPath = `(${probes}.find((probe) => ($credentials.scopes ?? []).includes(probe[0])) ?? ['', '${probeWithoutScope}'])[1]`;
const testUrl = `={{ $credentials.trailingSlash === 'always' ? ${testPath}.replace(/\\/?$/, '/') : $credentials.trailingSlash === 'never' ? ${testPath}.replace(/\\/$/, '') : ${testPath} }}`;

export class FinvisApi implements ICredentialType {
	name = 'finvisApi';

	displayName = 'Finvis API';

	icon: Icon = { light: 'file:../icons/finvis.svg', dark: 'file:../icons/finvis.dark.svg' };

	documentationUrl = 'https://github.com/fondo-finvis/n8n-nodes-fondo-finvis/blob/main/docs/credentials.md#finvis-api';

	properties: INodeProperties[] = [
		...environmentProperties(finvisEnvironments, 'https://api.finvis.se/public'),
		{
			displayName: 'Token For',
			name: 'tenantMode',
			type: 'options',
			options: [
				{ name: 'Own Tenant', value: 'own', description: 'Your own client, which belongs to one tenant' },
				{ name: 'Partner', value: 'partner', description: 'The client of a partner, which serves several tenants' },
			],
			default: 'own',
			description: 'The kind of client that asks for the token',
		},
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e',
			description: 'The tenant to act for. Sent as X-Tenant-ID with every call.',
			displayOptions: { show: { tenantMode: ['partner'] } },
		},
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e',
			description: 'If you set it, it must be the tenant of the client. Sent as X-Tenant-ID with every call.',
			displayOptions: { show: { tenantMode: ['own'] } },
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: 'The ID of a public API client that you make in the Finvis console',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret that belongs to the client ID',
		},
		{
			displayName: 'Scopes',
			name: 'scopes',
			type: 'multiOptions',
			options: [
				{ name: 'Administer Webhooks', value: 'admin:public_api' },
				{ name: 'Read Accounts and Transactions', value: 'read:ledger' },
				{ name: 'Read Payments', value: 'read:payments' },
				{ name: 'Read Reconciliation', value: 'read:reconciliation' },
				{ name: 'Read Reports', value: 'read:reporting' },
				{ name: 'Write Payments', value: 'write:payments' },
			],
			// n8n saves no default of such a list, so the panel would show scopes that the credential does not have.
			default: [],
			placeholder: 'All that the client has',
			description:
				'What the token may do. Empty: all that the client has. Finvis gives no token if a chosen scope is not granted to the client.',
		},
		{
			displayName: 'Trailing Slash',
			name: 'trailingSlash',
			type: 'options',
			options: [
				{ name: 'As in the Contract', value: 'contract' },
				{ name: 'Always', value: 'always' },
				{ name: 'Never', value: 'never' },
			],
			default: 'contract',
			description: 'Whether paths end with a slash. Change it only if Finvis answers calls with 404 or a redirect.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the Finvis Trigger: the secret of a webhook that you set up in the Finvis console. Each has at least 16 characters. While you replace one secret by another, enter both, separated by commas.',
		},
		correctionsProperty,
		rehearsalProperty,
		{ displayName: 'Mark Secret', name: 'markSecret', type: 'hidden', default: '', typeOptions: { password: true } },
		...tokenProperties,
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return { ...(await renewToken(this, credentials, grantOf(credentials))), markSecret: markKeyOf(credentials) };
	}

	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		const connection = finvisConnection(credentials);
		refuseRehearsedWrite(requestOptions, connection);
		refuseRepeatedWrite(requestOptions, connection);
		return withToken(failingOnStatus(requestOptions), credentials, grantOf(credentials));
	}

	test: ICredentialTestRequest = {
		request: { baseURL: baseUrlExpression(finvisEnvironments), url: testUrl },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Finvis gave a token but refused a read with it: the client lacks a chosen scope, or the tenant ID is not that of the client',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: "There is a server, but not the Finvis Public API: check the environment, the base URL and 'Trailing Slash'",
				},
			},
		],
	};
}
