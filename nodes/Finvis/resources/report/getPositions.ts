import { day } from '../../../shared/fields/date';
import { text } from '../../../shared/fields/text';
import { operation } from '../../api';
import { company } from '../../fields/company';
import { koncern } from '../../fields/koncern';

const asOf = day({ label: 'As Of', description: 'The day of the positions, today when left out', example: '2026-03-03' });
const currency = text({ label: 'Currency', description: 'Currency of the report, as a three-letter code', example: 'SEK' });

export const getPositions = operation('GET /reporting/positions', {
	name: 'Get Positions',
	action: 'Get cash positions',
	description: 'Retrieve the booked and available balance of every bank account, and their total',
	fields: {},
	optional: { asOf, company, koncern, currency },
	request: ({ asOf, company, koncern, currency }) => ({ query: { as_of: asOf, company_id: company, koncern_id: koncern, currency } }),
});
