import type { IDataObject } from 'n8n-workflow';
import { quantity } from '../../shared/fields/amount';
import { boolean, choice } from '../../shared/fields/choice';
import type { Named } from '../../shared/fields/field';
import { visibleWhen } from '../../shared/fields/field';
import { joined } from '../../shared/fields/joined';
import { reference } from '../../shared/fields/reference';
import { text } from '../../shared/fields/text';
import { bySortedId } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import { jsonOf } from '../../shared/output/one';
import type { SimpleFields } from '../../shared/output/shape';
import { untilStatus } from '../../shared/output/untilStatus';
import type { Resource } from '../../shared/resource';
import { locator, operation, ofClient } from '../contract';
import { executorRef, modifiedFrom } from '../fields';
import { accountName, accountsOf, dayOf, instrumentName, instruments } from '../names';
import { isDead, ORDER_STATUSES } from '../orderStatus';
import { accountLocator, bankAccountLocator } from './account';
import { clientLocator } from './client';
import { instrumentLocator } from './instrument';

const orders = {
	label: 'Order',
	example: '7d3f0b52-9a41-4c1e-8f55-0c6b6f1f2a10',
	paging: bySortedId,
	parents: ['client'],
	request: ofClient,
	names: [{ list: instruments }, accountsOf(({ account }) => account)],
	show: ({ clientRef, id, orderType, instrument, account, status, createdDate }: IDataObject, named: Named) => ({
		name: joined(', ', [
			`${String(clientRef ?? id)} (${joined(' ', [orderType, instrumentName(instrument, named)])}, ${String(status)})`,
			accountName(account, named),
			dayOf(createdDate),
		]),
		value: id,
		also: instrument,
	}),
};

const orderLocator = locator('GET /v2/partner/client/{client_id}/order', {
	...orders,
	description: 'The fund order. Search by reference, instrument, account, day or status.',
});

const cancelableLocator = locator('GET /v2/partner/client/{client_id}/order', {
	...orders,
	description: 'The fund order that is not sent to the fund yet, the newest first. Search by reference, instrument, account or day.',
	method: 'searchOpenOrder',
	offers: ({ status }) => !/^(sent|confirmed|settled|cancell?ed)$/i.test(String(status)),
	madeAt: ({ createdDate }) => createdDate,
});

const simpleOrder: SimpleFields = {
	id: 'id',
	clientRef: 'clientRef',
	status: 'status',
	orderType: 'orderType',
	account: 'account',
	instrument: 'instrument',
	amount: 'amount',
	units: 'units',
	createdDate: 'createdDate',
	modifiedDate: 'modifiedDate',
};

const orderType = choice({
	label: 'Order Type',
	description: 'A subscription invests an amount in the fund, a redemption sells units of it',
	options: { subscription: 'Subscription', redemption: 'Redemption' },
	initial: 'subscription',
});
const amount = quantity({ label: 'Amount', description: 'Amount to invest, in the currency of the account', example: '1500', decimals: 2 });
const unitsOf = (example: string) =>
	quantity({ label: 'Units', description: 'Fund units to sell, at most seven decimals', example, decimals: 7 });
const validateOnly = boolean({ label: 'Validate Only', description: 'Whether to let Fondo check the order without placing it' });
const paymentAccount = text({
	label: 'Payment Account',
	description: "ID of an account. Fondo's documentation does not say what it is for; leave it out unless Fondo asks for it.",
	example: '5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11',
});

const ofOrder = ({ client, order }: Record<'client' | 'order', string>) => ({
	path: { client_id: client, order_id: order },
});

export const order: Resource = {
	name: 'Order',
	operations: {
		cancel: operation('DELETE /v2/partner/client/{client_id}/order/{order_id}', {
			isAct: true,
			name: 'Cancel',
			action: 'Cancel a fund order',
			description: 'Withdraw an order that has not been sent to the fund yet',
			fields: { client: clientLocator, order: cancelableLocator },
			request: ofOrder,
		}),

		create: operation('POST /v2/partner/client/{client_id}/order', {
			name: 'Create',
			action: 'Create a fund order',
			description: 'Place a subscription or a redemption. The same reference is never placed twice.',
			fields: {
				client: clientLocator,
				account: accountLocator,
				orderType,
				instrument: instrumentLocator,
				amount: visibleWhen({ orderType: ['subscription'] }, amount),
				units: visibleWhen({ orderType: ['redemption'] }, unitsOf('12.3456789')),
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
		}),

		get: operation('GET /v2/partner/client/{client_id}/order/{order_id}', {
			name: 'Get',
			action: 'Get a fund order',
			description: 'Retrieve one order with its status',
			fields: { client: clientLocator, order: orderLocator },
			request: ofOrder,
			simple: simpleOrder,
		}),

		getMany: operation('GET /v2/partner/client/{client_id}/order', {
			name: 'Get Many',
			action: 'Get many fund orders',
			description: 'List the orders of a client, oldest first',
			fields: { client: clientLocator },
			optional: { modifiedFrom },
			request: ({ client, modifiedFrom }) => ({ path: { client_id: client }, query: { modifiedFrom } }),
			output: many(bySortedId),
			simple: simpleOrder,
		}),

		redeemAndPayOut: operation('POST /v2/partner/client/{client_id}/order/withdrawal', {
			name: 'Redeem and Pay Out',
			action: 'Redeem fund units and pay out the proceeds',
			description: 'Sell units and send the proceeds to a bank account. The same reference is never placed twice.',
			fields: {
				client: clientLocator,
				account: accountLocator,
				instrument: instrumentLocator,
				units: unitsOf('10.5'),
				bankAccount: bankAccountLocator,
				executorRef,
				reference,
			},
			optional: { paymentAccount, validateOnly },
			lookup: { list: 'GET /v2/partner/client/{client_id}/order' },
			request: ({ client, account, instrument, units, bankAccount, executorRef, paymentAccount, validateOnly }) => ({
				path: { client_id: client },
				query: { 'validate-only': validateOnly ? 'true' : undefined },
				body: { orderType: 'redemption', account, instrument, units, bankAccount, executorRef, paymentAccount },
			}),
		}),

		waitUntil: operation('GET /v2/partner/client/{client_id}/order/{order_id}', {
			name: 'Wait Until',
			action: 'Wait until an order is settled',
			description:
				"Pause this execution until an order has a status, can never have it, or the time is over. Lead the outcome 'waiting' back to this node.",
			fields: { client: clientLocator, order: orderLocator },
			request: ofOrder,
			output: untilStatus({
				what: 'The order',
				statuses: ORDER_STATUSES,
				initial: 'settled',
				isDead,
				identityOf: ({ request: { path = {} } }) => ({ id: path.order_id, clientId: path.client_id }),
				read: async ({ client, request }) => jsonOf((await client(request)).body),
			}),
		}),
	},
};
