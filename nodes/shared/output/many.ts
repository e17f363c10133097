import type { INodeExecutionData } from 'n8n-workflow';
import { UserError } from '../core/userError';
import type { Field, ValuesOf } from '../fields/field';
import { visibleWhen } from '../fields/field';
import { boolean } from '../fields/boolean';
import type { Paging } from '../http/pagination';
import { byPageNumber, bySortedId, withQuery } from '../http/pagination';
import { cursorOf, startAfter } from './cursor';
import { jsonOf } from './json';
import type { ResultContext, ResultMode } from './resultMode';

const DEFAULT_LIMIT = 50;
const LARGEST_PAGE = 1_000;
/** Lists of which every page can be asked for by itself. */
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
		return new UserError(`'${String(value)}' is not a whole number above zero`, 'Give a number such as 50, or switch on Return All.');
	},
};

const whole = {
	returnAll: boolean({ label: 'Return All', description: 'Whether to return all results or only up to a given limit' }),
	limit: visibleWhen({ returnAll: [false] }, limit),
};

const inPages = {
	...whole,
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

/** One item for one page, as the server cuts it. An empty page, or one without `next`, is the last. */
async function onePage(paging: Paging, size: number, { client, request, values, select }: ResultContext): Promise<INodeExecutionData[]> {
	const { startAfter: from } = values as ValuesOf<typeof inPages>;
	for await (const { rows, next } of paging(client, withQuery(request, from ?? {}), size))
		return [{ json: { rows: rows.map((row) => select(jsonOf(row))), next: next === undefined ? null : cursorOf(next) } }];
	return [{ json: { rows: [], next: null } }];
}

async function manyItems(paging: Paging, most: number, { client, request, select }: ResultContext): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for await (const { rows } of paging(client, request, most === Infinity ? undefined : Math.min(most, LARGEST_PAGE))) {
		for (const row of rows) {
			items.push({ json: select(jsonOf(row)) });
			// Without this a full page would be followed by a call for rows that nobody wants.
			if (items.length === most) return items;
		}
	}
	return items;
}

/**
 * A list, an item per row: all of them, or up to a limit, read page by page. Where the API has pages, the user can also have
 * them one by one, an item per page.
 */
export const many = (paging: Paging): ResultMode => ({
	fields: PAGED.includes(paging) ? inPages : whole,
	execute: async (call) => {
		const { returnAll, limit: most = DEFAULT_LIMIT, processInPages } = call.values as Partial<ValuesOf<typeof inPages>>;
		return processInPages ? await onePage(paging, most, call) : await manyItems(paging, returnAll ? Infinity : most, call);
	},
});
