import { many } from '../../../shared/output/many';
import { byPageNumber } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { company } from '../../fields/company';

export const getMany = operation('GET /accounts/', {
	name: 'Get Many',
	action: 'Get many bank accounts',
	description: 'List bank accounts with their booked and available balances',
	fields: {},
	optional: { company },
	request: ({ company }) => ({ query: { company_id: company } }),
	output: many(byPageNumber),
});
