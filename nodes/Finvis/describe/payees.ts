import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { compare, isDecimal } from '../../shared/core/decimal';
import { isObject } from '../../shared/core/isObject';
import { foldLookAlikes } from '../../shared/core/lookAlikes';
import { UserError } from '../../shared/core/userError';
import type { Field, ValuesOf } from '../../shared/fields/field';
import { readFields } from '../../shared/fields/readFields';
import { contentFingerprint } from '../../shared/writes/canonical';
import { markIn, markOf, referenceHalf, withoutMarks } from '../batchName';
import type { Batch } from '../controls/batch';
import { totalsOf } from '../controls/batch';
import { payment, paymentsOf, withoutDerivedIds } from '../payments';

export type Payment = ValuesOf<typeof payment>;

const FORM = '[{ "amount": "12500.00", "creditorName": "…", "creditorAccountType": "bankgiro", "creditorAccount": "5050-1055" }]';

/** The payments of a batch as a list from an expression, each with the fields of Create by their names. */
export const givenPayments: Field<Payment[]> = {
	property: {
		displayName: 'Payments',
		type: 'json',
		default: '',
		required: true,
		placeholder: `e.g. ${FORM}`,
		description:
			'The payments that the batch was made of, as a list: amount, creditorName, creditorAccountType, creditorAccount, message and endToEndId of each, as Create got them. Finvis does not show them, so an expression takes them from the node that read them. The node refuses payments that are not those of the batch.',
	},
	example: [
		{
			amount: '12500.00',
			creditorName: 'Nordic Supplies AB',
			creditorAccountType: 'iban',
			creditorAccount: 'SE3550000000054910000003',
		},
	],
	read: (value, context) => {
		const given: unknown = typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
		if (!Array.isArray(given) || given.length === 0 || !given.every(isObject))
			return new UserError('is not a list of payments', `Give a list such as ${FORM}.`);
		return given.map((row, index) => readFields(payment, (name) => row[name], context, { name: 'Payment', number: index + 1 }));
	},
};

/** References that the name of a batch may be made of: all of it, and what is in brackets at its end. */
function referencesIn(name: unknown): string[] {
	const folded = foldLookAlikes(withoutMarks(String(name ?? '')));
	const tails: string[] = [];
	if (folded.endsWith(')'))
		for (let at = folded.indexOf(' ('); at !== -1; at = folded.indexOf(' (', at + 1)) tails.push(folded.slice(at + 2, -1));
	return [folded, ...tails];
}

const others = (rule: string) =>
	new UserError(
		'These payments are not those of the batch',
		`${rule} Nothing was described. Give the payments from which the batch was made, with the same payees, accounts, amounts and messages.`,
	);

/**
 * Whether this node made the batch of these payments: then the mark in its name proves each payee, account, amount and text.
 * False where the name has no mark of this node. Throws a UserError for payments that are not those of the batch.
 */
export function areProven(batch: Batch & IDataObject, payments: readonly Payment[], markKey: string): boolean {
	const { total_amount: total, payment_count: count } = totalsOf({ payments: payments.map(({ amount }) => ({ amount })) });
	if (isDecimal(batch.total_amount) && compare(batch.total_amount, total) !== 0)
		throw others(`They come to ${String(total)}, and the batch to ${String(batch.total_amount)}.`);
	if (isDecimal(batch.payment_count) && Number(batch.payment_count) !== count)
		throw others(`They are ${String(count)}, and the batch has ${String(batch.payment_count)}.`);
	const mark = markIn(batch.name);
	const { account_id, execution_date, currency } = batch;
	if (mark === undefined || [account_id, execution_date, currency].includes(undefined)) return false;
	const isOfReference = (reference: string) => referenceHalf(markOf(markKey, reference, '')) === referenceHalf(mark);
	const reference = referencesIn(batch.name).find(isOfReference);
	if (reference === undefined) return false;
	const paid = {
		account_id,
		execution_date,
		currency,
		payments: withoutDerivedIds(paymentsOf(payments, String(currency), reference), reference),
	};
	if (markOf(markKey, reference, contentFingerprint(paid)) === mark) return true;
	throw others('A payee, an account, a text or a single amount is another one than was sent to Finvis.');
}
