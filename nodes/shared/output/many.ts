import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { UserError } from '../core/userError';
import { boolean } from '../fields/choice';
import type { Field, ValuesOf } from '../fields/field';
import { optional, visibleWhen } from '../fields/field';
import { text } from '../fields/text';
import type { Paging } from '../http/pagination';
import { byPageNumber, bySortedId, withQuery } from '../http/pagination';
import { jsonOf } from './one';
import type { ResultContext, ResultMode } from './resultMode';

const DEFAULT_LIMIT = 50;
const LARGEST_PAGE = 1_000;
/** Lists that the user can read page by page. */
const PAGED: readonly Paging[] = [bySortedId, byPageNumber];

const limit: Field<number> = {
	property: {
		displayName: 'Limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_LIMIT,
		description: 'Max number of results to return',
	},
	example: DEFAULT_LIMIT,
	read: (value) => {
		const number = Number(value);
		if (Number.isInteger(number) && number > 0) return number;
		return new UserError(`'${String(value)}' is not a whole number above zero`, "Give a number such as 50, or switch on 'Return All'.");
	},
};

/** The query of the following page as one text, which a workflow passes to Start After. */
const cursorOf = (next: IDataObject): string =>
	new URLSearchParams(
		Object.entries(next)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]): [string, string] => [name, String(value)]),
	).toString();

const cursor = text({
	label: 'Start After',
	description: "The 'next' of the page before; empty for the first page",
	example: 'start=01J…',
});

const startAfter: Field<IDataObject | undefined> = optional({
	...cursor,
	read: (value) => {
		const query = Object.fromEntries(new URLSearchParams(String(value)));
		// Any other text would be ignored, and the list would start again from its first page.
		if (Object.values(query).some((part) => part !== '')) return query;
		return new UserError(
			`'${String(value)}' is not the 'next' of a page`,
			"Give what the page before has as 'next', or nothing for the first page.",
		);
	},
});

const wholeList = {
	returnAll: boolean({ label: 'Return All', description: 'Whether to return all results or only up to a given limit' }),
	limit: visibleWhen({ returnAll: [false] }, limit),
};

const pagedList = {
	...wholeList,
	processInPages: visibleWhen(
		{ returnAll: [false] },
		boolean({
			label: 'Process in Pages',
			description:
				"Whether to return one page of up to 'Limit' results as one item: 'rows', and 'next', which leads to the following page. A loop that gives 'next' to 'Start After' reads a list of any length and never holds more than a page.",
		}),
	),
	startAfter: visibleWhen({ returnAll: [false], processInPages: [true] }, startAfter),
};

/** One item with the rows of one page. `next` is null on the last page. */
async function onePage(paging: Paging, size: number, { client, request, values, select }: ResultContext): Promise<INodeExecutionData[]> {
	const { startAfter: from } = values as ValuesOf<typeof pagedList>;
	for await (const { rows, next } of paging(client, withQuery(request, from ?? {}), size))
		return [{ json: { rows: rows.map((row) => select(jsonOf(row))), next: next === undefined ? null : cursorOf(next) } }];
	return [{ json: { rows: [], next: null } }];
}

async function manyItems(paging: Paging, maximum: number, { client, request, select }: ResultContext): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for await (const { rows } of paging(client, request, maximum === Infinity ? undefined : Math.min(maximum, LARGEST_PAGE))) {
		for (const row of rows) {
			items.push({ json: select(jsonOf(row)) });
			// Return here: after a full page the generator would make one more call.
			if (items.length === maximum) return items;
		}
	}
	return items;
}

/** A list, one item per row: all rows or up to a limit. Where `paging` has pages, the user can choose one page per item instead. */
export const many = (paging: Paging): ResultMode => ({
	fields: PAGED.includes(paging) ? pagedList : wholeList,
	execute: async (call) => {
		const { returnAll, limit: maximum = DEFAULT_LIMIT, processInPages } = call.values as Partial<ValuesOf<typeof pagedList>>;
		return processInPages ? await onePage(paging, maximum, call) : await manyItems(paging, returnAll ? Infinity : maximum, call);
	},
});
