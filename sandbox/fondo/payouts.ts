import type { operations } from '../../contracts/fondo';
import { decimal, formatDecimal } from '../data/decimal';
import type { Handlers } from '../http/operation';
import type { World } from '../world';
import { bookCash, born, countAmounts, moveCash } from './booking';
import { invalid, missing, theAccount, theClient } from './lookups';
import { bankAccountOf, checkAmount, usableAccount } from './orderRules';
import type { InstructionRecord, Payment } from './objects';

export const payoutHandlers: Handlers<operations> = {
	createWithdrawal: ({ path, body }, world) => {
		theAccount(world, path.client_id, path.account_id);
		const account = usableAccount(world, path.client_id, path.account_id);
		checkAmount(account, body.amount);
		const iban = bankAccountOf(account, body.bankAccount);
		const { amount, clientRef, executorRef } = body;
		const booked = bookCash(world, {
			transactionType: 'withdrawal',
			refType: 'external',
			ref: iban,
			debitAccount: account.id,
			amount,
			clientRef,
			executorRef,
		});
		moveCash(world, account, -amount);
		countAmounts(world, account, 'withdrawn', amount);
		world.ledger.write({
			api: 'fondo',
			kind: 'withdrawal',
			reference: clientRef ?? '',
			objectId: booked.id,
			amount: formatDecimal(decimal(amount)),
			currency: 'SEK',
			account: account.id,
			counterparty: iban,
		});
		return { status: 200, body: booked };
	},
	createPaymentInstruction: ({ path, body }, world) => {
		const client = theClient(world, path.client_id);
		const items = body.payments.map(({ account, amount, clientRef }, index) => {
			if (account === undefined) throw invalid(`payments.${index}.account is missing: which account receives the payment?`);
			if (!(amount > 0)) throw invalid(`payments.${index}.amount must be greater than 0, not ${amount}`);
			return { account: usableAccount(world, client.id, account).id, amount, clientRef };
		});
		const id = world.random.uuid();
		const payments = items.map((item): Payment => ({ ...payment(world), ...item }));
		const record = world.fondo.instructions.add({
			id,
			clientId: client.id,
			instruction: { id, type: body.type, instructions: items, bankTransferRef: null, status: 'new' },
			payments,
		});
		for (const { id: objectId, account, amount, clientRef } of payments) {
			world.ledger.write({
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
		scheduleInstruction(world, id);
		return { status: 200, body: record.instruction };
	},
	getPaymentInstruction: ({ path }, world) => ({ status: 200, body: theInstruction(world, path).instruction }),
	getInstructionPayment: ({ path }, world) => ({ status: 200, body: theInstruction(world, path).payments }),
};

function payment(world: World): Pick<Payment, 'id' | 'sortedId' | 'status' | 'reason' | 'reasonCode'> {
	const { id, sortedId } = born(world);
	return { id, sortedId, status: 'new', reason: null, reasonCode: null };
}

function theInstruction(world: World, path: { client_id: string; instruction_id: string }): InstructionRecord {
	const client = theClient(world, path.client_id);
	const record = world.fondo.instructions.get(path.instruction_id);
	if (record === undefined || record.clientId !== client.id) throw missing('payment instruction', path.instruction_id);
	return record;
}

/** new → processing → completed; then the money is on the accounts. */
function scheduleInstruction(world: World, id: string): void {
	const steps = world.settings.fondo.paymentSteps;
	const processing = world.clock.now() + steps.new * 1000;
	world.agenda.at(processing, () => setStatus(world, id, 'processing'));
	world.agenda.at(processing + steps.processing * 1000, (at) => {
		for (const { account, amount, clientRef } of setStatus(world, id, 'completed')?.payments ?? []) {
			const target = world.fondo.accounts.get(account);
			if (target === undefined) continue;
			bookCash(world, { transactionType: 'deposit', refType: 'payment', ref: id, creditAccount: account, amount, clientRef }, at);
			moveCash(world, target, amount, at);
			countAmounts(world, target, 'deposited', amount);
		}
	});
}

function setStatus(world: World, id: string, status: string): InstructionRecord | undefined {
	const record = world.fondo.instructions.get(id);
	if (record === undefined) return undefined;
	const payments = record.payments.map((item) => ({ ...item, status }));
	return world.fondo.instructions.update(record, { instruction: { ...record.instruction, status }, payments });
}
