import { z } from 'zod';
import { loadContract } from '../http/contract';
import type { Identity } from '../state/identities';
import { requireScopes } from './auth';
import { batchHandlers } from './batches';
import type { FinvisContext } from './context';
import type { Approval, PaymentBatch } from './objects';

const changeSchema = z.strictObject({
	name: z.string().optional(),
	execution_date: z.string().date().optional(),
	total_amount: z
		.string()
		.regex(/^\d+\.\d\d$/)
		.optional(),
});

export type BatchChange = z.input<typeof changeSchema>;

/** Changes a batch as a person does in the Finvis console. Throws an error that names a wrong field. */
export function changeBatch({ store, clock }: FinvisContext, id: string, change: unknown): PaymentBatch {
	const patch = changeSchema.parse(change);
	for (const { batches } of store.all()) {
		const batch = batches.get(id);
		if (batch !== undefined) return batches.update(batch, { ...patch, updated_at: clock.iso() });
	}
	throw new Error(`There is no payment batch ${id}`);
}

const OPERATION = 'approveApproval';

/**
 * Approves with the scopes and tenants of a person's client, in the handler of the API. Faults do not apply, because this is not a
 * request. Throws the HttpError that the API would answer.
 */
export async function approveAs({ clientId, person, scopes, tenants }: Identity, id: string, context: FinvisContext): Promise<Approval> {
	const tenantId = tenants.find((tenant) => context.store.tenant(tenant).approvals.get(id) !== undefined) ?? tenants[0] ?? '';
	const grant = { api: 'finvis' as const, clientId, person, scopes, tenantId, expiresAt: Infinity };
	const operation = (await loadContract('finvis', '/public')).operations().find(({ operationId }) => operationId === OPERATION);
	if (operation === undefined) throw new Error(`The contract has no ${OPERATION}`);
	requireScopes(operation, grant);
	const request = { operationId: OPERATION, path: { id }, query: {}, body: {}, headers: {}, grant, baseUrl: '', url: '' };
	return batchHandlers.approveApproval(request, context).body;
}
