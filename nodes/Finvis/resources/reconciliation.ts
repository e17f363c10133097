import type { IDataObject } from 'n8n-workflow';
import { joined } from '../../shared/fields/joined';
import { statusFilter, statusOf } from '../../shared/fields/statusFilter';
import type { Resource } from '../../shared/resource';
import { many } from '../../shared/output/many';
import { byPageNumber } from '../../shared/http/pagination';
import { withNames } from '../addNames';
import { locator, operation } from '../contract';
import { accounts, bookedBefore, companies, companyOf, ofTransaction, transactions } from '../names';

const aboutTransaction = { list: transactions, of: ({ transaction_id: id }: IDataObject) => id, near: bookedBefore };

const matchLocator = locator('GET /reconciliation/matches', {
	label: 'Match',
	description:
		'The suggested match of a transaction with the object that it pays, the newest first. Search by company, counterparty, target, day or amount.',
	example: '1d0c9b8a-7654-4321-8fed-cba987654321',
	paging: byPageNumber,
	names: [aboutTransaction, { list: accounts }, { list: companies }],
	offers: ({ status }) => !/^(confirmed|accepted|rejected|declined)$/i.test(String(status)),
	madeAt: ({ created_at: at }) => at,
	show: ({ transaction_id, target_type, target_reference, amount, currency, id }, named) => {
		const transaction = named(transactions, transaction_id);
		return {
			name: joined(', ', [
				joined(': ', [companyOf(transaction, named), joined(' ', [target_type, target_reference])]),
				transaction.counterparty_name,
				transaction.booking_date,
				joined(' ', [amount, currency]),
			]),
			value: id,
		};
	},
});

const status = statusFilter('Only matches in this status', { suggested: 'Suggested', confirmed: 'Confirmed', rejected: 'Rejected' });

export const reconciliation: Resource = {
	name: 'Reconciliation Match',
	operations: {
		confirm: operation('POST /reconciliation/matches/{id}/confirm', {
			isAct: true,
			name: 'Confirm',
			action: 'Confirm a reconciliation match',
			description: 'Accept a suggested match. A match is never confirmed twice.',
			fields: { match: matchLocator },
			request: ({ match }) => ({ path: { id: match } }),
		}),
		getMany: operation('GET /reconciliation/matches', {
			name: 'Get Many',
			action: 'Get many reconciliation matches',
			description: 'List suggested and confirmed matches with their confidence',
			fields: {},
			optional: status,
			request: (filters) => ({ query: { status: statusOf(filters) } }),
			output: withNames(many(byPageNumber), { about: aboutTransaction, says: ofTransaction }),
		}),
	},
};
