import { many } from '../../../shared/output/many';
import { bySortedId } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { account } from '../../fields/account';
import { client } from '../../fields/client';
import { modifiedFrom } from '../../fields/modifiedFrom';
import * as simple from '../../fields/simple';

export const getCashTransactions = operation('GET /v2/partner/client/{client_id}/account/{account_id}/transaction/cash', {
	name: 'Get Cash Transactions',
	action: 'Get the cash transactions of an investor account',
	description: 'List the movements of cash on one account, oldest first',
	fields: { client, account },
	optional: { modifiedFrom },
	request: ({ client, account, modifiedFrom }) => ({ path: { client_id: client, account_id: account }, query: { modifiedFrom } }),
	output: many(bySortedId),
	simple: simple.cashTransaction,
});
