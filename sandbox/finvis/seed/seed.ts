import { faker } from '@faker-js/faker/locale/sv';
import { organisationNumber, swedishIban } from '../../state/checkDigits';
import { TENANT_ONE, TENANT_TWO } from '../../state/identities';
import { Random } from '../../state/random';
import type { Account, Approval, Company, Koncern, Match, Payment, PaymentBatch, Transaction } from '../objects';
import { seedBatches } from './batches';
import { seedMatches, seedTransactions } from './history';

export interface TenantSeed {
	koncerner: Koncern[];
	companies: Company[];
	accounts: Account[];
	transactions: Transaction[];
	matches: Match[];
	batches: PaymentBatch[];
	payments: Payment[];
	approvals: Approval[];
}

interface TenantPlan {
	tenantId: string;
	group: string;
	companies: string[];
	accounts: number;
	transactions: number;
	matches: number;
}

const PLANS: TenantPlan[] = [
	{
		tenantId: TENANT_ONE,
		group: 'Norrlandskoncernen',
		companies: ['Holding', 'Skog', 'Energi', 'Fastigheter', 'Bygg', 'Logistik'],
		accounts: 17,
		transactions: 7000,
		matches: 280,
	},
	{
		tenantId: TENANT_TWO,
		group: 'Västkustkoncernen',
		companies: ['Holding', 'Sjöfart', 'Handel'],
		accounts: 8,
		transactions: 3000,
		matches: 120,
	},
];

const BANKS: [[string, string], ...Array<[string, string]>] = [
	['500', 'SEB'],
	['600', 'Handelsbanken'],
	['800', 'Swedbank'],
	['300', 'Nordea'],
	['120', 'Danske Bank'],
];
const PURPOSES: [string, ...string[]] = ['Driftkonto', 'Skattekonto', 'Lönekonto', 'Sparkonto', 'Valutakonto'];

const cache = new Map<number, Map<string, TenantSeed>>();

/** The cached seed, by tenant: a store never changes its objects, so all sandboxes of a process share them. */
export function finvisSeed(seed: number): Map<string, TenantSeed> {
	const data = cache.get(seed) ?? createFinvisSeed(seed);
	cache.set(seed, data);
	return data;
}

/** All dates are fixed and all values follow from the seed. */
export function createFinvisSeed(seed: number): Map<string, TenantSeed> {
	const random = new Random(seed + 7);
	faker.seed(seed);
	return new Map(PLANS.map((plan) => [plan.tenantId, seedTenant(plan, random)]));
}

function seedTenant(plan: TenantPlan, random: Random): TenantSeed {
	const koncernId = random.uuid();
	const companies = plan.companies.map((branch): Company => ({
		id: random.uuid(),
		name: `${plan.group.replace('koncernen', '')} ${branch} AB`,
		org_number: organisationNumber(`5591${random.digits(5)}`).replace(/(\d{6})(\d{4})/, '$1-$2'),
		country: 'SE',
		koncern_id: koncernId,
	}));
	const accounts = Array.from({ length: plan.accounts }, (_, index) => seedAccount(companies, index, random));
	const share = Math.floor(plan.transactions / plan.accounts);
	const transactions = accounts.flatMap((owner, index) =>
		seedTransactions(owner, share + (index < plan.transactions - share * plan.accounts ? 1 : 0), random),
	);
	transactions.sort((a, b) => (a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : 0));
	const people = Array.from({ length: 4 }, seedEmail);
	return {
		koncerner: [{ id: koncernId, name: plan.group, parent_company_id: companies[0]?.id ?? '', company_count: companies.length }],
		companies,
		accounts,
		transactions,
		matches: seedMatches(transactions, plan.matches, random),
		...seedBatches(accounts, people, random),
	};
}

function seedAccount(companies: Company[], index: number, random: Random): Account {
	const [code, bank] = random.pick(BANKS);
	// Every eighth account is in euro, all others are in kronor.
	const euro = index % 8 === 7;
	return {
		id: random.uuid(),
		company_id: companies[index % companies.length]?.id ?? '',
		name: euro ? 'Valutakonto EUR' : (PURPOSES[Math.floor(index / companies.length) % 4] ?? PURPOSES[0]),
		bank,
		iban: swedishIban(code + random.digits(17)),
		currency: euro ? 'EUR' : 'SEK',
		booked_balance: '0.00',
		available_balance: '0.00',
		balance_updated_at: '2025-12-31T06:00:00.000Z',
	};
}

function seedEmail(): string {
	const asciiLetters = (name: string): string =>
		name
			.normalize('NFD')
			.replace(/[^a-zA-Z]/g, '')
			.toLowerCase();
	return `${asciiLetters(faker.person.firstName())}.${asciiLetters(faker.person.lastName())}@example.se`;
}
