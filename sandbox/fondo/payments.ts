import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/api';
import { decimal, formatDecimal } from '../state/decimal';
import { addToTotals, bookCash, changeBalance, newEntity } from './booking';
import type { FondoContext } from './context';
import { badRequest, notFound, requireAccount, requireClient, requireNewReference } from './lookups';
import type { InstructionRecord, Payment } from './objects';
import { checkAmount, payoutIban, requireUsableAccount } from './orderRules';
import { listPage } from './pagination';
import { lifeOfInstruction } from './vendorFields';

/** Withdrawals and payment instructions. */
export const paymentHandlers: Handlers<operations, FondoContext> = {
	createWithdrawal: ({ path, body }, context) => {
		requireAccount(context, path.client_id, path.account_id);
		const account = requireUsableAccount(context, path.client_id, path.account_id);
		checkAmount(account, body.amount);
		const iban = payoutIban(account, body.bankAccount);
		const { amount, clientRef, executorRef } = body;
		requireNewReference(context, requireClient(context, account.clientId), [clientRef]);
		const booked = bookCash(context, {
			transactionType: 'withdrawal',
			refType: 'external',
			ref: iban,
			debitAccount: account.id,
			amount,
			clientRef,
			executorRef,
		});
		changeBalance(context, account, -amount);
		addToTotals(context, account, 'withdrawn', amount);
		context.ledger.write({
			api: 'fondo',
			kind: 'withdrawal',
			reference: clientRef ?? '',
			objectId: booked.id,
			amount: formatDecimal(decimal(amount)),
			currency: 'SEK',
			account: account.id,
			counterparty: iban,
		});
		return { status: 200, body: booked, created: `/v2/partner/client/${account.clientId}/transaction/cash/${booked.id}` };
	},
	createPaymentInstruction: ({ path, body }, context) => {
		const client = requireClient(context, path.client_id);
		const instructions = body.payments.map(({ account, amount, clientRef }, index) => {
			if (account === undefined) throw badRequest(`payments.${index}.account is missing: the account that receives the payment`);
			if (!(amount > 0)) throw badRequest(`payments.${index}.amount must be greater than 0, not ${amount}`);
			return { account: requireUsableAccount(context, client.id, account).id, amount, clientRef };
		});
		requireNewReference(
			context,
			client,
			instructions.map(({ clientRef }) => clientRef),
		);
		const id = context.random.uuid();
		const payments = instructions.map((instruction): Payment => ({ ...newPayment(context), ...instruction }));
		const record = context.store.instructions.add({
			id,
			clientId: client.id,
			instruction: { id, type: body.type, instructions, bankTransferRef: null, status: 'new' },
			payments,
			createdAt: context.clock.now(),
			completedAt: Infinity,
		});
		for (const { id: objectId, account, amount, clientRef } of payments) {
			context.ledger.write({
				api: 'fondo',
				kind: 'payment_instruction',
				reference: clientRef,
				objectId,
				batchId: id,
				amount: formatDecimal(decimal(amount)),
				currency: 'SEK',
				account,
			});
		}
		scheduleInstruction(context, id);
		return { status: 200, body: record.instruction, created: `/v2/partner/client/${client.id}/instruction/${id}` };
	},
	getPaymentInstruction: ({ path }, context) => ({ status: 200, body: requireInstruction(context, path).instruction }),
	getInstructionPayment: ({ path, url }, context) => {
		const record = requireInstruction(context, path);
		// The contract gives this list no page.
		return listPage(record.payments, { query: {}, url }, context, { life: () => lifeOfInstruction(record) });
	},
};

function newPayment(context: FondoContext): Pick<Payment, 'id' | 'sortedId' | 'status' | 'reason' | 'reasonCode'> {
	const { id, sortedId } = newEntity(context);
	return { id, sortedId, status: 'new', reason: null, reasonCode: null };
}

function requireInstruction(context: FondoContext, path: { client_id: string; instruction_id: string }): InstructionRecord {
	const client = requireClient(context, path.client_id);
	const record = context.store.instructions.get(path.instruction_id);
	if (record === undefined || record.clientId !== client.id) throw notFound('payment instruction', path.instruction_id);
	return record;
}

/** new → processing → completed. The accounts receive the money on completion. */
function scheduleInstruction(context: FondoContext, id: string): void {
	const steps = context.settings.paymentSteps;
	const processing = context.clock.now() + steps.new * 1000;
	context.scheduler.at(processing, () => setStatus(context, id, 'processing'));
	context.scheduler.at(processing + steps.processing * 1000, (at) => {
		for (const { account, amount, clientRef } of setStatus(context, id, 'completed', at)?.payments ?? []) {
			const target = context.store.accounts.get(account);
			if (target === undefined) continue;
			bookCash(context, { transactionType: 'deposit', refType: 'payment', ref: id, creditAccount: account, amount, clientRef }, at);
			changeBalance(context, target, amount, at);
			addToTotals(context, target, 'deposited', amount);
		}
	});
}

function setStatus(context: FondoContext, id: string, status: string, completedAt = Infinity): InstructionRecord | undefined {
	const record = context.store.instructions.get(id);
	if (record === undefined) return undefined;
	const payments = record.payments.map((item) => ({ ...item, status }));
	return context.store.instructions.update(record, { instruction: { ...record.instruction, status }, payments, completedAt });
}
