import type { IDataObject } from 'n8n-workflow';
import type { Named } from '../shared/fields/field';
import { joined } from '../shared/fields/joined';
import type { NameList } from '../shared/http/names';
import { byPageNumber } from '../shared/http/pagination';
import { withoutMarks } from './batchName';

const pick = (row: IDataObject, ...fields: readonly string[]): IDataObject =>
	Object.fromEntries(fields.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]));

const nameList = (objects: string, route: string, seconds: number, ...fields: readonly string[]): NameList => ({
	objects,
	request: () => ({ route }),
	paging: byPageNumber,
	keep: (row) => pick(row, ...fields),
	seconds,
});

const FIVE_MINUTES = 300;

export const companies = nameList('companies', 'GET /companies', FIVE_MINUTES, 'name', 'org_number');
export const accounts = nameList('bank accounts', 'GET /accounts/', FIVE_MINUTES, 'id', 'name', 'bank', 'iban', 'currency', 'company_id');
export const transactions = nameList('transactions', 'GET /transactions', FIVE_MINUTES, 'account_id', 'booking_date', 'counterparty_name');
/** A batch can be changed until it is approved, so it is not kept for long. */
export const batches = nameList('payment batches', 'GET /payments/batches/', 10, 'name', 'account_id', 'company_id', 'execution_date');

export const lastFour = (iban: unknown) => (typeof iban === 'string' && iban !== '' ? `…${iban.replace(/\s/g, '').slice(-4)}` : undefined);

/** A bank account as people know it: company, bank, last digits, currency, and its name. */
export const accountText = ({ name, bank, iban, currency, company_id: company }: IDataObject, named: Named): string =>
	joined(' ', [
		joined(', ', [named(companies, company).name, joined(' ', [bank, lastFour(iban)]), currency]),
		name === undefined ? undefined : `(${String(name)})`,
	]);

/** The company of a batch: its own, or that of its account. */
export const companyOf = ({ company_id: company, account_id: account }: IDataObject, named: Named): unknown =>
	named(companies, company ?? named(accounts, account).company_id).name;

export const batchTitle = (name: unknown) => (typeof name === 'string' ? withoutMarks(name) : undefined);

const DAYS_BEFORE = 10;

/** Finvis suggests a match soon after it has booked the transaction. */
export function bookedBefore(matches: readonly IDataObject[]): IDataObject | undefined {
	const times = matches.map(({ created_at: at }) => Date.parse(String(at)));
	const first = times.reduce((one, other) => Math.min(one, other), Infinity);
	if (!Number.isFinite(first)) return undefined;
	return { date_from: new Date(first - DAYS_BEFORE * 86_400_000).toISOString().slice(0, 10) };
}

/** What a transaction says for 'Add Names'. */
export const ofTransaction = ({ account_id, counterparty_name, booking_date }: IDataObject): IDataObject => ({
	account_id,
	counterparty: counterparty_name,
	day: booking_date,
});

/** A batch as people know it: company and name, day, amount; its status where it is not a draft. */
export const batchText = (batch: IDataObject, named: Named): string =>
	joined(', ', [
		joined(': ', [companyOf(batch, named), batchTitle(batch.name)]),
		batch.execution_date,
		joined(' ', [batch.total_amount, batch.currency]),
		/^draft$/i.test(String(batch.status)) ? undefined : batch.status,
	]);
