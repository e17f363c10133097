import { operation } from '../../contract';
import { match } from '../../fields/match';

export const confirm = operation('POST /reconciliation/matches/{id}/confirm', {
	name: 'Confirm',
	action: 'Confirm a reconciliation match',
	description: 'Accept a suggested match. A match is never confirmed twice.',
	fields: { match },
	request: ({ match }) => ({ path: { id: match } }),
});
