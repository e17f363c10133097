import { isObject } from '../../shared/core/isObject';
import { joined } from '../../shared/fields/joined';
import { inOneCall } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { Resource } from '../../shared/resource';
import { locator, operation, ofAccount, ofClient } from '../contract';
import { accountName, accountsOf, instrumentName, instruments } from '../names';
import { accountLocator, bankAccountLocator } from './account';
import { clientLocator } from './client';

const allocationPlanLocator = locator('GET /v2/partner/client/{client_id}/allocationplan', {
	label: 'Allocation Plan',
	description: 'The plan that spreads incoming cash over funds. Search by its account or by one of its funds.',
	example: '8d2b5c6a-77a1-4d0c-8f43-2f1f0d0a5b21',
	paging: inOneCall,
	parents: ['client'],
	request: ofClient,
	names: [{ list: instruments }, accountsOf(({ account }) => account)],
	show: ({ id, account, instruments: shares }, named) => ({
		name: joined(': ', [
			accountName(account, named),
			joined(
				', ',
				(Array.isArray(shares) ? shares : [])
					.filter(isObject)
					.map(({ allocation, instrument }) => `${String(allocation)} % ${String(instrumentName(instrument, named))}`),
			),
		]),
		value: id,
		also: JSON.stringify([account, shares]),
	}),
});

export const allocationPlan: Resource = {
	name: 'Allocation Plan',
	operations: {
		get: operation('GET /v2/partner/client/{client_id}/allocationplan/{allocation_plan_id}', {
			name: 'Get',
			action: 'Get an allocation plan',
			description: 'Retrieve one plan with the share of each fund in percent',
			fields: { client: clientLocator, allocationPlan: allocationPlanLocator },
			request: ({ client, allocationPlan }) => ({ path: { client_id: client, allocation_plan_id: allocationPlan } }),
		}),

		getMany: operation('GET /v2/partner/client/{client_id}/allocationplan', {
			name: 'Get Many',
			action: 'Get many allocation plans',
			description: 'List the plans of all accounts of a client',
			fields: { client: clientLocator },
			request: ofClient,
			output: many(inOneCall),
		}),

		getOfAccount: operation('GET /v2/partner/client/{client_id}/allocationplan/account/{account_id}', {
			name: 'Get of Account',
			action: 'Get the allocation plan of an investor account',
			description: 'Retrieve the plan that invests the cash of one account',
			fields: { client: clientLocator, account: accountLocator },
			request: ofAccount,
		}),

		update: operation('PATCH /v2/partner/client/{client_id}/allocationplan/{allocation_plan_id}', {
			name: 'Update',
			action: 'Update an allocation plan',
			description: 'Change the bank account that the plan draws from by autogiro. To remove it, use Raw JSON Body { "bankAccount": null }.',
			fields: { client: clientLocator, allocationPlan: allocationPlanLocator },
			optional: { bankAccount: bankAccountLocator },
			request: ({ client, allocationPlan, bankAccount }) => ({
				path: { client_id: client, allocation_plan_id: allocationPlan },
				body: { bankAccount },
			}),
		}),
	},
};
