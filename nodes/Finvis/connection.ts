import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Connection } from '../shared/http/connection';
import type { Environments } from '../shared/http/environments';
import { baseUrlOf, isRehearsal } from '../shared/http/environments';

/** Servers of contracts/finvis.openapi.yaml. */
export const finvisEnvironments: Environments = {
	production: { name: 'Production', url: 'https://api.finvis.se/public' },
	sandbox: { name: 'Sandbox', url: 'https://sandbox.finvis.se/public' },
	local: { name: 'Local Sandbox', url: 'http://127.0.0.1:4020/public' },
};

const isSlash = (value: unknown): value is Connection['slash'] => value === 'always' || value === 'never';

/** Where Finvis is for this credential, and for which tenant the calls are made. */
export const finvisConnection = (credentials: ICredentialDataDecryptedObject): Connection => ({
	name: 'Finvis',
	credential: 'finvisApi',
	baseUrl: baseUrlOf(finvisEnvironments, credentials),
	// An own client has one tenant. Filling in its ID must not change the keys of what was executed before.
	identity: String((credentials.tenantMode === 'partner' ? credentials.tenantId : credentials.clientId) ?? '').trim(),
	rehearsal: isRehearsal(credentials),
	slash: isSlash(credentials.trailingSlash) ? credentials.trailingSlash : 'contract',
});
