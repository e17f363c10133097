import { day } from '../../../shared/fields/date';
import { operation } from '../../contract';
import { company } from '../../fields/company';
import { currency } from '../../fields/currency';
import { koncern } from '../../fields/koncern';

const asOf = day({ label: 'As Of', description: 'The day of the positions, today when left out', example: '2026-03-03' });

export const getPositions = operation('GET /reporting/positions', {
	name: 'Get Positions',
	action: 'Get cash positions',
	description: 'Retrieve booked and available balances per bank account in one currency, and their total',
	fields: {},
	optional: { asOf, company, koncern, currency },
	request: ({ asOf, company, koncern, currency }) => ({ query: { as_of: asOf, company_id: company, koncern_id: koncern, currency } }),
});
