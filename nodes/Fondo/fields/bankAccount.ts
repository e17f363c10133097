import { text } from '../../shared/fields/text';

export const bankAccount = text({
	label: 'Bank Account',
	description: "ID of a bank account of the owner, as it stands under 'bankAccounts' of the investor account",
	example: '5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11',
});
