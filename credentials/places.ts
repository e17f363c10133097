import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Place } from '../nodes/shared/transport/place';
import { baseUrlOf, finvisEnvironments, fondoEnvironments } from './environments';

/** Anything but a plain no holds writes back. */
const isRehearsal = ({ rehearsal = false }: ICredentialDataDecryptedObject) => rehearsal !== false;

/** Where Fondo is for this credential. */
export const fondoPlace = (credentials: ICredentialDataDecryptedObject): Place => ({
	name: 'Fondo',
	credential: 'fondoApi',
	baseUrl: baseUrlOf(fondoEnvironments, credentials),
	identity: String(credentials.clientId),
	rehearsal: isRehearsal(credentials),
	checkQuery: 'validate-only',
	checkPaths: /\/order(\/withdrawal)?\/?$/,
});

const isSlash = (value: unknown): value is Place['slash'] => value === 'always' || value === 'never';

/** Where Finvis is for this credential, and for which tenant. */
export const finvisPlace = (credentials: ICredentialDataDecryptedObject): Place => ({
	name: 'Finvis',
	credential: 'finvisApi',
	baseUrl: baseUrlOf(finvisEnvironments, credentials),
	// An own client has one tenant, whether its ID is filled in or not: filling it in must not change what was executed before.
	identity: String((credentials.tenantMode === 'partner' ? credentials.tenantId : credentials.clientId) ?? '').trim(),
	rehearsal: isRehearsal(credentials),
	slash: isSlash(credentials.trailingSlash) ? credentials.trailingSlash : 'contract',
});
