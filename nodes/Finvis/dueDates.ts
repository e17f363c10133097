import type { IDataObject } from 'n8n-workflow';
import { foldId } from '../shared/core/lookAlikes';
import { batchReference } from '../shared/core/reference';
import { UserError } from '../shared/core/userError';
import type { Values, ValuesOf } from '../shared/fields/field';
import type { Part } from '../shared/operation';
import { bankDayFrom } from '../shared/swedish/bankDay';
import { totalsOf } from './controls/batch';
import type { Controls } from './controls/checks';
import { checkTotals } from './controls/checks';
import type { payment } from './payments';

/** The day on which the bank is asked to pay. */
export const executionDayOf = (date: string, bankDay: string | undefined) => (bankDay === 'next' ? bankDayFrom(date) : date);

/** A row of a sheet that becomes one batch per due date: a payment, and what tells its batch from the others. */
export type DatedRow = ValuesOf<typeof payment> & {
	readonly account: string;
	readonly executionDate: string;
	readonly bankDay?: string;
	readonly currency?: string;
};

/** What all payments of a batch share. Rows that cannot be read in whole have none. */
interface Target {
	readonly day: string;
	readonly currency: string;
	readonly account: string;
}

function targetOf({ account, executionDate, bankDay, currency = 'SEK' }: Partial<DatedRow>): Target | undefined {
	if (account === undefined || executionDate === undefined) return undefined;
	return { day: executionDayOf(executionDate, bankDay), currency: currency.toUpperCase(), account: foldId(account) };
}

/** The same text for rows of the same batch. */
export const batchOfRow = (row: Partial<DatedRow>) => JSON.stringify(targetOf(row));

interface Group {
	readonly target: Target;
	readonly rows: readonly number[];
}

/** The rows of each batch, by day, currency and account: their order does not depend on that of the rows. */
function groupsOf(rows: ReadonlyArray<Partial<DatedRow>>): Group[] {
	const groups = new Map<string, { target: Target; rows: number[] }>();
	rows.forEach((row, index) => {
		const target = targetOf(row);
		if (target === undefined) return;
		const key = batchOfRow(row);
		const group = groups.get(key) ?? { target, rows: [] };
		groups.set(key, group);
		group.rows.push(index);
	});
	return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
}

/** The reference of each batch: the day, and the currency and the account where the rows have several. */
function namedGroups(rows: ReadonlyArray<Partial<DatedRow>>, reference: string): Array<Group & { readonly reference: string }> {
	const groups = groupsOf(rows);
	const hasSeveral = (name: 'currency' | 'account') => new Set(groups.map(({ target }) => target[name])).size > 1;
	const names = (['currency', 'account'] as const).filter(hasSeveral);
	return groups.map((group) => ({
		...group,
		reference: batchReference(
			reference,
			group.target.day,
			names.map((name) => group.target[name]),
		),
	}));
}

/** Control totals that hold for all batches together. */
function checkWhole(controls: Controls, rows: readonly DatedRow[], groups: readonly Group[]) {
	const currencies = [...new Set(groups.map(({ target }) => target.currency))];
	const { expectedTotal, expectedCount, expectedCurrency } = controls;
	if (currencies.length > 1 && (expectedTotal !== undefined || expectedCurrency !== undefined))
		throw new UserError(
			`'Expected ${expectedTotal === undefined ? 'Currency' : 'Total'}' cannot hold for payments in ${currencies.join(' and ')}`,
			'Nothing was sent. Remove the field, or run the rows of each currency on their own.',
		);
	checkTotals({ expectedTotal, expectedCount, expectedCurrency }, { ...totalsOf({ payments: [...rows] }), currency: currencies[0] });
}

/** One batch for each day, currency and account among the rows. */
export function batchesByDueDate(values: Values): Part[] {
	const { rows, reference, expectedTotal, expectedCount, expectedCurrency, ...shared } = values as Values &
		Controls & { rows: readonly DatedRow[]; reference: string };
	const groups = namedGroups(rows, reference);
	checkWhole({ expectedTotal, expectedCount, expectedCurrency }, rows, groups);
	const content = rows.map((row) => ({ ...row, ...targetOf(row), executionDate: undefined, bankDay: undefined, ocrControl: undefined }));
	return groups.map(({ target: { day, currency, account }, rows: own, reference: name }) => ({
		rows: own,
		values: {
			...shared,
			account,
			currency,
			executionDate: day,
			reference: name,
			rows: own.map((row) => rows[row]),
			whole: { reference, content },
		},
	}));
}

/** What a preview says of the batches. */
export const previewByDueDate = (rows: ReadonlyArray<Partial<DatedRow>>, reference: string | undefined): IDataObject[] =>
	groupsOf(rows).length === 0 || reference === undefined
		? []
		: namedGroups(rows, reference).map(({ target: { day, currency, account }, rows: own, reference: name }) => ({
				reference: name,
				execution_date: day,
				account_id: account,
				currency,
				...totalsOf({ payments: own.map((row) => ({ amount: rows[row].amount })) }),
			}));
