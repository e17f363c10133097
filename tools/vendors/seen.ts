/** What a vendor's behaviour means for the values that a user gives and sees. */
import type { INodeParameters } from 'n8n-workflow';
import { AS_WRITTEN } from '../../sandbox/vendors/asWritten';
import type { Api, Behaviour } from '../../sandbox/vendors/position';
import { isFields } from '../../sandbox/vendors/writeFields';
import { amountsIn, idOf } from './judge';
import type { Values } from './targets';

/** Positions that hide rows of a list, so that the right rows are others. */
export const HIDES: ReadonlyArray<keyof Behaviour> = ['shownFrom', 'shownUntil', 'plantsDrafts', 'death'];

/** Fields that a vendor may leave out or change, by the part of its behaviour that does so. */
const SHOWN_OTHERWISE: Partial<Record<keyof Behaviour, readonly string[]>> = {
	showReference: ['clientRef', 'reference'],
	showName: ['name'],
	sortedId: ['sortedId'],
	payments: ['payments', 'instructions'],
	death: ['status', 'modifiedDate', 'updated_at'],
	status: ['status'],
};

/** What the nodes make of the other fields of a row, as the vendor writes them: sentences and hashes. */
const DERIVED = ['fileName', 'batchFingerprint', 'text', 'markdown', 'html'];

/** The amounts that a write sends, and their sum. An order that sells has none of its own. */
export function sentAmounts(parameters: INodeParameters): unknown[] {
	const amounts = amountsIn(parameters);
	const sum = amounts.reduce<number>((total, amount) => total + Number(amount), 0);
	return amounts.length === 0 ? [] : [...amounts, sum.toFixed(2)];
}

/** A user gives the IDs as this vendor shows them. */
export const shown = (values: Values, vendor: Behaviour): Values =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? String(idOf(value, vendor)) : value]),
	);

export const ignoredBy = (vendor: Behaviour, api: Api): ReadonlySet<string> =>
	new Set([...DERIVED, ...Object.entries(SHOWN_OTHERWISE).flatMap(([hook, fields]) => (differs(vendor, api, hook) ? fields : []))]);

const differs = (vendor: Behaviour, api: Api, hook: string) => {
	const [one, usual] = [vendor, AS_WRITTEN[api]].map((behaviour) => (isFields(behaviour) ? behaviour[hook] : undefined));
	return one !== usual;
};
