import { joined } from '../../shared/fields/joined';
import { bySortedId } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { SimpleFields } from '../../shared/output/shape';
import type { Resource } from '../../shared/resource';
import { locator, operation, ofClient } from '../contract';
import { modifiedFrom, ref, refType } from '../fields';
import { accountName, accountsOf, dayOf, instrumentName, instruments } from '../names';
import { clientLocator } from './client';

const fundTransactionLocator = locator('GET /v2/partner/client/{client_id}/transaction/fund', {
	label: 'Fund Transaction',
	description: 'The fund transaction. Search by kind, instrument, account, reference or day.',
	example: 'e5b1c0de-4c3a-4b55-a9df-6f1e2d3c4b5a',
	paging: bySortedId,
	parents: ['client'],
	request: ofClient,
	names: [{ list: instruments }, accountsOf(({ account }) => account)],
	show: ({ transactionType, units, instrument, account, clientRef, ref, createdDate, id }, named) => ({
		name: joined(', ', [
			joined(' ', [transactionType, units, instrumentName(instrument, named)]),
			accountName(account, named),
			clientRef ?? ref,
			dayOf(createdDate),
		]),
		value: id,
		also: instrument,
	}),
});

export const simpleFundTransaction: SimpleFields = {
	id: 'id',
	transactionType: 'transactionType',
	account: 'account',
	instrument: 'instrument',
	units: 'units',
	price: 'price',
	clientRef: 'clientRef',
	aborted: 'aborted',
	tradeDate: 'tradeDate',
	settlementDate: 'settlementDate',
};

export const fundTransaction: Resource = {
	name: 'Fund Transaction',
	operations: {
		get: operation('GET /v2/partner/client/{client_id}/transaction/fund/{transaction_id}', {
			name: 'Get',
			action: 'Get a fund transaction',
			description: 'Retrieve one movement of fund units',
			fields: { client: clientLocator, fundTransaction: fundTransactionLocator },
			request: ({ client, fundTransaction }) => ({ path: { client_id: client, transaction_id: fundTransaction } }),
			simple: simpleFundTransaction,
		}),

		getMany: operation('GET /v2/partner/client/{client_id}/transaction/fund', {
			name: 'Get Many',
			action: 'Get many fund transactions',
			description: 'List the movements of fund units on all accounts of a client, oldest first',
			fields: { client: clientLocator },
			optional: { modifiedFrom, ref, refType },
			request: ({ client, modifiedFrom, ref, refType }) => ({
				path: { client_id: client },
				query: { modifiedFrom, ref, reftype: refType },
			}),
			output: many(bySortedId),
			simple: simpleFundTransaction,
		}),
	},
};
