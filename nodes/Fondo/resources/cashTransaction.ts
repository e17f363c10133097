import type { IDataObject } from 'n8n-workflow';
import { joined } from '../../shared/fields/joined';
import { bySortedId } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { SimpleFields } from '../../shared/output/shape';
import type { Resource } from '../../shared/resource';
import { locator, operation, ofClient } from '../contract';
import { modifiedFrom, ref, refType } from '../fields';
import { accountName, accountsOf, dayOf } from '../names';
import { clientLocator } from './client';

const accountOf = ({ creditAccount, debitAccount }: IDataObject) => creditAccount ?? debitAccount;

const cashTransactionLocator = locator('GET /v2/partner/client/{client_id}/transaction/cash', {
	label: 'Cash Transaction',
	description: 'The cash transaction. Search by kind, account, reference or day.',
	example: 'c2f7d3aa-8f7d-4f40-8a8f-0d3f5d7b9c12',
	paging: bySortedId,
	parents: ['client'],
	request: ofClient,
	names: [accountsOf(accountOf)],
	show: (row, named) => {
		const { transactionType, amount, currency, clientRef, ref, createdDate, id } = row;
		return {
			name: joined(', ', [
				joined(' ', [transactionType, amount, currency]),
				accountName(accountOf(row), named),
				clientRef ?? ref,
				dayOf(createdDate),
			]),
			value: id,
		};
	},
});

export const simpleCashTransaction: SimpleFields = {
	id: 'id',
	transactionType: 'transactionType',
	amount: 'amount',
	currency: 'currency',
	clientRef: 'clientRef',
	ref: 'ref',
	refType: 'refType',
	aborted: 'aborted',
	createdDate: 'createdDate',
	settlementDate: 'settlementDate',
};

export const cashTransaction: Resource = {
	name: 'Cash Transaction',
	operations: {
		get: operation('GET /v2/partner/client/{client_id}/transaction/cash/{transaction_id}', {
			name: 'Get',
			action: 'Get a cash transaction',
			description: 'Retrieve one movement of cash',
			fields: { client: clientLocator, cashTransaction: cashTransactionLocator },
			request: ({ client, cashTransaction }) => ({ path: { client_id: client, transaction_id: cashTransaction } }),
			simple: simpleCashTransaction,
		}),

		getMany: operation('GET /v2/partner/client/{client_id}/transaction/cash', {
			name: 'Get Many',
			action: 'Get many cash transactions',
			description: 'List the movements of cash on all accounts of a client, oldest first',
			fields: { client: clientLocator },
			optional: { modifiedFrom, ref, refType },
			request: ({ client, modifiedFrom, ref, refType }) => ({
				path: { client_id: client },
				query: { modifiedFrom, ref, reftype: refType },
			}),
			output: many(bySortedId),
			simple: simpleCashTransaction,
		}),
	},
};
