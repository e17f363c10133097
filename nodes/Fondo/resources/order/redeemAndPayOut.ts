import { quantity } from '../../../shared/fields/amount';
import { reference } from '../../../shared/fields/reference';
import { text } from '../../../shared/fields/text';
import { operation } from '../../contract';
import { account } from '../../fields/account';
import { bankAccount } from '../../fields/bankAccount';
import { client } from '../../fields/client';
import { executorRef } from '../../fields/executorRef';
import { instrument } from '../../fields/instrument';
import { validateOnly } from '../../fields/validateOnly';

const units = quantity({ label: 'Units', description: 'Fund units to sell, at most seven decimals', example: '10.5', decimals: 7 });
const paymentAccount = text({
	label: 'Payment Account',
	description: 'ID of an account that Fondo names without saying what it is for; leave it out unless Fondo asks for it',
	example: '5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11',
});

export const redeemAndPayOut = operation('POST /v2/partner/client/{client_id}/order/withdrawal', {
	name: 'Redeem and Pay Out',
	action: 'Redeem fund units and pay out the proceeds',
	description: 'Sell units and send the proceeds to a bank account. The same reference is never placed twice.',
	fields: { client, account, instrument, units, bankAccount, executorRef, reference },
	optional: { paymentAccount, validateOnly },
	lookup: { list: 'GET /v2/partner/client/{client_id}/order' },
	request: ({ client, account, instrument, units, bankAccount, executorRef, paymentAccount, validateOnly }) => ({
		path: { client_id: client },
		query: { 'validate-only': validateOnly ? 'true' : undefined },
		body: { orderType: 'redemption', account, instrument, units, bankAccount, executorRef, paymentAccount },
	}),
});
