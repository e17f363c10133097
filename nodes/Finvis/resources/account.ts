import type { Resource } from '../../shared/resource';
import { many } from '../../shared/output/many';
import { byPageNumber } from '../../shared/http/pagination';
import { locator, operation } from '../contract';
import { readIban } from '../accountByIban';
import { accountText, companies } from '../names';
import { companyLocator } from './company';

export const accountLocator = locator('GET /accounts/', {
	label: 'Bank Account',
	description: 'The bank account. Search by company, bank, name or number.',
	example: '9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c',
	modes: { iban: { label: 'By IBAN', example: 'SE4550000000058398257466', read: readIban } },
	paging: byPageNumber,
	names: [{ list: companies }],
	show: (row, named) => ({ name: accountText(row, named), value: row.id, also: row.iban }),
});

export const account: Resource = {
	name: 'Bank Account',
	operations: {
		get: operation('GET /accounts/{id}', {
			name: 'Get',
			action: 'Get a bank account',
			description: 'Retrieve one bank account with its booked and available balance',
			fields: { account: accountLocator },
			request: ({ account }) => ({ path: { id: account } }),
		}),
		getMany: operation('GET /accounts/', {
			name: 'Get Many',
			action: 'Get many bank accounts',
			description: 'List bank accounts with their booked and available balances',
			fields: {},
			optional: { company: companyLocator },
			request: ({ company }) => ({ query: { company_id: company } }),
			output: many(byPageNumber),
		}),
	},
};
