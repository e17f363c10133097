import { conflictIn } from '../../nodes/Fondo/instructionPayments';

const [A, B] = ['49ad7378-121c-4a53-9894-dfd14a7b4877', '5b0e5f5c-8a8e-4f0e-9d0c-2f6f4f2f9a11'];
const payments = [
	{ account: A, amount: 997, clientRef: 'P-1' },
	{ account: B, amount: 250.5, clientRef: 'P-2' },
];

test.each<[string, unknown]>([
	['the same payments', payments],
	['another order', [...payments].reverse()],
	[
		'amounts as text and IDs in capitals',
		payments.map(({ account, amount }) => ({ account: account.toUpperCase(), amount: `${amount}0`.replace('9970', '997.00') })),
	],
	['no accounts', payments.map(({ amount }) => ({ amount }))],
	['a part', payments.slice(1)],
	['no payments', undefined],
	['no amounts', payments.map(({ account }) => ({ account }))],
])('an instruction that shows %s is what was asked for', (_, instructions) => {
	expect(conflictIn(payments, { instructions } as never)).toBeUndefined();
});

test.each<[string, object[], string]>([
	[
		'amounts in öre',
		payments.map(({ account, amount }) => ({ account, amount: amount * 100 })),
		'payment 1 otherwise: amount was 99700, now 997 (a hundred times as much',
	],
	['another account', [payments[0], { account: A, amount: 250.5 }], 'payment 2 otherwise: creditAccount'],
	['a payment twice', [payments[0], payments[0]], 'payment 2 otherwise'],
	['one payment more', [...payments, payments[0]], 'a payment that was not asked for'],
])('an instruction that shows %s is not', (_, instructions, words) => {
	expect(conflictIn(payments, { instructions } as never)).toContain(words.replace('creditAccount', 'account'));
});

test('thousands of payments are compared in linear time', () => {
	const many = Array.from({ length: 20_000 }, (_, index) => ({ account: A, amount: index + 1, clientRef: `P-${index}` }));
	expect(conflictIn(many, { instructions: [...many].reverse() })).toBeUndefined();
	expect(conflictIn(many, { instructions: many.map((payment) => ({ ...payment, amount: payment.amount + 1 })).reverse() })).toContain(
		'payment 1 otherwise',
	);
});
