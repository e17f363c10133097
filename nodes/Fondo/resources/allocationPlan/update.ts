import { operation } from '../../contract';
import { allocationPlan } from '../../fields/allocationPlan';
import { bankAccount } from '../../fields/bankAccount';
import { client } from '../../fields/client';

export const update = operation('PATCH /v2/partner/client/{client_id}/allocationplan/{allocation_plan_id}', {
	name: 'Update',
	action: 'Update an allocation plan',
	description: 'Change the bank account from which the plan draws by autogiro. Raw JSON { "bankAccount": null } takes it away.',
	fields: { client, allocationPlan },
	optional: { bankAccount },
	request: ({ client, allocationPlan, bankAccount }) => ({
		path: { client_id: client, allocation_plan_id: allocationPlan },
		body: { bankAccount },
	}),
});
