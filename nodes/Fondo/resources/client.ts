import { optional, withCheck } from '../../shared/fields/field';
import { table } from '../../shared/fields/table';
import { text } from '../../shared/fields/text';
import { bySortedId, bySortedIdIfAny } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { Resource } from '../../shared/resource';
import { iban } from '../../shared/swedish/bankAccount';
import { organisationNumber } from '../../shared/swedish/identityNumber';
import { locator, operation, ofClient } from '../contract';
import { modifiedFrom } from '../fields';
import { simpleInstrument } from './instrument';

export const clientLocator = locator('GET /v2/partner/client', {
	label: 'Client',
	description: 'One of your clients at Fondo',
	example: '0c7a2f0e-2b2f-4d0e-9c4b-6f2f5f0f9a01',
	paging: bySortedId,
	show: ({ displayName, name, id }) => ({ name: displayName ?? name, value: id }),
});

const name = text({ label: 'Name', description: 'Registered name of the client', example: 'Advise AB' });
const displayName = text({ label: 'Display Name', description: 'The name that end customers see in journeys', example: 'Advise' });
/** The check digit is checked for Swedish numbers only. */
const crn = withCheck(
	(number, { country = 'SE' }) => (String(country).toUpperCase() === 'SE' ? organisationNumber(number) : undefined),
	text({ label: 'Company Registration Number', description: 'Organisation number of the client', example: '5560360793' }),
);
const country = text({ label: 'Country', description: 'Country code of two letters', example: 'SE' });

const serviceTypes = table({
	label: 'Service Types',
	row: 'Service Type',
	description: 'The services for the accounts of the client',
	fields: {
		accountServiceType: text({
			label: 'Account Service Type',
			description: 'Code of the service. Fondo documents only portfolioManagement.',
			example: 'portfolioManagement',
		}),
	},
});

const bankAccounts = optional(
	table({
		label: 'Fee Bank Accounts',
		row: 'Fee Bank Account',
		description:
			'Bank accounts for fees, one for each type of fee. Fondo does not say whether an update replaces the list or adds to it, so enter all of them.',
		fields: {
			feeType: text({ label: 'Fee Type', description: 'Type of fee. Ask Fondo for the codes.', example: 'client_fee' }),
			iban: withCheck(iban, text({ label: 'IBAN', description: 'Bank account for this fee', example: 'SE7280000810340009783242' })),
		},
	}),
);

export const client: Resource = {
	name: 'Client',
	operations: {
		create: operation('POST /v2/partner/client', {
			name: 'Create',
			action: 'Create a client',
			description: 'Register a company or a group of accounts as your client',
			fields: { name, displayName, crn, country, serviceTypes },
			optional: { bankAccounts },
			request: (details) => ({ body: details }),
		}),

		get: operation('GET /v2/partner/client/{client_id}', {
			name: 'Get',
			action: 'Get a client',
			description: 'Retrieve one of your clients',
			fields: { client: clientLocator },
			request: ofClient,
		}),

		getInstruments: operation('GET /v2/partner/client/{client_id}/instrument', {
			name: 'Get Instruments',
			action: 'Get the instruments of a client',
			description: 'List the funds that accounts of the client may trade',
			fields: { client: clientLocator },
			request: ofClient,
			output: many(bySortedIdIfAny),
			simple: simpleInstrument,
		}),

		getMany: operation('GET /v2/partner/client', {
			name: 'Get Many',
			action: 'Get many clients',
			description: 'List your clients, oldest first',
			fields: {},
			optional: { modifiedFrom },
			request: ({ modifiedFrom }) => ({ query: { modifiedFrom } }),
			output: many(bySortedId),
		}),

		update: operation('PATCH /v2/partner/client/{client_id}', {
			name: 'Update',
			action: 'Update a client',
			description: 'Change names, fee bank accounts or service types of a client. Fields that you leave out stay as they are.',
			fields: { client: clientLocator },
			optional: { bankAccounts, country, crn, displayName, name, serviceTypes },
			request: ({ client, ...changes }) => ({ path: { client_id: client }, body: changes }),
		}),
	},
};
