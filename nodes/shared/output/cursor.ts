import type { IDataObject } from 'n8n-workflow';
import { optional, type Field } from '../fields/field';
import { text } from '../fields/text';
import { UserError } from '../core/userError';

/** Where a list goes on, as a text that a workflow carries from page to page: the query values that lead there. */
export const cursorOf = (next: IDataObject): string =>
	new URLSearchParams(
		Object.entries(next)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]): [string, string] => [name, String(value)]),
	).toString();

const look = text({ label: 'Start After', description: "The 'next' of the page before; empty for the first page", example: 'start=01J…' });

/** Takes the `next` of a page back. */
export const startAfter: Field<IDataObject | undefined> = optional({
	...look,
	read: (value) => {
		const query = Object.fromEntries(new URLSearchParams(String(value)));
		// Another text would be dropped without a word, and the list begin anew.
		if (Object.values(query).some((part) => part !== '')) return query;
		return new UserError(
			`'${String(value)}' is not the 'next' of a page`,
			"Give what the page before has as 'next', or nothing for the first page.",
		);
	},
});
