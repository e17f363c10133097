import { text } from '../../shared/fields/text';
import type { Resource } from '../../shared/resource';
import { many } from '../../shared/output/many';
import { byPageNumber } from '../../shared/http/pagination';
import { locator, operation } from '../contract';

const matchLocator = locator('GET /reconciliation/matches', {
	label: 'Match',
	description: 'The match of a transaction with the object that it pays. Search by target, amount or status.',
	example: '1d0c9b8a-7654-4321-8fed-cba987654321',
	paging: byPageNumber,
	show: ({ target_type, target_reference, amount, currency, status, id }) => ({
		name: `${String(target_type)} ${String(target_reference)} (${String(amount)} ${String(currency)}, ${String(status)})`,
		value: id,
	}),
});

const status = text({ label: 'Status', description: 'Only matches in this status, e.g. suggested or confirmed', example: 'suggested' });

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
			optional: { status },
			request: ({ status }) => ({ query: { status } }),
			output: many(byPageNumber),
		}),
	},
};
