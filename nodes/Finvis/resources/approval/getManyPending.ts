import { many } from '../../../shared/output/many';
import { byPageNumber } from '../../../shared/http/pagination';
import { operation } from '../../contract';

export const getManyPending = operation('GET /approvals/pending', {
	name: 'Get Many Pending',
	action: 'Get many pending approvals',
	description: 'List the approvals that wait for a decision',
	fields: {},
	request: () => ({}),
	output: many(byPageNumber),
});
