import { idOnly } from '../../shared/fields/locator';

export const paymentInstruction = idOnly({
	label: 'Payment Instruction',
	description: 'The instruction, by the ID that its creation answered. Fondo has no list of instructions.',
	example: '6a9e7c55-0f1e-4f5a-b9f4-7d2a3c1b0e99',
});
