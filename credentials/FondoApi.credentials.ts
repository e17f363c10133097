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
import { baseUrlExpression, baseUrlOf, environmentProperties, rehearsalProperty, trimmed } from '../nodes/shared/http/environments';
import { fondoConnection, fondoEnvironments } from '../nodes/Fondo/connection';
import type { Grant } from './token';
import { renewToken, tokenProperties, withToken } from './token';
import { failingOnStatus, refuseRehearsedWrite, refuseRepeatedWrite } from './writes';

function grantOf(credentials: ICredentialDataDecryptedObject): Grant {
	const baseUrl = baseUrlOf(fondoEnvironments, credentials);
	const scope = String(credentials.scope ?? '').trim();
	const form = {
		grant_type: 'client_credentials',
		client_id: trimmed(credentials.clientId),
		client_secret: trimmed(credentials.clientSecret),
		...(scope ? { scope } : {}),
	};
	return {
		api: 'Fondo',
		baseUrl,
		scope,
		request: {
			method: 'POST',
			url: `${baseUrl}/v2/partner/auth/token`,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams(form),
		},
	};
}

export class FondoApi implements ICredentialType {
	name = 'fondoApi';

	displayName = 'Fondo API';

	icon: Icon = { light: 'file:../icons/fondo.svg', dark: 'file:../icons/fondo.dark.svg' };

	documentationUrl = 'https://github.com/fondo-finvis/n8n-nodes-fondo-finvis/blob/main/docs/credentials.md#fondo-api';

	properties: INodeProperties[] = [
		...environmentProperties(fondoEnvironments, 'https://api.fondo.se'),
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: 'The ID that Fondo gave you as a partner',
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
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: '',
			placeholder: 'e.g. account:read, account:write',
			description: 'Scopes, separated by commas. Leave it empty for every scope that Fondo grants you.',
		},
		correctionsProperty,
		rehearsalProperty,
		...tokenProperties,
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return await renewToken(this, credentials, grantOf(credentials));
	}

	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		const connection = fondoConnection(credentials);
		refuseRehearsedWrite(requestOptions, connection);
		refuseRepeatedWrite(requestOptions, connection);
		return withToken(failingOnStatus(requestOptions), credentials, grantOf(credentials));
	}

	test: ICredentialTestRequest = {
		request: { baseURL: baseUrlExpression(fondoEnvironments), url: '/v2/partner/client', qs: { limit: 1 } },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Fondo gave a token, but it may not read your clients: the scope account:read is missing, or this client ID has no access',
				},
			},
			{
				type: 'responseCode',
				properties: { value: 404, message: 'There is a server, but not the Fondo Partner API: check the environment or base URL' },
			},
		],
	};
}
