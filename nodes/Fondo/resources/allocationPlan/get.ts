import { operation } from '../../contract';
import { allocationPlan } from '../../fields/allocationPlan';
import { client } from '../../fields/client';

export const get = operation('GET /v2/partner/client/{client_id}/allocationplan/{allocation_plan_id}', {
	name: 'Get',
	action: 'Get an allocation plan',
	description: 'Retrieve one plan with the share of each fund in percent',
	fields: { client, allocationPlan },
	request: ({ client, allocationPlan }) => ({ path: { client_id: client, allocation_plan_id: allocationPlan } }),
});
