import type { operations } from '../../contracts/finvis';
import type { HandlerRequest, Handlers } from '../http/api';
import { HttpError } from '../http/httpError';
import { sum } from '../state/decimal';
import { readBatch } from './batchRules';
import type { FinvisContext } from './context';
import { scheduleExecution } from './execution';

export const batchHandlers = {
	createPaymentBatch: ({ body, grant, headers }, context) => {
		const tenant = context.store.tenant(grant.tenantId);
		const { account, name, executionDate, payments } = readBatch(body, tenant);
		const id = context.random.uuid();
		const now = context.clock.iso();
		for (const payment of payments) {
			tenant.payments.add({ id: context.random.uuid(), batchId: id, idempotencyKey: idempotencyKeyOf(headers), ...payment });
		}
		const batch = tenant.batches.add({
			id,
			name,
			status: 'draft',
			account_id: account.id,
			company_id: account.company_id,
			currency: account.currency,
			total_amount: sum(payments.map(({ amount }) => amount)),
			payment_count: payments.length,
			execution_date: executionDate,
			created_at: now,
			updated_at: now,
		});
		return { status: 201, body: batch };
	},
	submitPaymentBatch: ({ path, grant }, context) => {
		const tenant = context.store.tenant(grant.tenantId);
		const batch = tenant.batches.get(path.id);
		if (batch === undefined) throw new HttpError(404, 'not_found', `There is no payment batch ${path.id}`);
		if (batch.status !== 'draft') {
			throw new HttpError(409, 'conflict', `The batch has already been submitted; its status is ${batch.status}`);
		}
		const now = context.clock.iso();
		const submitted = tenant.batches.update(batch, { status: 'pending_approval', updated_at: now });
		tenant.approvals.add({
			id: context.random.uuid(),
			status: 'pending',
			object_type: 'payment_batch',
			object_id: batch.id,
			amount: batch.total_amount,
			currency: batch.currency,
			requested_by: grant.person,
			requested_at: now,
			decided_at: null,
		});
		return { status: 200, body: submitted };
	},
	approveApproval: ({ path, grant }, context) => {
		const tenant = context.store.tenant(grant.tenantId);
		const approval = tenant.approvals.get(path.id);
		if (approval === undefined) throw new HttpError(404, 'not_found', `There is no approval ${path.id}`);
		if (approval.status !== 'pending') {
			throw new HttpError(409, 'conflict', `The approval has already been decided; its status is ${approval.status}`);
		}
		if (context.settings.fourEyes && approval.requested_by === grant.person) {
			throw new HttpError(403, 'permission_denied', `${grant.person} requested this approval; another person must give it`);
		}
		const now = context.clock.iso();
		const approved = tenant.approvals.update(approval, { status: 'approved', decided_at: now });
		const batch = tenant.batches.get(approval.object_id);
		if (batch !== undefined) {
			tenant.batches.update(batch, { status: 'approved', updated_at: now });
			scheduleExecution(context, tenant, batch.id);
		}
		return { status: 200, body: approved };
	},
	confirmReconciliationMatch: ({ path, grant }, context) => {
		const { matches } = context.store.tenant(grant.tenantId);
		const match = matches.get(path.id);
		if (match === undefined) throw new HttpError(404, 'not_found', `There is no match ${path.id}`);
		if (match.status !== 'suggested') {
			throw new HttpError(409, 'conflict', `Only a suggested match can be confirmed; this one is ${match.status}`);
		}
		return { status: 200, body: matches.update(match, { status: 'confirmed', confirmed_at: context.clock.iso() }) };
	},
} satisfies Handlers<operations, FinvisContext>;

function idempotencyKeyOf(headers: HandlerRequest['headers']): string | undefined {
	const key = headers['idempotency-key'];
	return typeof key === 'string' ? key : undefined;
}
