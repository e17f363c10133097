import { operation } from '../../contract';
import { client } from '../../fields/client';
import { bankAccounts, country, crn, displayName, name, serviceTypes } from '../../fields/clientDetails';

export const update = operation('PATCH /v2/partner/client/{client_id}', {
	name: 'Update',
	action: 'Update a client',
	description: 'Change names, fee bank accounts or service types of a client; what is left out stays as it is',
	fields: { client },
	optional: { bankAccounts, country, crn, displayName, name, serviceTypes },
	request: ({ client, ...changes }) => ({ path: { client_id: client }, body: changes }),
});
