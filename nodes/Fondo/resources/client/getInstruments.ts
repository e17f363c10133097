import { many } from '../../../shared/output/many';
import { bySortedIdIfAny } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { client } from '../../fields/client';
import * as simple from '../../fields/simple';

export const getInstruments = operation('GET /v2/partner/client/{client_id}/instrument', {
	name: 'Get Instruments',
	action: 'Get the instruments of a client',
	description: 'List the funds that accounts of the client may trade',
	fields: { client },
	request: ({ client }) => ({ path: { client_id: client } }),
	output: many(bySortedIdIfAny),
	simple: simple.instrument,
});
