import { text } from '../../shared/fields/text';
import type { Resource } from '../../shared/resource';
import { many } from '../../shared/output/many';
import { byPageNumber } from '../../shared/http/pagination';
import { locator, operation } from '../contract';
import { expected, fourEyes } from '../controls/fields';

const approvalLocator = locator('GET /approvals/pending', {
	label: 'Approval',
	description: 'The pending approval. Search by amount or by the person who requested it.',
	example: '0a1b2c3d-4e5f-4607-8899-aabbccddeeff',
	paging: byPageNumber,
	show: ({ amount, currency, requested_by, id }) => ({
		name: `${String(amount)} ${String(currency)}, requested by ${String(requested_by)}`,
		value: id,
	}),
});

const comment = text({
	label: 'Comment',
	description: 'A remark that Finvis keeps with the decision',
	example: 'Checked against the invoices',
});

export const approval: Resource = {
	name: 'Approval',
	operations: {
		approve: operation('POST /approvals/{id}/approve', {
			isAct: true,
			name: 'Approve',
			action: 'Approve a pending approval',
			description: 'Approve a pending approval, which can release money. An approval is never given twice.',
			fields: { approval: approvalLocator },
			optional: { comment, ...expected, ...fourEyes },
			request: ({ approval, comment, ...controls }) => ({
				path: { id: approval },
				body: comment === undefined ? undefined : { comment },
				controls,
			}),
		}),
		getManyPending: operation('GET /approvals/pending', {
			name: 'Get Many Pending',
			action: 'Get many pending approvals',
			description: 'List the approvals that wait for a decision',
			fields: {},
			request: () => ({}),
			output: many(byPageNumber),
		}),
	},
};
