import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/core/isObject';
import { foldId } from '../shared/core/lookAlikes';
import { boolean } from '../shared/fields/choice';
import type { Named, NamesOfRows } from '../shared/fields/field';
import { idsIn } from '../shared/http/names';
import type { ResultContext, ResultMode } from '../shared/output/resultMode';
import { accounts, companies, companyOf } from './names';

/** How the rows of an operation lead to names. */
interface Naming {
	/** The rows in the JSON of an item; the item itself when left out. */
	readonly rows?: string;
	/** The list with the object that a row is about; the row itself when left out. */
	readonly about?: NamesOfRows & { readonly of: (row: IDataObject) => unknown };
	/** What that object says: `account_id`, `company_id`, and further names. */
	readonly says: (object: IDataObject, item: IDataObject) => IDataObject;
}

const addNames = boolean({
	label: 'Add Names',
	description:
		'Whether to add company_name, account_name, counterparty and day to each result, as far as Finvis gives them. The node reads each list of names once, not for each result.',
});

/** A result mode whose rows get names where the user wants them. */
export const withNames = (mode: ResultMode, naming: Naming): ResultMode => ({
	...mode,
	fields: { ...mode.fields, addNames },
	execute: async (call) => {
		if (call.values.addNames !== true) return await mode.execute(call);
		const isPage = call.values.processInPages === true;
		const field = isPage ? 'rows' : naming.rows;
		// Names need IDs that 'Fields to Return' may leave out.
		const items = await mode.execute({ ...call, select: (json) => json });
		const rowsOf = (json: IDataObject): IDataObject[] => {
			const rows = field === undefined ? [json] : json[field];
			return Array.isArray(rows) ? rows.filter(isObject) : [];
		};
		const name = await namer(
			call,
			naming,
			items.flatMap(({ json }) => rowsOf(json)),
		);
		return items.map((item) => {
			const rows = rowsOf(item.json).map((row) => name(row, item.json));
			if (isPage) return { ...item, json: { ...item.json, rows: rows.map(call.select) } };
			if (field === undefined) return { ...item, json: call.select(rows[0]) };
			return { ...item, json: call.select(Array.isArray(item.json[field]) ? { ...item.json, [field]: rows } : item.json) };
		});
	},
});

const isThere = (value: unknown) => value !== undefined && value !== null && value !== '';

/** Reads the lists, and returns what adds the names to a row. A name that cannot be read is left out, and a hint says so. */
async function namer({ shared, hint }: ResultContext, { about, says }: Naming, rows: readonly IDataObject[]) {
	const { names } = await shared();
	const lists = rows.length === 0 ? [] : [...(about ? [about] : []), { list: accounts }, { list: companies }];
	const read = await Promise.all(
		lists.map(async ({ list, of, near }: NamesOfRows) => {
			const { byId, failure } = await names(list, { ids: of && idsIn(rows, of), near: near?.(rows) });
			if (failure !== undefined) hint(`'Add Names' could not read the ${list.objects}: ${failure}.`);
			return { list, byId };
		}),
	);
	const named: Named = (list, id) => read.find((one) => one.list === list)?.byId.get(foldId(id)) ?? {};
	return (row: IDataObject, item: IDataObject): IDataObject => {
		const object = about ? named(about.list, about.of(row)) : row;
		const { account_id, company_id, ...said } = says(object, item);
		const found: IDataObject = {
			company_name: companyOf({ account_id, company_id }, named) as string,
			account_name: named(accounts, account_id).name,
			...said,
		};
		for (const [name, value] of Object.entries(found))
			if (!isThere(value) && !isThere(row[name])) hint(`Some results have no '${name}', because Finvis does not give it.`);
		const given = Object.fromEntries(Object.entries(found).filter(([, value]) => isThere(value)));
		// What Finvis itself gives under such a name stays.
		return { ...given, ...row };
	};
}
