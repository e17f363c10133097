import type { IDataObject } from 'n8n-workflow';
import { CompactIndex } from '../shared/core/compactIndex';
import type { WithLock } from '../shared/core/keyedLock';
import { foldId, foldLookAlikes } from '../shared/core/lookAlikes';
import { byPageNumber } from '../shared/http/pagination';
import type { SendRequest } from '../shared/http/request';
import { requireList } from '../shared/writes/requireList';
import { markIn, referenceHalf } from './batchName';

export const BATCHES = 'GET /payments/batches/';

/** As many rows a page as Finvis may give; it can give fewer. */
const PAGE_ROWS = 200;

/** The keys of a batch in the index: its ID, its mark, its name, and the text in brackets at the end of the name. */
function keysOf({ id, name }: IDataObject): string[] {
	const folded = foldLookAlikes(String(name ?? ''));
	const mark = markIn(name);
	const tails: string[] = [];
	if (folded.endsWith(')'))
		for (let at = folded.indexOf(' ('); at !== -1; at = folded.indexOf(' (', at + 1)) tails.push(`name ${folded.slice(at + 2, -1)}`);
	return [`id ${String(id)}`, `name ${folded}`, ...tails, ...(mark === undefined ? [] : [`mark ${referenceHalf(mark)}`])];
}

/**
 * What is known of Finvis' list of batches, shared by all runs of this process. It reads the list once; later it reads where
 * new batches appear: from the last page on, and from the first one where the list may begin with the newest.
 */
export class BatchIndex {
	private readonly keys = new CompactIndex();
	/** Query of the page that was last; undefined where the list has one page. */
	private lastPage: IDataObject | undefined;
	private isOldestFirst = false;

	constructor(private readonly withLock: WithLock) {}

	/** The batches of a mark or of a plain name, as Finvis shows them now. Throws ListUnavailableError where the list cannot be read. */
	async find(send: SendRequest, referenceMark: string, reference: string, isIt: (row: IDataObject) => boolean): Promise<IDataObject[]> {
		const list = requireList(send, (body) => body !== undefined);
		return await this.withLock('batches', async () => {
			const seen = await this.readOn(list);
			const mayBeThere = this.keys.get(`mark ${referenceMark}`) !== undefined || this.keys.get(`name ${reference}`) !== undefined;
			if (!mayBeThere) return [];
			const near = seen.filter(isIt);
			return near.length > 0 ? near : (await this.readAll(list)).filter(isIt);
		});
	}

	/** One batch as Finvis shows it now. */
	async byId(send: SendRequest, id: string): Promise<IDataObject | undefined> {
		const list = requireList(send, (body) => body !== undefined);
		const isIt = (row: IDataObject) => foldId(row.id) === id;
		return await this.withLock('batches', async () => (await this.readOn(list)).find(isIt) ?? (await this.readAll(list)).find(isIt));
	}

	/** Rows of the pages where new batches appear. */
	private async readOn(send: SendRequest): Promise<IDataObject[]> {
		// A list that had one page may have several by now.
		if (this.lastPage === undefined) return await this.readAll(send);
		const rows = await this.readFrom(send, this.lastPage);
		// The list has become shorter: what moved to earlier pages has to be read again.
		if (rows.length === 0) return await this.readAll(send);
		if (!this.isOldestFirst)
			for await (const page of byPageNumber(send, { route: BATCHES }, PAGE_ROWS)) {
				const isKnown = page.rows.some(({ id }) => this.keys.get(`id ${String(id)}`) !== undefined);
				rows.push(...page.rows);
				this.learn(page.rows);
				if (isKnown) break;
			}
		return rows;
	}

	private async readFrom(send: SendRequest, query: IDataObject): Promise<IDataObject[]> {
		const rows: IDataObject[] = [];
		let here = query;
		for await (const page of byPageNumber(send, { route: BATCHES, query }, PAGE_ROWS)) {
			rows.push(...page.rows);
			this.learn(page.rows);
			this.lastPage = here;
			if (page.next !== undefined) here = page.next;
		}
		return rows;
	}

	private async readAll(send: SendRequest): Promise<IDataObject[]> {
		this.lastPage = undefined;
		const all: IDataObject[] = [];
		let here: IDataObject = {};
		let last: IDataObject | undefined;
		for await (const page of byPageNumber(send, { route: BATCHES }, PAGE_ROWS)) {
			for (const row of page.rows) all.push(row);
			this.learn(page.rows);
			if (page.rows.length > 0) last = here;
			if (page.next !== undefined) here = page.next;
		}
		const [first] = all;
		const newest = all.at(-1);
		this.isOldestFirst = first !== undefined && newest !== undefined && String(first.created_at ?? '') < String(newest.created_at ?? '');
		this.lastPage = last !== undefined && Object.keys(last).length > 0 ? last : undefined;
		return all;
	}

	private learn(rows: readonly IDataObject[]) {
		for (const row of rows) for (const key of keysOf(row)) this.keys.add(key, 1);
	}
}
