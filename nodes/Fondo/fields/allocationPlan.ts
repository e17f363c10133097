import { inOneCall } from '../../shared/http/pagination';
import { locator } from '../contract';

export const allocationPlan = locator('GET /v2/partner/client/{client_id}/allocationplan', {
	label: 'Allocation Plan',
	description: 'The plan by which incoming cash is spread over funds. Search by its account or by a fund of it.',
	example: '8d2b5c6a-77a1-4d0c-8f43-2f1f0d0a5b21',
	paging: inOneCall,
	parents: ['client'],
	request: ({ client }) => ({ path: { client_id: client } }),
	show: ({ id, account, instruments }) => ({
		name: `${(Array.isArray(instruments) ? instruments : []).map((share: { instrument?: string; allocation?: number }) => `${share.allocation} % ${share.instrument}`).join(', ')} (account ${String(account)})`,
		value: id,
	}),
});
