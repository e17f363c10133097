import type { operations } from '../../contracts/finvis';
import type { HandlerRequest, Handlers } from '../http/api';
import { HttpError } from '../http/httpError';
import { sum } from '../state/decimal';
import { PLANTED_PAYEE } from '../vendors/model/finvisRules';
import { type BatchRequest, type PaymentRequest, readBatch } from './batchRules';
import type { FinvisContext } from './context';
import { scheduleExecution } from './execution';
import type { PaymentBatch } from './objects';
import type { TenantStore } from './store';

/** What another person wants paid. */
const PLANTED_PAYMENT: PaymentRequest = {
	amount: PLANTED_PAYEE.amount,
	creditorName: PLANTED_PAYEE.creditor_name,
	creditorAccount: PLANTED_PAYEE.creditor_account,
	reference: PLANTED_PAYEE.reference,
	endToEndId: '',
};

export const batchHandlers = {
	createPaymentBatch: ({ body, grant, headers }, context) => {
		const tenant = context.store.tenant(grant.tenantId);
		const request = readBatch(body, tenant);
		if (context.vendor.plantsDrafts) addBatch(context, tenant, { ...request, payments: [PLANTED_PAYMENT] });
		const batch = addBatch(context, tenant, request, idempotencyKeyOf(headers));
		return { status: 201, body: batch, created: `/payments/batches/${batch.id}` };
	},
	submitPaymentBatch: ({ path, grant }, context) => {
		const tenant = context.store.tenant(grant.tenantId);
		const batch = tenant.batches.get(path.id);
		if (batch === undefined) throw new HttpError(404, 'not_found', `There is no payment batch ${path.id}`);
		requireUnended(context, batch.id);
		if (batch.status !== 'draft' && context.vendor.actAgain !== 'executed') {
			return { ...doneBefore(context, `The batch has already been submitted; its status is ${batch.status}`), body: batch };
		}
		const now = context.clock.iso();
		const status = batch.status === 'draft' ? 'pending_approval' : batch.status;
		const submitted = tenant.batches.update(batch, { status, updated_at: now });
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
		requireUnended(context, approval.object_id);
		if (approval.status !== 'pending' && context.vendor.actAgain !== 'executed') {
			return { ...doneBefore(context, `The approval has already been decided; its status is ${approval.status}`), body: approval };
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
		if (match.status !== 'suggested' && (match.status !== 'confirmed' || context.vendor.actAgain !== 'executed')) {
			return { ...doneBefore(context, `Only a suggested match can be confirmed; this one is ${match.status}`), body: match };
		}
		return { status: 200, body: matches.update(match, { status: 'confirmed', confirmed_at: context.clock.iso() }) };
	},
} satisfies Handlers<operations, FinvisContext>;

/** Stores a draft with its payments. */
function addBatch(context: FinvisContext, tenant: TenantStore, request: BatchRequest, idempotencyKey?: string): PaymentBatch {
	const { account, name, executionDate, payments } = request;
	const id = context.random.uuid();
	const now = context.clock.iso();
	for (const payment of payments) {
		tenant.payments.add({ id: context.random.uuid(), batchId: id, idempotencyKey, ...payment });
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
	scheduleEnd(context, tenant, id);
	return batch;
}

/** Ends a batch that is not approved in time, where the vendor does that. */
function scheduleEnd(context: FinvisContext, tenant: TenantStore, id: string): void {
	const { death } = context.vendor;
	if (death === undefined) return;
	context.scheduler.at(context.clock.now() + death.after, (at) => {
		const batch = tenant.batches.get(id);
		if (batch?.status !== 'draft' && batch?.status !== 'pending_approval') return;
		context.endWords.set(id, death.word);
		tenant.batches.update(batch, { status: 'rejected', updated_at: context.clock.iso(at) });
	});
}

function requireUnended({ endWords }: FinvisContext, batchId: string): void {
	if (endWords.has(batchId)) throw new HttpError(409, 'conflict', 'The batch has ended');
}

/** The response to an act that is already done, without its body. Throws where the vendor refuses it. */
function doneBefore({ vendor }: FinvisContext, reason: string): { status: 200; nothingDone: true } {
	if (vendor.actAgain === 400) throw new HttpError(400, 'invalid', reason);
	if (vendor.actAgain !== 'state') throw new HttpError(409, 'conflict', reason);
	return { status: 200, nothingDone: true };
}

function idempotencyKeyOf(headers: HandlerRequest['headers']): string | undefined {
	const key = headers['idempotency-key'];
	return typeof key === 'string' ? key : undefined;
}
