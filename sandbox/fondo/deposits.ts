import { z } from 'zod';
import { round } from '../state/decimal';
import { bookCash } from './booking';
import type { FondoContext } from './context';

const depositsSchema = z.strictObject({
	clientId: z.string().optional(),
	accountId: z.string().optional(),
	count: z.number().int().positive().max(100_000).default(1),
	amount: z.number().positive().default(100),
});

export type DepositsInput = z.input<typeof depositsSchema>;

/** Books bank transfers to an active account: one cash transaction each, and the new balance of the account. */
export function bookDeposits(context: FondoContext, input: DepositsInput): { account: string; transactions: string[] } {
	const { clientId, accountId, count, amount } = depositsSchema.parse(input);
	const account = context.store.accounts
		.all()
		.find(
			(candidate) =>
				candidate.status === 'active' &&
				(accountId === undefined || candidate.id === accountId) &&
				(clientId === undefined || candidate.clientId === clientId),
		);
	if (account === undefined) throw new Error('There is no such active account');
	const transactions = Array.from({ length: count }, () => {
		const { id } = bookCash(context, {
			transactionType: 'deposit',
			amount,
			ref: account.ref,
			refType: 'text',
			creditAccount: account.id,
		});
		const current = context.store.accounts.get(account.id) ?? account;
		context.store.accounts.update(current, {
			balance: round(current.balance + amount, 2),
			amounts: { ...current.amounts, deposited: round((current.amounts.deposited ?? 0) + amount, 2) },
		});
		return id;
	});
	return { account: account.id, transactions };
}
