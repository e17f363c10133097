import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import shapes from '../../contracts/finvis.shapes.json';
import type { paths } from '../../contracts/finvis';
import { foldId, foldLookAlikes } from '../shared/core/lookAlikes';
import type { Connection } from '../shared/http/connection';
import { correctionsOf } from '../shared/http/corrections';
import type { Environments } from '../shared/http/environments';
import { baseUrlOf, isRehearsal, trimmed } from '../shared/http/environments';

/** The servers of contracts/finvis.openapi.yaml. */
export const finvisEnvironments: Environments = {
	production: { name: 'Production', url: 'https://api.finvis.se/public' },
	sandbox: { name: 'Sandbox', url: 'https://sandbox.finvis.se/public' },
	local: { name: 'Local Sandbox', url: 'http://127.0.0.1:4020/public' },
};

const isSlash = (value: unknown): value is Connection['slash'] => value === 'always' || value === 'never';

/**
 * The key of the marks in names of batches. n8n stores it with the credential when it fetches the first token, so it stays the
 * same when the client secret changes.
 */
export const markKeyOf = ({ markSecret, clientId, clientSecret }: ICredentialDataDecryptedObject): string =>
	typeof markSecret === 'string' && markSecret !== ''
		? markSecret
		: createHash('sha256')
				.update(JSON.stringify(['batch marks', clientId, clientSecret]))
				.digest('hex');

/** The tenant ID in one writing: a UUID has no case. */
export const tenantIdOf = ({ tenantId }: ICredentialDataDecryptedObject): string => foldId(foldLookAlikes(trimmed(tenantId)));

/** The connection that a credential describes: base URL, tenant or client, rehearsal, trailing slash. */
export const finvisConnection = (credentials: ICredentialDataDecryptedObject): Connection => ({
	name: 'Finvis',
	credential: 'finvisApi',
	baseUrl: baseUrlOf(finvisEnvironments, credentials),
	// A client of one tenant is identified by its client ID, so that a tenant ID entered later does not change the keys of earlier writes.
	identity: credentials.tenantMode === 'partner' ? tenantIdOf(credentials) : trimmed(credentials.clientId),
	markKey: markKeyOf(credentials),
	rehearsal: isRehearsal(credentials),
	corrections: correctionsOf(credentials, shapes),
	takesKeys: true,
	slash: isSlash(credentials.trailingSlash) ? credentials.trailingSlash : 'contract',
});

interface ScopeProbe {
	readonly scope: string;
	readonly path: keyof paths;
	/** The objects that the probe lists, in the plural. */
	readonly objects: string;
}

/** A cheap read for each scope that permits reading. It proves that Finvis has granted the scope. */
export const scopeProbes: readonly ScopeProbe[] = [
	{ scope: 'read:ledger', path: '/accounts/', objects: 'bank accounts' },
	{ scope: 'read:payments', path: '/payments/batches/', objects: 'payment batches' },
	{ scope: 'read:reporting', path: '/reporting/positions', objects: 'cash positions' },
	{ scope: 'read:reconciliation', path: '/reconciliation/matches', objects: 'reconciliation matches' },
	{ scope: 'admin:public_api', path: '/webhooks/', objects: 'webhooks' },
];

/** The read for a credential without a reading scope. Finvis does not document which scope it needs. */
export const probeWithoutScope: keyof paths = '/companies';
