import type { INodeExecutionData } from 'n8n-workflow';
import { Refusal } from '../transport/refusal';
import type { Field, ValuesOf } from '../fields/field';
import { shownFor } from '../fields/field';
import { flag } from '../fields/flag';
import type { Paging } from '../transport/pages';
import { jsonOf } from './json';
import type { Output } from './output';

const DEFAULT_LIMIT = 50;

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
		return new Refusal(`'${String(value)}' is not a whole number above zero`, 'Give a number such as 50, or switch on Return All.');
	},
};

const fields = {
	returnAll: flag({ label: 'Return All', description: 'Whether to return all results or only up to a given limit' }),
	limit: shownFor({ returnAll: [false] }, limit),
};

/** A list, an item per row: all of them, or up to a limit, read page by page. */
export const many = (paging: Paging): Output => ({
	fields,
	read: async ({ client, request, values }) => {
		const { returnAll, limit: most } = values as ValuesOf<typeof fields>;
		const wanted = returnAll ? Infinity : (most ?? DEFAULT_LIMIT);
		const items: INodeExecutionData[] = [];
		for await (const { rows } of paging(client, request, returnAll ? undefined : Math.min(wanted, 1_000))) {
			for (const row of rows.slice(0, wanted - items.length)) items.push({ json: jsonOf(row) });
			// Without this a full page would be followed by a call for rows that nobody wants.
			if (items.length === wanted) return items;
		}
		return items;
	},
});
