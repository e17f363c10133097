import { many } from '../../../shared/output/many';
import { bySortedId } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { client } from '../../fields/client';
import { modifiedFrom } from '../../fields/modifiedFrom';
import { ref, refType } from '../../fields/ref';
import * as simple from '../../fields/simple';

export const getMany = operation('GET /v2/partner/client/{client_id}/transaction/fund', {
	name: 'Get Many',
	action: 'Get many fund transactions',
	description: 'List the movements of fund units on all accounts of a client, oldest first',
	fields: { client },
	optional: { modifiedFrom, ref, refType },
	request: ({ client, modifiedFrom, ref, refType }) => ({ path: { client_id: client }, query: { modifiedFrom, ref, reftype: refType } }),
	output: many(bySortedId),
	simple: simple.fundTransaction,
});
