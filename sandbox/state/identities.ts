import { timingSafeEqual } from 'node:crypto';

/** The demo identities. They are valid in this sandbox only. */
export const TENANT_ONE = '6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e';
export const TENANT_TWO = '7f1a0b2d-4c8e-4d63-8e29-305b7c9d1e2f';

const FINVIS_SCOPES = ['read:ledger', 'read:reporting', 'read:payments', 'write:payments', 'read:reconciliation', 'admin:public_api'];

export const FONDO_SCOPES = ['account:read', 'account:write'];

export interface Identity {
	clientId: string;
	clientSecret: string;
	/** Name that approvals show when this client requests or gives one. */
	person: string;
	scopes: string[];
	tenants: string[];
}

export const FONDO_DEMO: Identity = {
	clientId: 'fondo-demo',
	clientSecret: 'fondo-demo-secret',
	person: 'fondo-demo',
	scopes: FONDO_SCOPES,
	tenants: [],
};

export const FINVIS_DEMO: Identity = {
	clientId: 'finvis-demo',
	clientSecret: 'finvis-demo-secret',
	person: 'finvis-demo',
	scopes: FINVIS_SCOPES,
	tenants: [TENANT_ONE],
};

export const FINVIS_APPROVER: Identity = {
	clientId: 'finvis-approver',
	clientSecret: 'finvis-approver-secret',
	person: 'finvis-approver',
	scopes: FINVIS_SCOPES,
	tenants: [TENANT_ONE],
};

export const FINVIS_READER: Identity = {
	clientId: 'finvis-reader',
	clientSecret: 'finvis-reader-secret',
	person: 'finvis-reader',
	scopes: FINVIS_SCOPES.filter((scope) => scope.startsWith('read:')),
	tenants: [TENANT_ONE],
};

/** One client for several tenants: it names the tenant in its token request. */
export const FINVIS_PARTNER: Identity = {
	clientId: 'finvis-partner',
	clientSecret: 'finvis-partner-secret',
	person: 'finvis-partner',
	scopes: FINVIS_SCOPES,
	tenants: [TENANT_ONE, TENANT_TWO],
};

export const FONDO_IDENTITIES = [FONDO_DEMO];
export const FINVIS_IDENTITIES = [FINVIS_DEMO, FINVIS_APPROVER, FINVIS_READER, FINVIS_PARTNER];

/**
 * The identity with this client id and secret; compares the secret in constant time. `fondo-demo+2` is `fondo-demo` under
 * another id: after a reset of the sandbox it is a client that has sent nothing.
 */
export function findIdentity(identities: Identity[], clientId: string, clientSecret: string): Identity | undefined {
	return identities.find(
		(identity) => identity.clientId === clientId.replace(/\+.*$/, '') && equalSecrets(clientSecret, identity.clientSecret),
	);
}

function equalSecrets(given: string, expected: string): boolean {
	return given.length === expected.length && timingSafeEqual(Buffer.from(given.padEnd(expected.length)), Buffer.from(expected));
}
