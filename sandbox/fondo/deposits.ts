import { z } from 'zod';
import { round } from '../data/decimal';
import type { World } from '../world';
import { bookCash } from './booking';

export const depositsSchema = z.strictObject({
	clientId: z.string().optional(),
	accountId: z.string().optional(),
	count: z.number().int().positive().max(100_000).default(1),
	amount: z.number().positive().default(100),
});

export type Deposits = z.input<typeof depositsSchema>;

/** Money that arrives by bank transfer on an active account: a cash transaction each, and the account with its new balance. */
export function deposit(world: World, input: Deposits): { account: string; transactions: string[] } {
	const { clientId, accountId, count, amount } = depositsSchema.parse(input);
	const account = world.fondo.accounts
		.all()
		.find(
			(one) =>
				one.status === 'active' &&
				(accountId === undefined || one.id === accountId) &&
				(clientId === undefined || one.clientId === clientId),
		);
	if (account === undefined) throw new Error('There is no such active account');
	const transactions = Array.from({ length: count }, () => {
		const { id } = bookCash(world, {
			transactionType: 'deposit',
			amount,
			ref: account.ref,
			refType: 'text',
			creditAccount: account.id,
		});
		const now = world.fondo.accounts.get(account.id) ?? account;
		world.fondo.accounts.update(now, {
			balance: round(now.balance + amount, 2),
			amounts: { ...now.amounts, deposited: round((now.amounts.deposited ?? 0) + amount, 2) },
		});
		return id;
	});
	return { account: account.id, transactions };
}
