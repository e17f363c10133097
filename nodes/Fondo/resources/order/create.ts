import { reference } from '../../../shared/fields/reference';
import { operation } from '../../contract';
import { account } from '../../fields/account';
import { client } from '../../fields/client';
import { executorRef } from '../../fields/executorRef';
import { instrument } from '../../fields/instrument';
import { amount, orderType, units } from '../../fields/orderDetails';
import { validateOnly } from '../../fields/validateOnly';

export const create = operation('POST /v2/partner/client/{client_id}/order', {
	name: 'Create',
	action: 'Create a fund order',
	description: 'Place a subscription or a redemption. The same reference is never placed twice.',
	fields: {
		client,
		account,
		orderType,
		instrument,
		amount,
		units,
		reference,
	},
	optional: { executorRef, validateOnly },
	lookup: { list: 'GET /v2/partner/client/{client_id}/order' },
	request: ({ client, account, orderType, instrument, amount, units, executorRef, validateOnly }) => ({
		path: { client_id: client },
		query: { 'validate-only': validateOnly ? 'true' : undefined },
		body:
			orderType === 'subscription'
				? { orderType, account, instrument, amount, executorRef }
				: { orderType, account, instrument, units, executorRef },
	}),
});
