import type { IDataObject } from 'n8n-workflow';
import { compare, isDecimal, sum } from '../../shared/core/decimal';
import { foldId } from '../../shared/core/lookAlikes';
import { shownDay } from '../../shared/core/shownDay';
import { UserError } from '../../shared/core/userError';
import { today } from '../../shared/fields/date';
import type { Named } from '../../shared/fields/field';
import { byPageNumber } from '../../shared/http/pagination';
import type { SendRequest } from '../../shared/http/request';
import { jsonOf } from '../../shared/output/one';
import type { ResultMode, Shared } from '../../shared/output/resultMode';
import { BATCHES } from '../batchIndex';
import type { Batch } from '../controls/batch';
import { batchFingerprint } from '../controls/batch';
import { checkFingerprint } from '../controls/checks';
import { madeBatches } from '../controls/controlled';
import { accounts, accountText, batchTitle, companies, companyOf } from '../names';
import { payment as paymentFields } from '../payments';
import type { Payment } from './payees';
import { areProven } from './payees';
import { asHtml, asMarkdown, asText } from './render';
import { shownAmount, unusualIn } from './unusual';

async function batchAt(client: SendRequest, id: string, shared: Shared): Promise<Batch> {
	const isIt = (batch: IDataObject) => foldId(batch.id) === foldId(id);
	for await (const { rows } of byPageNumber(client, { route: BATCHES }, 200)) {
		const found = rows.find(isIt);
		if (found !== undefined) return jsonOf(found);
	}
	const made = madeBatches(shared.connection, shared.once).get(foldId(id));
	if (made !== undefined) return made;
	throw new UserError(
		`There is no payment batch '${id}' to describe`,
		'Finvis does not list it. Look at the ID, and at the batch in Finvis.',
	);
}

const typeName = (type: string) => {
	const options = paymentFields.creditorAccountType.property.options ?? [];
	return String(options.find((option) => 'value' in option && option.value === type)?.name ?? type);
};

const NOTES = {
	proven: 'Payees, accounts, amounts and messages are those that were sent to Finvis with this batch: its name proves it.',
	given: 'Payees, accounts and messages are as the workflow gives them. Only their total and their number agree with Finvis.',
	planned: 'This is a plan. Payees, accounts, amounts and messages are exactly those that Execute Plan would send.',
	unknown: 'Finvis does not show the payees of a batch here. Open it in Finvis to read them before you approve.',
} as const;

const USUAL = 'Nothing unusual is seen in the payments and the day. Whether a payee is new is not known here.';

interface Known {
	readonly payments: readonly Payment[] | undefined;
	readonly payees: keyof typeof NOTES;
	readonly named: Named;
	/** YYYY-MM-DD. */
	readonly todayIs: string;
}

type Fact = readonly [label: string, value: unknown];

/** What one batch is, for a person who approves it. `more` is what the operation adds to the letter. */
export function describe(
	batch: Batch,
	{ payments, payees, named, todayIs }: Known,
	more: { readonly facts: readonly Fact[]; readonly notes: readonly string[] } = { facts: [], notes: [] },
) {
	const { id, name, status, currency, execution_date: date } = batch;
	const amounts = payments?.map(({ amount }) => amount) ?? [];
	const total = isDecimal(batch.total_amount) || payments === undefined ? batch.total_amount : sum(amounts);
	const count = batch.payment_count ?? payments?.length;
	const largest = payments?.reduce((most, one) => (compare(one.amount, most.amount) > 0 ? one : most));
	const day = typeof date === 'string' ? shownDay(date) : undefined;
	const unusual = unusualIn(payments ?? [], currency, day, todayIs);
	const money = (amount: unknown) => `${shownAmount(amount)} ${String(currency ?? '')}`.trim();
	const account = accountText({ ...named(accounts, batch.account_id), company_id: undefined }, named) || batch.account_id;
	const fingerprint = batchFingerprint(batch);
	const facts: readonly Fact[] = [
		['Company', companyOf(batch, named)],
		['From', account],
		['Execution date', day ?? date],
		['Payments', count],
		['Total', total === undefined ? undefined : money(total)],
		['Largest', largest === undefined ? undefined : `${money(largest.amount)} to ${largest.creditorName}`],
		['Status', status],
		['Fingerprint', fingerprint],
		...more.facts,
	];
	const isGiven = ([, value]: Fact) => value !== undefined && value !== null && value !== '';
	const letter = {
		title: batchTitle(name) ?? String(id),
		facts: facts.filter(isGiven).map(([label, value]): readonly [string, string] => [label, String(value)]),
		columns: ['Payee', 'Account', 'Amount', 'Message'],
		rows: (payments ?? []).map((one) => [
			one.creditorName,
			`${typeName(one.creditorAccountType)} ${one.creditorAccount}`,
			money(one.amount),
			one.message ?? '',
		]),
		unusual,
		notes: [...(unusual.length === 0 && payments !== undefined ? [USUAL] : []), NOTES[payees], ...more.notes],
	};
	return {
		id,
		name: letter.title,
		status,
		company_name: companyOf(batch, named),
		account,
		execution_date: date,
		currency,
		total_amount: total,
		payment_count: count,
		largest: largest === undefined ? undefined : { creditorName: largest.creditorName, amount: largest.amount },
		payees,
		payments,
		unusual,
		batchFingerprint: fingerprint,
		text: asText(letter),
		markdown: asMarkdown(letter),
		html: asHtml(letter),
	};
}

/** Names of the accounts and companies of Finvis, as far as the credential may read them. */
export async function readNames({ names }: Shared): Promise<Named> {
	const read = await Promise.all([accounts, companies].map(async (list) => ({ list, byId: (await names(list)).byId })));
	return (list, one) => read.find((known) => known.list === list)?.byId.get(foldId(one)) ?? {};
}

/** Reads a batch and says what it is in words. Changes nothing. */
export const description: ResultMode = {
	fields: {},
	noFilters: true,
	execute: async ({ context, client, values, shared, select }) => {
		const {
			paymentBatch: id,
			payments,
			batchFingerprint: expected,
		} = values as {
			paymentBatch: string;
			payments?: Payment[];
			batchFingerprint?: string;
		};
		const common = await shared();
		const batch = await batchAt(client, id, common);
		checkFingerprint({ batchFingerprint: expected }, batch);
		const isProven = payments !== undefined && areProven(batch, payments, common.connection.markKey ?? '');
		const payees = payments === undefined ? 'unknown' : isProven ? 'proven' : 'given';
		const named = await readNames(common);
		const described = describe(batch, { payments, payees, named, todayIs: today(context.getTimezone()) });
		const given = Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined)) as IDataObject;
		return [{ json: select(given) }];
	},
};
