import { loadContract } from '../http/contract';
import type { Identity } from '../identities';
import type { World } from '../world';
import { demandScopes } from './auth';
import { batchHandlers } from './batches';
import type { Approval } from './objects';

const OPERATION = 'approveApproval';

/**
 * Gives an approval as a person would by the API: with the scopes and tenants of that person's client, by the same handler.
 * It is no call, so no fault strikes it. Throws the Refusal that the API would answer.
 */
export async function approveAs({ clientId, person, scopes, tenants }: Identity, id: string, world: World): Promise<Approval> {
	const tenantId = tenants.find((tenant) => world.finvis.tenant(tenant).approvals.get(id) !== undefined) ?? tenants[0] ?? '';
	const grant = { api: 'finvis' as const, clientId, person, scopes, tenantId, expiresAt: Infinity };
	const operation = (await loadContract('finvis', '/public')).operations().find(({ operationId }) => operationId === OPERATION);
	if (operation === undefined) throw new Error(`The contract has no ${OPERATION}`);
	demandScopes(operation, grant);
	const call = { operationId: OPERATION, path: { id }, query: {}, body: {}, headers: {}, grant, baseUrl: '' };
	return batchHandlers.approveApproval(call, world).body;
}
