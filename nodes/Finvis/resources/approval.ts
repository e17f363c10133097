import type { IDataObject } from 'n8n-workflow';
import { joined } from '../../shared/fields/joined';
import { text } from '../../shared/fields/text';
import type { Resource } from '../../shared/resource';
import { many } from '../../shared/output/many';
import { byPageNumber } from '../../shared/http/pagination';
import { withNames } from '../addNames';
import { locator, operation } from '../contract';
import { expected, fourEyes } from '../controls/fields';
import { accounts, batches, batchTitle, companies, companyOf } from '../names';

const batchId = ({ object_id: id }: IDataObject) => id;

const approvalLocator = locator('GET /approvals/pending', {
	label: 'Approval',
	description: 'The pending approval, the newest first. Search by company, name, day, amount or the person who requested it.',
	example: '0a1b2c3d-4e5f-4607-8899-aabbccddeeff',
	paging: byPageNumber,
	names: [{ list: batches, of: batchId }, { list: accounts }, { list: companies }],
	offers: ({ status }) => !/^(approved|rejected|declined|cancell?ed)$/i.test(String(status)),
	madeAt: ({ requested_at: at }) => at,
	show: ({ object_id, object_type, amount, currency, requested_by, id }, named) => {
		const batch = named(batches, object_id);
		return {
			name: joined(', ', [
				joined(': ', [companyOf(batch, named), batchTitle(batch.name) ?? object_type]),
				batch.execution_date,
				joined(' ', [amount, currency]),
				joined(' ', [requested_by === undefined ? undefined : 'requested by', requested_by]),
			]),
			value: id,
		};
	},
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
			output: withNames(many(byPageNumber), {
				about: { list: batches, of: batchId },
				says: ({ name, account_id, company_id, execution_date }) => ({
					batch_name: batchTitle(name),
					account_id,
					company_id,
					day: execution_date,
				}),
			}),
		}),
	},
};
