import { idOnly } from '../../shared/fields/locator';

export const bankAccount = idOnly({
	label: 'Bank Account',
	description: "The bank account of the owner, by the ID that stands under 'bankAccounts' of the investor account",
	example: '5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11',
});
