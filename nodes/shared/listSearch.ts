import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Api } from './client';
import { clientFor } from './client';
import type { ListSearch } from './fields/field';
import { unwrapLocator } from './fields/readFields';

/** Rows requested per page. */
const PAGE_ROWS = 200;
/** Entries returned before the user scrolls on. */
const ENOUGH = 50;
/** Pages that one search reads when few rows match, so that it stays quick. */
const MAX_PAGES = 10;

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
		const narrowed = search.narrow?.(filter);
		const words = narrowed ? [] : filter.toLowerCase().split(/\s+/).filter(Boolean);
		const from: IDataObject = typeof paginationToken === 'string' ? JSON.parse(paginationToken) : {};
		const request = search.request(parents);
		const results: INodeListSearchItems[] = [];
		let pages = 0;
		for await (const { rows, next } of search.paging(
			client,
			{ ...request, query: { ...request.query, ...narrowed, ...from } },
			PAGE_ROWS,
		)) {
			for (const row of rows) {
				const { name, value } = search.show(row);
				const entry = { name: String(name ?? value), value: String(value) };
				const entryText = `${entry.name} ${entry.value}`.toLowerCase();
				if (value !== undefined && words.every((word) => entryText.includes(word))) results.push(entry);
			}
			pages += 1;
			if (next && (results.length >= ENOUGH || pages === MAX_PAGES)) return { results, paginationToken: JSON.stringify(next) };
		}
		return { results };
	};
