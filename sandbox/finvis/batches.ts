import type { operations } from '../../contracts/finvis';
import { sum } from '../data/decimal';
import type { Call, Handlers } from '../http/operation';
import { Refusal } from '../http/refusal';
import { readBatch } from './batchRules';
import { schedule } from './execution';

export const batchHandlers = {
	createPaymentBatch: ({ body, grant, headers }, world) => {
		const tenant = world.finvis.tenant(grant.tenantId);
		const { account, name, executionDate, payments } = readBatch(body, tenant);
		const id = world.random.uuid();
		const now = world.clock.iso();
		for (const payment of payments) {
			tenant.payments.add({ id: world.random.uuid(), batchId: id, idempotencyKey: keyOf(headers), ...payment });
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
	submitPaymentBatch: ({ path, grant }, world) => {
		const tenant = world.finvis.tenant(grant.tenantId);
		const batch = tenant.batches.get(path.id);
		if (batch === undefined) throw new Refusal(404, 'not_found', `There is no payment batch ${path.id}`);
		if (batch.status !== 'draft') {
			throw new Refusal(409, 'conflict', `The batch has already been submitted; its status is ${batch.status}`);
		}
		const now = world.clock.iso();
		const submitted = tenant.batches.update(batch, { status: 'pending_approval', updated_at: now });
		tenant.approvals.add({
			id: world.random.uuid(),
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
	approveApproval: ({ path, grant }, world) => {
		const tenant = world.finvis.tenant(grant.tenantId);
		const approval = tenant.approvals.get(path.id);
		if (approval === undefined) throw new Refusal(404, 'not_found', `There is no approval ${path.id}`);
		if (approval.status !== 'pending') {
			throw new Refusal(409, 'conflict', `The approval has already been decided; its status is ${approval.status}`);
		}
		if (world.settings.finvis.fourEyes && approval.requested_by === grant.person) {
			throw new Refusal(403, 'permission_denied', `${grant.person} asked for this approval; another person must give it`);
		}
		const now = world.clock.iso();
		const approved = tenant.approvals.update(approval, { status: 'approved', decided_at: now });
		const batch = tenant.batches.get(approval.object_id);
		if (batch !== undefined) {
			tenant.batches.update(batch, { status: 'approved', updated_at: now });
			schedule(world, tenant, batch.id);
		}
		return { status: 200, body: approved };
	},
	confirmReconciliationMatch: ({ path, grant }, world) => {
		const { matches } = world.finvis.tenant(grant.tenantId);
		const match = matches.get(path.id);
		if (match === undefined) throw new Refusal(404, 'not_found', `There is no match ${path.id}`);
		if (match.status !== 'suggested') {
			throw new Refusal(409, 'conflict', `Only a suggested match can be confirmed; this one is ${match.status}`);
		}
		return { status: 200, body: matches.update(match, { status: 'confirmed', confirmed_at: world.clock.iso() }) };
	},
} satisfies Handlers<operations>;

function keyOf(headers: Call['headers']): string | undefined {
	const key = headers['idempotency-key'];
	return typeof key === 'string' ? key : undefined;
}
