import { many } from '../../../shared/output/many';
import { inOneCall } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { client } from '../../fields/client';
import { paymentInstruction } from '../../fields/paymentInstruction';

export const getPayments = operation('GET /v2/partner/client/{client_id}/instruction/{instruction_id}/payment', {
	name: 'Get Payments',
	action: 'Get the payments of a payment instruction',
	description: 'List the payments of an instruction, with the reason where one failed',
	fields: { client, paymentInstruction },
	request: ({ client, paymentInstruction }) => ({ path: { client_id: client, instruction_id: paymentInstruction } }),
	output: many(inOneCall),
});
