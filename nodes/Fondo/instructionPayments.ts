import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/core/isObject';
import { foldLookAlikes } from '../shared/core/lookAlikes';
import { contentFingerprint } from '../shared/writes/canonical';
import { diff } from '../shared/writes/diff';

type Row = IDataObject | undefined;

/** Whether a payment has the reference that the node derives from its number, not one of its own. */
export const hasDerivedReference = ({ clientRef }: IDataObject, reference: string) => {
	const folded = foldLookAlikes(String(clientRef));
	return folded === reference || folded.startsWith(`${reference}+`);
};

/** The payments without derived references: the same payments in another order are the same. */
export const withoutDerivedReferences = (payments: readonly IDataObject[], reference: string) =>
	payments.map((payment) => (hasDerivedReference(payment, reference) ? { ...payment, clientRef: undefined } : payment));

const said = (account: unknown, amount: unknown) => contentFingerprint({ account, amount });

/**
 * What the rows show other than the payments, for the first payment that differs. `rows` has the row of each payment's reference.
 * Derived references follow the order of the payments, so their rows are compared as a set.
 */
export function differenceIn(payments: readonly IDataObject[], rows: readonly Row[], reference: string) {
	const differing = payments.map(({ account, amount }, index) => {
		const row = rows[index];
		return row === undefined ? undefined : diff({ creditAccount: account, amount }, row);
	});
	const open = new Map<string, number>();
	payments.forEach((payment, index) => {
		const isOpen = hasDerivedReference(payment, reference) && (rows[index] === undefined || differing[index] !== undefined);
		const key = said(payment.account, payment.amount);
		if (isOpen) open.set(key, (open.get(key) ?? 0) + 1);
	});
	const index = payments.findIndex((payment, at) => {
		if (differing[at] === undefined) return false;
		const key = said(rows[at]?.creditAccount, rows[at]?.amount);
		const left = hasDerivedReference(payment, reference) ? (open.get(key) ?? 0) : 0;
		open.set(key, left - 1);
		return left < 1;
	});
	return index === -1 ? undefined : { index, differing: differing[index] };
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** What an instruction shows other than its payments, whose order does not matter; undefined where it shows nothing else. */
export function conflictIn(payments: readonly IDataObject[], { instructions }: IDataObject): string | undefined {
	const rows = Array.isArray(instructions) ? instructions.filter(isObject).filter(({ amount }) => isGiven(amount)) : [];
	const hasAccounts = rows.every(({ account }) => isGiven(account));
	const keyOf = ({ account, amount }: IDataObject) => said(hasAccounts ? account : undefined, amount);
	const open = new Map<string, number>();
	for (const payment of payments) open.set(keyOf(payment), (open.get(keyOf(payment)) ?? 0) + 1);
	const index = rows.findIndex((row) => {
		const left = open.get(keyOf(row)) ?? 0;
		open.set(keyOf(row), left - 1);
		return left < 1;
	});
	if (index === -1) return undefined;
	const { account, amount } = payments[index] ?? {};
	const differing = diff({ account: hasAccounts ? account : undefined, amount }, rows[index]);
	return `Fondo shows ${differing === undefined ? 'a payment that was not asked for' : `payment ${index + 1} otherwise: ${differing}`}.`;
}
