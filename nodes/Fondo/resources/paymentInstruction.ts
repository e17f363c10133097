import { paymentReference } from '../../shared/core/reference';
import { quantity } from '../../shared/fields/amount';
import { optional } from '../../shared/fields/field';
import { idOnly } from '../../shared/fields/locator';
import { reference } from '../../shared/fields/reference';
import { table } from '../../shared/fields/table';
import { text } from '../../shared/fields/text';
import { inOneCall } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { Resource } from '../../shared/resource';
import { operation } from '../contract';
import { accountLocator } from './account';
import { clientLocator } from './client';

const paymentInstructionLocator = idOnly({
	label: 'Payment Instruction',
	description: 'The ID that Create returned. Fondo has no list of instructions.',
	example: '6a9e7c55-0f1e-4f5a-b9f4-7d2a3c1b0e99',
});

const payments = table({
	label: 'Payments',
	row: 'Payment',
	description: 'What to draw by autogiro, and into which investor accounts',
	fields: {
		account: accountLocator,
		amount: quantity({ label: 'Amount', description: 'Amount in kronor', example: '110', decimals: 2 }),
		clientRef: optional(
			text({
				label: 'Payment Reference',
				description:
					'Your own unique reference of this payment. If it is empty, the node makes it from the reference and the number of the payment.',
				example: 'autogiro-2026-03-0042',
			}),
		),
	},
});

const ofInstruction = ({ client, paymentInstruction }: Record<'client' | 'paymentInstruction', string>) => ({
	path: { client_id: client, instruction_id: paymentInstruction },
});

export const paymentInstruction: Resource = {
	name: 'Payment Instruction',
	operations: {
		create: operation('POST /v2/partner/client/{client_id}/instruction/payment', {
			name: 'Create',
			action: 'Create a payment instruction',
			description: 'Draw payments into investor accounts by autogiro. This node never sends the same reference twice.',
			fields: { client: clientLocator, reference, payments },
			lookup: { list: 'GET /v2/partner/client/{client_id}/transaction/cash', filter: { transactionType: 'deposit' }, eventual: true },
			request: ({ client, payments, reference }) => ({
				path: { client_id: client },
				body: {
					type: 'autogiro',
					payments: payments.map(({ account, amount, clientRef }, index) => ({
						account,
						amount,
						clientRef: clientRef ?? paymentReference(reference, index, payments.length),
					})),
				},
			}),
		}),

		get: operation('GET /v2/partner/client/{client_id}/instruction/{instruction_id}', {
			name: 'Get',
			action: 'Get a payment instruction',
			description: 'Retrieve one autogiro instruction with its status',
			fields: { client: clientLocator, paymentInstruction: paymentInstructionLocator },
			request: ofInstruction,
		}),

		getPayments: operation('GET /v2/partner/client/{client_id}/instruction/{instruction_id}/payment', {
			name: 'Get Payments',
			action: 'Get the payments of a payment instruction',
			description: 'List the payments of an instruction, with the reason where one failed',
			fields: { client: clientLocator, paymentInstruction: paymentInstructionLocator },
			request: ofInstruction,
			output: many(inOneCall),
		}),
	},
};
