import { operation } from '../../contract';
import { company } from '../../fields/company';
import { currency } from '../../fields/currency';
import { dateFrom, dateTo } from '../../fields/dates';
import { koncern } from '../../fields/koncern';

export const getCashFlow = operation('GET /reporting/cashflow', {
	name: 'Get Cash Flow',
	action: 'Get the cash flow',
	description: 'Retrieve inflow, outflow and net per period',
	fields: {},
	optional: { company, currency, dateFrom, dateTo, koncern },
	request: ({ company, currency, dateFrom, dateTo, koncern }) => ({
		query: { date_from: dateFrom, date_to: dateTo, company_id: company, koncern_id: koncern, currency },
	}),
});
