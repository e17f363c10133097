import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import shapes from '../../contracts/fondo.shapes.json';
import type { Connection } from '../shared/http/connection';
import { correctionsOf } from '../shared/http/corrections';
import type { Environments } from '../shared/http/environments';
import { baseUrlOf, isRehearsal, trimmed } from '../shared/http/environments';

/** Servers of contracts/fondo.openapi.yaml. */
export const fondoEnvironments: Environments = {
	production: { name: 'Production', url: 'https://api.fondo.se' },
	sandbox: { name: 'Sandbox', url: 'https://api.sandbox.fondo.se' },
	npc: { name: 'NPC (Test BankID)', url: 'https://api.npc.fondo.se' },
	local: { name: 'Local Sandbox', url: 'http://127.0.0.1:4010' },
};

/** Where Fondo is for this credential, and as which partner client the calls are made. */
export const fondoConnection = (credentials: ICredentialDataDecryptedObject): Connection => ({
	name: 'Fondo',
	credential: 'fondoApi',
	baseUrl: baseUrlOf(fondoEnvironments, credentials),
	identity: trimmed(credentials.clientId),
	rehearsal: isRehearsal(credentials),
	corrections: correctionsOf(credentials, shapes),
	checkQuery: 'validate-only',
	checkPaths: /\/v2\/partner\/client\/[^/]+\/order(\/withdrawal)?\/?$/,
});
