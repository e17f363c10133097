import { faker } from '@faker-js/faker/locale/sv';
import { organisationNumber, swedishIban } from '../../state/checkDigits';
import { Random } from '../../state/random';
import type { Account, AllocationPlan, Client, Custodian, Instrument } from '../objects';
import { FIRST_DAY, HOUR, seedAccount, seedPlans } from './accounts';
import { seedHistory } from './history';
import { seedInstruments } from './instruments';
import type { History } from './pastBookings';

const CLIENTS: Array<[name: string, displayName: string]> = [
	['Sparbolaget Norr AB', 'Sparbolaget'],
	['Rådgivarna i Göteborg AB', 'Rådgivarna'],
	['Habibis Fonder AB', 'Habibis'],
];
const ACCOUNTS_PER_CLIENT = 100;
const TRANSACTIONS = 20_000;

export interface FondoSeed extends History {
	clients: Client[];
	accounts: Account[];
	instruments: Instrument[];
	plans: AllocationPlan[];
	custodians: Custodian[];
}

const cache = new Map<string, FondoSeed>();

/** The cached seed: a store never changes its objects, so all sandboxes of a process share them. */
export function fondoSeed(seed: number, transactions = TRANSACTIONS): FondoSeed {
	const key = `${seed} ${transactions}`;
	const data = cache.get(key) ?? createFondoSeed(seed, transactions);
	cache.set(key, data);
	return data;
}

/** All dates are fixed and all values follow from the seed, so two sandboxes with one seed are equal. */
export function createFondoSeed(seed: number, transactions = TRANSACTIONS): FondoSeed {
	const random = new Random(seed);
	faker.seed(seed);
	const instruments = seedInstruments(random, '2025-12-30T23:00:00.000Z');
	const clients = CLIENTS.map((names, index) => seedClient(random, names, index));
	const numbers = new Set<string>();
	const accounts = clients.flatMap((owner, c) =>
		Array.from({ length: ACCOUNTS_PER_CLIENT }, (_, a) => seedAccount(random, owner.id, c * ACCOUNTS_PER_CLIENT + a, numbers)),
	);
	const [first, ...others] = instruments.filter(({ isBuyable }) => isBuyable);
	if (first === undefined) throw new Error('No instrument can be bought');
	const active = accounts.filter(({ status }) => status === 'active');
	const share = Math.floor(transactions / active.length);
	const history: History = { orders: [], cash: [], fund: [] };
	active.forEach((account, index) => {
		const count = share + (index < transactions - share * active.length ? 1 : 0);
		seedHistory(account, count, [first, ...others], random, history);
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

function seedClient(random: Random, [name, displayName]: [string, string], index: number): Client {
	const at = FIRST_DAY - (3 - index) * 24 * HOUR;
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

function seedCustodians(random: Random): Custodian[] {
	return ['Avanza Bank', 'Nordnet Bank', 'Swedbank', 'SEB', 'Handelsbanken'].map((name) => ({
		id: random.uuid(),
		name,
	}));
}
