import { iban } from '../../shared/swedish/iban';
import { organisationNumber } from '../../shared/swedish/organisationNumber';
import { withCheck, optional } from '../../shared/fields/field';
import { table } from '../../shared/fields/table';
import { text } from '../../shared/fields/text';

export const name = text({ label: 'Name', description: 'Registered name of the client', example: 'Advise AB' });
export const displayName = text({ label: 'Display Name', description: 'The name that end customers see in journeys', example: 'Advise' });
/** A registration number of another country is not judged. */
export const crn = withCheck(
	(number, { country = 'SE' }) => (String(country).toUpperCase() === 'SE' ? organisationNumber(number) : undefined),
	text({ label: 'Company Registration Number', description: 'Organisation number of the client', example: '5560360793' }),
);
export const country = text({ label: 'Country', description: 'Country code of two letters', example: 'SE' });

export const serviceTypes = table({
	label: 'Service Types',
	row: 'Service Type',
	description: 'The services under which accounts of the client are run',
	fields: {
		accountServiceType: text({
			label: 'Account Service Type',
			description: 'Code of the service; portfolioManagement is the one that Fondo documents',
			example: 'portfolioManagement',
		}),
	},
});

export const bankAccounts = optional(
	table({
		label: 'Fee Bank Accounts',
		row: 'Fee Bank Account',
		description:
			'Bank accounts for fees, each kind of fee once. Fondo does not say whether an update replaces the list or adds to it: give all of them.',
		fields: {
			feeType: text({ label: 'Fee Type', description: 'Kind of fee; ask Fondo for its codes', example: 'client_fee' }),
			iban: withCheck(iban, text({ label: 'IBAN', description: 'Bank account for this fee', example: 'SE7280000810340009783242' })),
		},
	}),
);
