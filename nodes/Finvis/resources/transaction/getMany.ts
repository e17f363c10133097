import { many } from '../../../shared/output/many';
import { byPageNumber } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { account } from '../../fields/account';
import { dateFrom, dateTo } from '../../fields/dates';

export const getMany = operation('GET /transactions', {
	name: 'Get Many',
	action: 'Get many bank transactions',
	description: 'List booked transactions; outgoing amounts are negative',
	fields: {},
	optional: { account, dateFrom, dateTo },
	request: ({ account, dateFrom, dateTo }) => ({ query: { account_id: account, date_from: dateFrom, date_to: dateTo } }),
	output: many(byPageNumber),
});
