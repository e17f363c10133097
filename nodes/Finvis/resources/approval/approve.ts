import { text } from '../../../shared/fields/text';
import { operation } from '../../contract';
import { expected, fourEyes } from '../../controls/fields';
import { approval } from '../../fields/approval';

const comment = text({ label: 'Comment', description: 'A remark that is kept with the decision', example: 'Checked against the invoices' });

export const approve = operation('POST /approvals/{id}/approve', {
	name: 'Approve',
	action: 'Approve a pending approval',
	description: 'Approve what waits for a decision; this may release money. An approval is never given twice.',
	fields: { approval },
	optional: { comment, ...expected, ...fourEyes },
	request: ({ approval, comment, ...controls }) => ({
		path: { id: approval },
		body: comment === undefined ? undefined : { comment },
		controls,
	}),
});
