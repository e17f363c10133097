import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Api } from './client';
import { clientFor, namesWith } from './client';
import { connectionStateOf } from './connectionState';
import { foldId } from './core/lookAlikes';
import type { ListSearch, Named } from './fields/field';
import { unwrapLocator } from './fields/readFields';
import type { ReadNames } from './http/names';
import { idsIn } from './http/names';

/** Rows requested per page. */
const PAGE_ROWS = 200;
/** Entries returned before the user scrolls on. */
const ENOUGH = 50;
/** Pages that one search reads when few rows match, so that it stays quick. */
const MAX_PAGES = 10;
/** … and where the newest comes first, so that the list is read to its end. */
const MAX_PAGES_SORTED = 50;

/** The `listSearch` method of a locator: continues at the editor's page and returns the entries that contain every typed word. */
export const listSearchOf = (api: Api, search: ListSearch) =>
	async function (this: ILoadOptionsFunctions, filter = '', paginationToken?: unknown): Promise<INodeListSearchResult> {
		const parents: Record<string, string> = {};
		for (const parent of search.parents) {
			const value = unwrapLocator(this.getCurrentNodeParameter(parent));
			if (typeof value !== 'string' || value === '')
				throw new NodeOperationError(
					this.getNode(),
					`Choose the ${parent} first. If it is an expression, execute the previous nodes before, or enter the ID here`,
					{ level: 'warning' },
				);
			parents[parent] = value;
		}
		const client = await clientFor(this, api);
		const names = namesWith(connectionStateOf(api.connectionOf(await this.getCredentials(api.credential))), client);
		const narrowed = search.narrow?.(filter);
		const words = narrowed ? [] : filter.toLowerCase().split(/\s+/).filter(Boolean);
		const from: IDataObject = typeof paginationToken === 'string' ? JSON.parse(paginationToken) : {};
		const request = search.request(parents);
		const found: Array<INodeListSearchItems & { madeAt: string }> = [];
		// The newest of a list can be on its last page.
		const [enough, mostPages] = search.madeAt ? [Infinity, MAX_PAGES_SORTED] : [ENOUGH, MAX_PAGES];
		const query = { ...request.query, ...narrowed, ...from };
		let pages = 0;
		let following: IDataObject | undefined;
		for await (const { rows, next } of search.paging(client, { ...request, query }, PAGE_ROWS)) {
			const offered = rows.filter((row) => search.offers?.(row) ?? true);
			const named = await namedIn(names, search, offered, parents);
			for (const row of offered) {
				const { name, value, also } = search.show(row, named);
				const entry = { name: String(name ?? value), value: String(value), madeAt: String(search.madeAt?.(row) ?? '') };
				const entryText = `${entry.name} ${entry.value} ${String(also ?? '')}`.toLowerCase();
				if (value !== undefined && words.every((word) => entryText.includes(word))) found.push(entry);
			}
			pages += 1;
			following = next;
			if (next && (found.length >= enough || pages === mostPages)) break;
		}
		if (search.madeAt) found.sort((one, other) => (one.madeAt < other.madeAt ? 1 : -Number(one.madeAt > other.madeAt)));
		const results = found.map(({ name, value }): INodeListSearchItems => ({ name, value }));
		return following === undefined ? { results } : { results, paginationToken: JSON.stringify(following) };
	};

/** What the lists of names say of the objects in these rows. */
async function namedIn(
	read: ReadNames,
	{ names = [] }: ListSearch,
	rows: readonly IDataObject[],
	parents: Record<string, string>,
): Promise<Named> {
	if (rows.length === 0) return () => ({});
	const known = await Promise.all(
		names.map(async ({ list, of, near }) => {
			const ids = of && idsIn(rows, of);
			return { list, byId: (await read(list, { parents, ids, near: near?.(rows) })).byId };
		}),
	);
	return (list, id) => known.find((one) => one.list === list)?.byId.get(foldId(id)) ?? {};
}
