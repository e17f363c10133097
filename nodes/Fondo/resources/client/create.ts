import { operation } from '../../contract';
import { bankAccounts, country, crn, displayName, name, serviceTypes } from '../../fields/clientDetails';

export const create = operation('POST /v2/partner/client', {
	name: 'Create',
	action: 'Create a client',
	description: 'Register a legal entity or a grouping of accounts as a client of yours',
	fields: { name, displayName, crn, country, serviceTypes },
	optional: { bankAccounts },
	request: (client) => ({ body: client }),
});
