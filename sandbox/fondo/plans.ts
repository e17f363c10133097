import type { Random } from '../data/random';
import type { Account, AllocationPlan, Custodian } from './objects';

/** Every third saver spreads new money over the first two funds. */
export function seedPlans(random: Random, accounts: Account[]): AllocationPlan[] {
	return accounts.flatMap((saver, index) => {
		const bankAccount = saver.bankAccounts[0]?.id;
		const [one, two] = saver.positions;
		if (index % 3 !== 0 || bankAccount === undefined || one === undefined) return [];
		const instruments =
			two === undefined
				? [{ instrument: one.instrument, allocation: 100 }]
				: [
						{ instrument: one.instrument, allocation: 60 },
						{ instrument: two.instrument, allocation: 40 },
					];
		return [{ id: random.uuid(), account: saver.id, bankAccount, instruments }];
	});
}

export function seedCustodians(random: Random): Custodian[] {
	return ['Avanza Bank', 'Nordnet Bank', 'Swedbank', 'SEB', 'Handelsbanken'].map((name) => ({
		id: random.uuid(),
		name,
	}));
}
