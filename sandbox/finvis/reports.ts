import type { operations } from '../../contracts/finvis';
import type { Handlers } from '../http/api';
import { HttpError } from '../http/httpError';
import { decimal, formatDecimal, sum } from '../state/decimal';
import type { FinvisContext } from './context';
import type { Account } from './objects';
import type { TenantStore } from './store';

interface ReportQuery {
	company_id?: string;
	koncern_id?: string;
	currency?: string;
}

const REPORT_DAYS = 90;

export const reportHandlers: Handlers<operations, FinvisContext> = {
	getPositions: ({ query, grant }, context) => {
		const tenant = context.store.tenant(grant.tenantId);
		const accounts = reportedAccounts(tenant, query);
		const bookedLater = new Map<string, bigint>();
		if (query.as_of !== undefined) {
			for (const { account_id, amount, booking_date } of tenant.transactions.all()) {
				if (booking_date > query.as_of) bookedLater.set(account_id, (bookedLater.get(account_id) ?? 0n) + decimal(amount));
			}
		}
		const positions = accounts.map(({ id, company_id, currency, booked_balance, available_balance }) => ({
			account_id: id,
			company_id,
			currency,
			booked_balance: formatDecimal(decimal(booked_balance) - (bookedLater.get(id) ?? 0n)),
			available_balance: formatDecimal(decimal(available_balance) - (bookedLater.get(id) ?? 0n)),
		}));
		const as_of = query.as_of === undefined ? context.clock.iso() : `${query.as_of}T23:59:59.000Z`;
		const sumOfPositions = sum(positions.map(({ booked_balance }) => booked_balance));
		return { status: 200, body: { as_of, currency: query.currency ?? 'SEK', total: sumOfPositions, positions } };
	},
	getCashflow: ({ query, grant }, context) => {
		const tenant = context.store.tenant(grant.tenantId);
		const ids = new Set(reportedAccounts(tenant, query).map(({ id }) => id));
		const transactions = tenant.transactions.all().filter(({ account_id }) => ids.has(account_id));
		const last = transactions.reduce((day, { booking_date }) => (booking_date > day ? booking_date : day), '2025-12-31');
		const date_to = query.date_to ?? last;
		const date_from = query.date_from ?? new Date(Date.parse(date_to) - REPORT_DAYS * 86_400_000).toISOString().slice(0, 10);
		if (date_from > date_to) throw new HttpError(400, 'invalid', 'date_from must not be after date_to');
		const periods = months(date_from, date_to).map(([period_start, period_end]) => {
			const amounts = transactions
				.filter(({ booking_date }) => booking_date >= period_start && booking_date <= period_end)
				.map(({ amount }) => decimal(amount));
			const inflow = total(amounts.filter((amount) => amount > 0n));
			const outflow = -total(amounts.filter((amount) => amount < 0n));
			return {
				period_start,
				period_end,
				inflow: formatDecimal(inflow),
				outflow: formatDecimal(outflow),
				net: formatDecimal(inflow - outflow),
			};
		});
		return { status: 200, body: { currency: query.currency ?? 'SEK', date_from, date_to, periods } };
	},
};

/** The accounts of a report. Each report has one currency, SEK by default. */
function reportedAccounts(tenant: TenantStore, { company_id, koncern_id, currency = 'SEK' }: ReportQuery): Account[] {
	return tenant.accounts
		.all()
		.filter(
			(account) =>
				account.currency === currency &&
				(company_id === undefined || account.company_id === company_id) &&
				(koncern_id === undefined || tenant.companies.get(account.company_id)?.koncern_id === koncern_id),
		);
}

function total(amounts: bigint[]): bigint {
	return amounts.reduce((all, amount) => all + amount, 0n);
}

/** Calendar months between two days; the first and last period begin and end on these days. */
function months(from: string, to: string): Array<[start: string, end: string]> {
	const periods: Array<[string, string]> = [];
	for (let start = from; start <= to;) {
		const [year = 0, month = 1] = start.split('-').map(Number);
		const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
		periods.push([start, last < to ? last : to]);
		start = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
	}
	return periods;
}
