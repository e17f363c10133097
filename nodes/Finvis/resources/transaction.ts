import { day } from '../../shared/fields/date';
import type { Resource } from '../../shared/resource';
import { many } from '../../shared/output/many';
import { byPageNumber } from '../../shared/http/pagination';
import { withNames } from '../addNames';
import { operation } from '../contract';
import { ofTransaction } from '../names';
import { accountLocator } from './account';

export const period = {
	dateFrom: day({ label: 'Date From', description: 'The first day', example: '2026-03-01' }),
	dateTo: day({ label: 'Date To', description: 'The last day', example: '2026-03-31' }),
};

/** A hint where a period ends before it begins, and so has nothing in it. */
export const remarksOnPeriod = (from: string | undefined, to: string | undefined) =>
	from !== undefined && to !== undefined && to < from
		? { remarks: [`'Date To', ${to}, is before 'Date From', ${from}. Exchange the two, or correct one.`] }
		: {};

export const transaction: Resource = {
	name: 'Transaction',
	operations: {
		getMany: operation('GET /transactions', {
			name: 'Get Many',
			action: 'Get many bank transactions',
			description: 'List booked transactions. Outgoing amounts are negative.',
			fields: {},
			optional: { account: accountLocator, ...period },
			request: ({ account, dateFrom, dateTo }) => ({
				query: { account_id: account, date_from: dateFrom, date_to: dateTo },
				...remarksOnPeriod(dateFrom, dateTo),
			}),
			output: withNames(many(byPageNumber), { says: ofTransaction }),
		}),
	},
};
