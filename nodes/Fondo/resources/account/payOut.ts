import { quantity } from '../../../shared/fields/amount';
import { reference } from '../../../shared/fields/reference';
import { text } from '../../../shared/fields/text';
import { operation } from '../../contract';
import { account } from '../../fields/account';
import { bankAccount } from '../../fields/bankAccount';
import { client } from '../../fields/client';
import { executorRef } from '../../fields/executorRef';

const amount = quantity({ label: 'Amount', description: 'Amount to pay out, in the currency of the account', example: '500', decimals: 2 });
const withdrawalType = text({
	label: 'Withdrawal Type',
	description: 'Named in the documentation of Fondo without its values; leave it out unless Fondo asks for it',
	example: 'standard',
});

export const payOut = operation('POST /v2/partner/client/{client_id}/account/{account_id}/withdrawal', {
	name: 'Pay Out',
	action: 'Pay out cash from an investor account',
	description: 'Send cash from the account to a bank account of its owner. The same reference is never paid out twice.',
	fields: { client, account, amount, executorRef, reference },
	optional: { bankAccount, withdrawalType },
	lookup: {
		list: 'GET /v2/partner/client/{client_id}/transaction/cash',
		filter: { transactionType: 'withdrawal' },
		match: { debitAccount: 'account_id' },
	},
	request: ({ client, account, amount, executorRef, bankAccount, withdrawalType }) => ({
		path: { client_id: client, account_id: account },
		body: { amount, executorRef, bankAccount, withdrawalType },
	}),
});
