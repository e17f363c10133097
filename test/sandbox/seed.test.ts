import { createFinvisSeed } from '../../sandbox/finvis/seed/seed';
import { createFondoSeed } from '../../sandbox/fondo/seed/seed';
import { luhnDigit } from '../../sandbox/state/checkDigits';

const fondo = createFondoSeed(1);
const tenants = [...createFinvisSeed(1).values()];
const all = <T>(read: (tenant: (typeof tenants)[number]) => T[]): T[] => tenants.flatMap(read);

const luhn = (digits: string): boolean => luhnDigit(digits.slice(0, -1)) === digits.slice(-1);
const mod97 = (iban: string): bigint =>
	BigInt([...(iban.slice(4) + iban.slice(0, 4))].map((character) => parseInt(character, 36)).join('')) % 97n;
const lettersToDigits = (text: string): string => [...text].map((character) => parseInt(character, 36)).join('');

it('is equal for equal seeds and different for different seeds', () => {
	expect(JSON.stringify(createFondoSeed(1)) === JSON.stringify(fondo)).toBe(true);
	expect(JSON.stringify([...createFinvisSeed(1).values()]) === JSON.stringify(tenants)).toBe(true);
	expect(createFondoSeed(2).accounts[0]?.id).not.toBe(fondo.accounts[0]?.id);
});

it('has the documented size', () => {
	expect([fondo.clients.length, fondo.accounts.length, fondo.instruments.length, fondo.cash.length + fondo.fund.length]).toEqual([
		3, 300, 120, 20_000,
	]);
	expect([
		all((tenant) => tenant.koncerner).length,
		all((tenant) => tenant.companies).length,
		all((tenant) => tenant.accounts).length,
		all((tenant) => tenant.transactions).length,
	]).toEqual([2, 9, 25, 10_000]);
	expect(all((tenant) => tenant.matches).length).toBeGreaterThan(300);
	expect(new Set(all((tenant) => tenant.batches).map(({ status }) => status)).size).toBe(9);
	expect(tenants.map(({ approvals }) => approvals.filter(({ status }) => status === 'pending').length)).toEqual([3, 3]);
});

it('has valid check digits', () => {
	for (const { owner, ref, bankAccounts } of fondo.accounts) {
		expect(luhn((owner.ssn ?? '').slice(2))).toBe(true);
		expect(luhn(ref)).toBe(true);
		expect(mod97(bankAccounts[0]?.iban ?? '')).toBe(1n);
	}
	for (const { isincode, id, currency } of fondo.instruments) {
		expect(luhn(lettersToDigits(isincode))).toBe(true);
		expect(id).toBe(isincode + currency);
	}
	for (const { crn } of fondo.clients) expect(luhn(crn)).toBe(true);
	for (const { org_number } of all((tenant) => tenant.companies)) expect(luhn(org_number.replace('-', ''))).toBe(true);
	for (const { iban } of all((tenant) => tenant.accounts)) expect(mod97(iban)).toBe(1n);
	expect(luhnDigit('811228987')).toBe('4');
});

it('has unique identifiers, in creation order', () => {
	for (const list of [fondo.accounts, fondo.orders, fondo.cash, fondo.fund]) {
		const sorted = list.map(({ sortedId }) => sortedId);
		expect(sorted).toEqual([...sorted].sort());
		expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
	}
	expect(new Set(fondo.instruments.map(({ id }) => id)).size).toBe(120);
	expect(new Set(fondo.accounts.map(({ ref }) => ref)).size).toBe(300);
	expect(fondo.instruments[0]?.id).toBe('SE0001862426SEK');
});

it('adds up: the transactions of an account give its cash and units', () => {
	for (const account of fondo.accounts.filter((_account, index) => index % 10 === 0)) {
		const cash = fondo.cash.reduce(
			(total, { creditAccount, debitAccount, amount }) =>
				total + (creditAccount === account.id ? amount : debitAccount === account.id ? -amount : 0),
			0,
		);
		expect(cash).toBeCloseTo(account.balance, 2);
		expect(account.balance).toBeGreaterThanOrEqual(0);
		for (const { instrument, units } of account.positions) {
			const moved = fondo.fund
				.filter((one) => one.account === account.id && one.instrument === instrument)
				.reduce((total, one) => total + (one.transactionType === 'subscription' ? one.units : -one.units), 0);
			expect(moved).toBeCloseTo(units, 3);
		}
	}
	const orders = new Set(fondo.orders.map(({ id }) => id));
	expect(fondo.fund.every(({ ref }) => orders.has(ref ?? ''))).toBe(true);
});
