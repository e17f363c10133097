import { quantity } from '../../../shared/fields/amount';
import { choice } from '../../../shared/fields/choice';
import { shownFor } from '../../../shared/fields/field';
import { reference } from '../../../shared/fields/reference';
import { operation } from '../../api';
import { account } from '../../fields/account';
import { client } from '../../fields/client';
import { executorRef } from '../../fields/executorRef';
import { instrument } from '../../fields/instrument';
import { validateOnly } from '../../fields/validateOnly';

const orderType = choice({
	label: 'Order Type',
	description: 'A subscription invests an amount in the fund, a redemption sells units of it',
	options: { subscription: 'Subscription', redemption: 'Redemption' },
	initial: 'subscription',
});
const amount = quantity({ label: 'Amount', description: 'Amount to invest, in the currency of the account', example: '1500', decimals: 2 });
const units = quantity({ label: 'Units', description: 'Fund units to sell, at most seven decimals', example: '12.3456789', decimals: 7 });

export const create = operation('POST /v2/partner/client/{client_id}/order', {
	name: 'Create',
	action: 'Create a fund order',
	description: 'Place a subscription or a redemption. The same reference is never placed twice.',
	fields: { client, account, orderType, instrument, amount: shownFor({ orderType: ['subscription'] }, amount), units: shownFor({ orderType: ['redemption'] }, units), reference },
	optional: { executorRef, validateOnly },
	lookIn: { list: 'GET /v2/partner/client/{client_id}/order' },
	request: ({ client, account, orderType, instrument, amount, units, executorRef, validateOnly }) => ({
		path: { client_id: client },
		query: { 'validate-only': validateOnly ? 'true' : undefined },
		body: orderType === 'subscription' ? { orderType, account, instrument, amount, executorRef } : { orderType, account, instrument, units, executorRef },
	}),
});
