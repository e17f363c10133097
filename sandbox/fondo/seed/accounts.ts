import { faker } from '@faker-js/faker/locale/sv';
import { personalNumber, swedishIban, withLuhn } from '../../state/checkDigits';
import type { Random } from '../../state/random';
import type { Account, AllocationPlan } from '../objects';

export const FIRST_DAY = Date.UTC(2024, 0, 2, 8);
export const HOUR = 3_600_000;

const BANKS: Array<[code: string, name: string]> = [
	['500', 'SEB'],
	['600', 'Handelsbanken'],
	['800', 'Swedbank'],
	['300', 'Nordea'],
	['902', 'Länsförsäkringar Bank'],
];

export function seedAccount(random: Random, clientId: string, index: number, usedNumbers: Set<string>): Account {
	const at = FIRST_DAY + index * HOUR;
	const createdDate = new Date(at).toISOString();
	const firstName = faker.person.firstName();
	const lastName = faker.person.lastName();
	const [code, bank] = random.pick([BANKS[0] ?? ['500', 'SEB'], ...BANKS.slice(1)]);
	const bban = code + random.digits(17);
	const notActive = (['pending', 'rejected', 'confirm'] as const)[Math.floor(index / 25) % 3] ?? 'pending';
	return {
		id: random.uuid(),
		sortedId: random.ulidAt(at),
		ref: withLuhn(`1603${random.digits(10)}`),
		name: random.pick(['Spar', 'Pension', 'Buffert', 'Barnspar', 'Drömhuset', 'Långsiktigt']),
		status: index % 25 === 24 ? notActive : 'active',
		accountType: 'isk',
		serviceType: 'portfolioManagement',
		owner: { firstName, lastName, fullName: `${firstName} ${lastName}`, ssn: uniqueSsn(random, usedNumbers) },
		balance: 0,
		amounts: { deposited: 0, withdrawn: 0 },
		positions: [],
		deleted: false,
		clientId,
		bankAccounts: [
			{
				id: random.uuid(),
				iban: swedishIban(bban),
				bban: bban.slice(-11),
				bank,
				name: 'Lönekonto',
				createdDate,
				modifiedDate: createdDate,
				validated: true,
			},
		],
		currency: 'SEK',
		createdDate,
		modifiedDate: createdDate,
	};
}

function uniqueSsn(random: Random, usedNumbers: Set<string>): string {
	for (;;) {
		const dateOfBirth = new Date(Date.UTC(random.integer(1930, 1969), random.integer(0, 11), random.integer(1, 28)));
		const number = personalNumber(dateOfBirth.toISOString().slice(0, 10).replaceAll('-', ''), random.integer(980, 999));
		if (!usedNumbers.has(number)) {
			usedNumbers.add(number);
			return number;
		}
	}
}

/** Every third account distributes new money over its first two funds. */
export function seedPlans(random: Random, accounts: Account[]): AllocationPlan[] {
	return accounts.flatMap((account, index) => {
		const bankAccount = account.bankAccounts[0]?.id;
		const [one, two] = account.positions;
		if (index % 3 !== 0 || bankAccount === undefined || one === undefined) return [];
		const instruments =
			two === undefined
				? [{ instrument: one.instrument, allocation: 100 }]
				: [
						{ instrument: one.instrument, allocation: 60 },
						{ instrument: two.instrument, allocation: 40 },
					];
		return [{ id: random.uuid(), account: account.id, bankAccount, instruments }];
	});
}
