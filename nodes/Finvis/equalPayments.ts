import { choice } from '../shared/fields/choice';
import type { Finding } from '../shared/fields/field';
import { LONGEST_NAME } from '../shared/swedish/bankText';
import { mask } from '../shared/swedish/masking';
import { contentFingerprint } from '../shared/writes/canonical';
import type { Payment } from './payments';
import { payment } from './payments';

/** For each row that says the same as an earlier row by `of`: the indexes of both. Linear in the number of rows. */
function repeated<T>(rows: readonly T[], of: (row: T) => string | undefined): Array<[index: number, earlier: number]> {
	const first = new Map<string, number>();
	return rows.flatMap((row, index): Array<[number, number]> => {
		const key = of(row);
		const earlier = key === undefined ? undefined : first.get(key);
		if (earlier !== undefined) return [[index, earlier]];
		if (key !== undefined) first.set(key, index);
		return [];
	});
}

export const duplicateRows = choice({
	label: 'Duplicate Rows',
	description:
		'What to do when two payments of the batch have the same payee, account, amount and message. Stop: the node sends nothing. Warn: the node sends them, and the receipt lists them.',
	options: { allow: 'Allow', stop: 'Stop', warn: 'Warn' },
	initial: 'stop',
});

/** A finding for each payment that has the end-to-end ID of an earlier one, or is equal to one of the same batch. */
export function equalPayments<T extends Partial<Payment>>(
	payments: readonly T[],
	duplicateRows: 'allow' | 'stop' | 'warn',
	batchOf: (row: T) => string = () => '',
	word: 'Payment' | 'Row' = 'Payment',
): Finding[] {
	const find = (pairs: Array<[number, number]>, finding: Pick<Finding, 'field' | 'advice' | 'severity'>, what: string) =>
		pairs.map(([index, earlier]): Finding => {
			const { creditorName, amount } = payments[index];
			const rule = `has the same ${what} as ${word.toLowerCase()} ${earlier + 1}`;
			const seen = `${mask(String(creditorName ?? '').slice(0, LONGEST_NAME))}, ${String(amount)}`;
			return { ...finding, row: index + 1, seen, rule, message: `${word} ${index + 1} ${rule}` };
		});
	const sameId = repeated(payments, ({ endToEndId }) => endToEndId?.toLowerCase());
	const same = repeated(payments, (row) => {
		const { creditorName, creditorAccount, amount, message: said } = row;
		return creditorName === undefined || creditorAccount === undefined || amount === undefined
			? undefined
			: contentFingerprint({ creditorName, creditorAccount, amount, said, batch: batchOf(row) });
	});
	return [
		...find(
			sameId,
			{
				field: payment.endToEndId.property.displayName,
				advice: 'Give each payment its own, or leave the field empty: then the node makes them.',
				severity: 'stop',
			},
			'End-to-End ID',
		),
		...find(
			duplicateRows === 'allow' ? [] : same,
			{
				advice: "Take one of the two out. If both are right, choose Warn or Allow for 'Duplicate Rows' in the additional fields.",
				severity: duplicateRows === 'warn' ? 'warning' : 'stop',
			},
			'payee, account, amount and message',
		),
	];
}
