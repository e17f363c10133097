import { shownDay } from '../../shared/core/shownDay';
import { day } from '../../shared/fields/date';
import { text } from '../../shared/fields/text';
import { one } from '../../shared/output/one';
import type { Resource } from '../../shared/resource';
import { withNames } from '../addNames';
import { operation } from '../contract';
import { companyLocator } from './company';
import { koncernLocator } from './koncern';
import { period, remarksOnPeriod } from './transaction';

const asOf = day({ label: 'As Of', description: 'The day of the positions. Today if you leave it out.', example: '2026-03-03' });
const currency = text({ label: 'Currency', description: 'Currency of the report, as a three-letter code', example: 'SEK' });
const scope = { company: companyLocator, currency, koncern: koncernLocator };

export const report: Resource = {
	name: 'Report',
	operations: {
		getCashFlow: operation('GET /reporting/cashflow', {
			name: 'Get Cash Flow',
			action: 'Get the cash flow',
			description: 'Retrieve inflow, outflow and net per period',
			fields: {},
			optional: { ...scope, ...period },
			request: ({ company, currency, dateFrom, dateTo, koncern }) => ({
				query: { date_from: dateFrom, date_to: dateTo, company_id: company, koncern_id: koncern, currency },
				...remarksOnPeriod(dateFrom, dateTo),
			}),
		}),
		getPositions: operation('GET /reporting/positions', {
			name: 'Get Positions',
			action: 'Get cash positions',
			description: 'Retrieve booked and available balances per bank account in one currency, and their total',
			fields: {},
			optional: { asOf, ...scope },
			request: ({ asOf, company, koncern, currency }) => ({
				query: { as_of: asOf, company_id: company, koncern_id: koncern, currency },
			}),
			output: withNames(one, {
				rows: 'positions',
				says: ({ account_id, company_id }, { as_of }) => ({ account_id, company_id, day: shownDay(String(as_of ?? '')) }),
			}),
		}),
	},
};
