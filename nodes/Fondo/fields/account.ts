import { bySortedId } from '../../shared/http/pagination';
import { locator } from '../contract';
import { personalNumberOf } from './personalNumber';

const ownerName = (owner: unknown) =>
	typeof owner === 'object' && owner !== null && 'fullName' in owner ? `${String(owner.fullName)}, ` : '';

export const account = locator('GET /v2/partner/client/{client_id}/account', {
	label: 'Investor Account',
	description: 'The investor account of the client. Search by name, number or owner, or type a personal number.',
	example: '49ad7378-121c-4a53-9894-dfd14a7b4877',
	paging: bySortedId,
	parents: ['client'],
	request: ({ client }) => ({ path: { client_id: client } }),
	show: ({ name, ref, owner, id }) => ({ name: `${ownerName(owner)}${String(name)} (${String(ref)})`, value: id }),
	narrow: (filter) => {
		const ssn = personalNumberOf(filter);
		return ssn === undefined ? undefined : { ssn };
	},
});
