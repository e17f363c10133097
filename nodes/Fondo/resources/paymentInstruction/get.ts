import { operation } from '../../contract';
import { client } from '../../fields/client';
import { paymentInstruction } from '../../fields/paymentInstruction';

export const get = operation('GET /v2/partner/client/{client_id}/instruction/{instruction_id}', {
	name: 'Get',
	action: 'Get a payment instruction',
	description: 'Retrieve one autogiro instruction with its status',
	fields: { client, paymentInstruction },
	request: ({ client, paymentInstruction }) => ({ path: { client_id: client, instruction_id: paymentInstruction } }),
});
