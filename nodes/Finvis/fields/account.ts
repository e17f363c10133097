import { byPageNumber } from '../../shared/http/pagination';
import { locator } from '../contract';

export const account = locator('GET /accounts/', {
	label: 'Bank Account',
	description: 'The bank account. Search by name, bank or IBAN.',
	example: '9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c',
	paging: byPageNumber,
	show: ({ name, bank, iban, currency, id }) => ({
		name: `${String(name)}, ${String(currency)} (${String(bank)} ${String(iban)})`,
		value: id,
	}),
});
