import { text } from '../../../shared/fields/text';
import { many } from '../../../shared/output/many';
import { byPageNumber } from '../../../shared/http/pagination';
import { operation } from '../../contract';

const status = text({ label: 'Status', description: 'Only matches in this status, e.g. suggested or confirmed', example: 'suggested' });

export const getMany = operation('GET /reconciliation/matches', {
	name: 'Get Many',
	action: 'Get many reconciliation matches',
	description: 'List suggested and confirmed matches with their confidence',
	fields: {},
	optional: { status },
	request: ({ status }) => ({ query: { status } }),
	output: many(byPageNumber),
});
