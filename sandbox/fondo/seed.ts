import { faker } from '@faker-js/faker/locale/sv';
import { organisationNumber, personalNumber, swedishIban, withLuhn } from '../data/checkDigits';
import { Random } from '../data/random';
import { liveThrough } from './history';
import { seedInstruments } from './instruments';
import type { Account, AllocationPlan, Client, Custodian, Instrument } from './objects';
import type { History } from './pastBooking';
import { seedCustodians, seedPlans } from './plans';

const CLIENTS: Array<[name: string, displayName: string]> = [
	['Sparbolaget Norr AB', 'Sparbolaget'],
	['Rådgivarna i Göteborg AB', 'Rådgivarna'],
	['Habibis Fonder AB', 'Habibis'],
];
const BANKS: Array<[code: string, name: string]> = [
	['500', 'SEB'],
	['600', 'Handelsbanken'],
	['800', 'Swedbank'],
	['300', 'Nordea'],
	['902', 'Länsförsäkringar Bank'],
];
const ACCOUNTS_PER_CLIENT = 100;
const TRANSACTIONS = 20_000;
const BEGINNING = Date.UTC(2024, 0, 2, 8);
const HOUR = 3_600_000;

export interface FondoSeed extends History {
	clients: Client[];
	accounts: Account[];
	instruments: Instrument[];
	plans: AllocationPlan[];
	custodians: Custodian[];
}

const made = new Map<string, FondoSeed>();

/** Made once per process and seed; the store replaces objects and never changes them. */
export function seedFondo(seed: number, transactions = TRANSACTIONS): FondoSeed {
	const key = `${seed} ${transactions}`;
	const data = made.get(key) ?? makeSeed(seed, transactions);
	made.set(key, data);
	return data;
}

/** Everything is in the past and depends on the seed alone, so two sandboxes with one seed are alike. */
export function makeSeed(seed: number, transactions = TRANSACTIONS): FondoSeed {
	const random = new Random(seed);
	faker.seed(seed);
	const instruments = seedInstruments(random, '2025-12-30T23:00:00.000Z');
	const clients = CLIENTS.map((names, index) => client(random, names, index));
	const numbers = new Set<string>();
	const accounts = clients.flatMap((owner, c) =>
		Array.from({ length: ACCOUNTS_PER_CLIENT }, (_, a) => account(random, owner.id, c * ACCOUNTS_PER_CLIENT + a, numbers)),
	);
	const [first, ...others] = instruments.filter(({ isBuyable }) => isBuyable);
	if (first === undefined) throw new Error('No instrument can be bought');
	const active = accounts.filter(({ status }) => status === 'active');
	const share = Math.floor(transactions / active.length);
	const history: History = { orders: [], cash: [], fund: [] };
	active.forEach((saver, index) => {
		const quota = share + (index < transactions - share * active.length ? 1 : 0);
		liveThrough(saver, quota, [first, ...others], random, history);
	});
	for (const list of [history.orders, history.cash, history.fund]) list.sort((a, b) => (a.sortedId < b.sortedId ? -1 : 1));
	return {
		clients,
		accounts,
		instruments,
		...history,
		plans: seedPlans(random, active),
		custodians: seedCustodians(random),
	};
}

function client(random: Random, [name, displayName]: [string, string], index: number): Client {
	const at = BEGINNING - (3 - index) * 24 * HOUR;
	return {
		id: random.uuid(),
		sortedId: random.ulidAt(at),
		name,
		displayName,
		bankAccounts: [{ feeType: 'client_fee', iban: swedishIban(`500${random.digits(17)}`) }],
		serviceTypes: [{ accountServiceType: 'portfolioManagement', code: random.digits(6) }],
		crn: organisationNumber(`5590${random.digits(5)}`),
		country: 'SE',
		createdDate: new Date(at).toISOString(),
		modifiedDate: new Date(at).toISOString(),
	};
}

function account(random: Random, clientId: string, index: number, numbers: Set<string>): Account {
	const at = BEGINNING + index * HOUR;
	const createdDate = new Date(at).toISOString();
	const firstName = faker.person.firstName();
	const lastName = faker.person.lastName();
	const [code, bank] = random.pick([BANKS[0] ?? ['500', 'SEB'], ...BANKS.slice(1)]);
	const bban = code + random.digits(17);
	const unborn = (['pending', 'rejected', 'confirm'] as const)[Math.floor(index / 25) % 3] ?? 'pending';
	return {
		id: random.uuid(),
		sortedId: random.ulidAt(at),
		ref: withLuhn(`1603${random.digits(10)}`),
		name: random.pick(['Spar', 'Pension', 'Buffert', 'Barnspar', 'Drömhuset', 'Långsiktigt']),
		status: index % 25 === 24 ? unborn : 'active',
		accountType: 'isk',
		serviceType: 'portfolioManagement',
		owner: { firstName, lastName, fullName: `${firstName} ${lastName}`, ssn: ssn(random, numbers) },
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

function ssn(random: Random, numbers: Set<string>): string {
	for (;;) {
		const born = new Date(Date.UTC(random.integer(1930, 1969), random.integer(0, 11), random.integer(1, 28)));
		const number = personalNumber(born.toISOString().slice(0, 10).replaceAll('-', ''), random.integer(980, 999));
		if (!numbers.has(number)) {
			numbers.add(number);
			return number;
		}
	}
}
