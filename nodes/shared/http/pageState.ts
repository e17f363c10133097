import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

/** The position of a reading between two pages. It travels in the query of the following page, so that a workflow can go on later. */
export interface PageState {
	/** The reading began at a page of the user's own. */
	readonly isPart?: boolean;
	/** Rows given so far. */
	readonly given?: number;
	/** Number of pages read so far. */
	readonly pageCount?: number;
	/** Short hashes of pages that were read. */
	readonly pages?: string;
	/** Number of rows that the list announced at first. */
	readonly count?: number;
	/** The last answer named the following page. */
	readonly isLed?: boolean;
	/** Why the list cannot be read on. */
	readonly failure?: string;
	/** Of a list by `start`: whether keys rise (1) or fall (-1). */
	readonly direction?: number;
	/** … IDs of rows that were given and may come again. */
	readonly ids?: readonly string[];
	/** … the place to try where nothing new comes. */
	readonly again?: string;
}

/** The state is one text in the query, under a name that no API takes. */
const NAME = '_state';

/** The query of the following page, with the state of the reading in it. */
export const withState = (query: IDataObject, state: PageState): IDataObject => ({ ...query, [NAME]: JSON.stringify(state) });

/** Separates a query from the state in it. A text that is no state is left out. */
export function stateIn({ [NAME]: state, ...query }: IDataObject): { query: IDataObject; state?: PageState } {
	try {
		return { query, state: state === undefined ? undefined : (JSON.parse(String(state)) as PageState) };
	} catch {
		return { query };
	}
}

const HASH_LENGTH = 8;
/** The first page and the newest ones are known again. To know them all would make a long reading quadratic. */
const MOST_PAGES = 500;

/** A short hash of the rows of a page by their IDs. */
export const pageHash = (rows: readonly IDataObject[]) =>
	createHash('sha256')
		.update(JSON.stringify(rows.map((row) => row.id ?? row)))
		.digest('hex')
		.slice(0, HASH_LENGTH);

export const hasPage = (pages: string, hash: string) => {
	for (let at = 0; at < pages.length; at += HASH_LENGTH) if (pages.startsWith(hash, at)) return true;
	return false;
};

/** The known pages with one more. */
export const withPage = (pages: string, hash: string) =>
	(pages.length < MOST_PAGES * HASH_LENGTH ? pages : pages.slice(0, HASH_LENGTH) + pages.slice(2 * HASH_LENGTH)) + hash;
