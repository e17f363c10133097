import type { IDataObject } from 'n8n-workflow';
import { CompactIndex } from '../shared/core/compactIndex';
import type { WithLock } from '../shared/core/keyedLock';
import { foldId, foldLookAlikes } from '../shared/core/lookAlikes';
import type { ConnectionState } from '../shared/connectionState';
import type { Connection } from '../shared/http/connection';
import { byPageNumber } from '../shared/http/pagination';
import type { SendRequest } from '../shared/http/request';
import { requireList } from '../shared/writes/requireList';
import { markIn, referenceHalf } from './batchName';

export const BATCHES = 'GET /payments/batches/';

/** As many rows a page as Finvis may give; it can give fewer. */
const PAGE_ROWS = 200;

/** The keys of a batch in the index: its mark; without a mark its name, and the text in brackets at the end of the name. */
function keysOf({ name }: IDataObject): string[] {
	const mark = markIn(name);
	if (mark !== undefined) return [`mark ${referenceHalf(mark)}`];
	const folded = foldLookAlikes(String(name ?? ''));
	const tails: string[] = [];
	if (folded.endsWith(')'))
		for (let at = folded.indexOf(' ('); at !== -1; at = folded.indexOf(' (', at + 1)) tails.push(`name ${folded.slice(at + 2, -1)}`);
	return [`name ${folded}`, ...tails];
}

type IsWanted = (row: IDataObject) => boolean;

/**
 * What is known of Finvis' list of batches, shared by all runs of this process. It reads the list once, and holds at most 20 bytes a
 * batch; later it reads where new batches appear: from the last page on, and from the first one where the list may begin with the newest.
 */
export class BatchIndex {
	private readonly keys = new CompactIndex();
	/** Query of the page that was last; undefined where the list has one page. */
	private lastPage: IDataObject | undefined;
	/** IDs of the page that was first when the list was read. */
	private firstPage: ReadonlySet<string> = new Set();
	private isOldestFirst = false;

	constructor(private readonly withLock: WithLock) {}

	/** The batches of a mark or of a plain name, as Finvis shows them now. Throws ListUnavailableError where the list cannot be read. */
	async find(send: SendRequest, referenceMark: string, reference: string, isWanted: IsWanted): Promise<IDataObject[]> {
		const list = requireList(send, (body) => body !== undefined);
		return await this.withLock('batches', async () => {
			const near = await this.readOn(list, isWanted);
			const mayBeThere = this.keys.get(`mark ${referenceMark}`) !== undefined || this.keys.get(`name ${reference}`) !== undefined;
			if (!mayBeThere || near.length > 0) return mayBeThere ? near : [];
			return await this.readAll(list, isWanted);
		});
	}

	/** One batch as Finvis shows it now. */
	async byId(send: SendRequest, id: string): Promise<IDataObject | undefined> {
		const list = requireList(send, (body) => body !== undefined);
		const isWanted = (row: IDataObject) => foldId(row.id) === id;
		return await this.withLock('batches', async () => (await this.readOn(list, isWanted))[0] ?? (await this.readAll(list, isWanted))[0]);
	}

	/** The wanted rows of the pages where new batches appear. */
	private async readOn(send: SendRequest, isWanted: IsWanted): Promise<IDataObject[]> {
		// A list that had one page may have several by now.
		if (this.lastPage === undefined) return await this.readAll(send, isWanted);
		const wanted = await this.readLast(send, this.lastPage, isWanted);
		// The list has become shorter: what moved to earlier pages has to be read again.
		if (wanted === undefined) return await this.readAll(send, isWanted);
		if (this.isOldestFirst) return wanted;
		let first: ReadonlySet<string> | undefined;
		for await (const { rows } of byPageNumber(send, { route: BATCHES }, PAGE_ROWS)) {
			wanted.push(...this.learn(rows, isWanted));
			first ??= idsOf(rows);
			if (rows.some(({ id }) => this.firstPage.has(String(id)))) break;
		}
		this.firstPage = first ?? this.firstPage;
		return wanted;
	}

	/** The wanted rows from the last page on; undefined where there are no rows. */
	private async readLast(send: SendRequest, query: IDataObject, isWanted: IsWanted): Promise<IDataObject[] | undefined> {
		const wanted: IDataObject[] = [];
		let here = query;
		let count = 0;
		for await (const { rows, next } of byPageNumber(send, { route: BATCHES, query }, PAGE_ROWS)) {
			wanted.push(...this.learn(rows, isWanted));
			count += rows.length;
			this.lastPage = here;
			if (next !== undefined) here = next;
		}
		return count === 0 ? undefined : wanted;
	}

	/** The wanted rows of the whole list. Holds no other row, because a list may have a million. */
	private async readAll(send: SendRequest, isWanted: IsWanted): Promise<IDataObject[]> {
		this.lastPage = undefined;
		const wanted: IDataObject[] = [];
		let here: IDataObject = {};
		let last: IDataObject | undefined;
		let oldest: IDataObject | undefined;
		let newest: IDataObject | undefined;
		for await (const { rows, next } of byPageNumber(send, { route: BATCHES }, PAGE_ROWS)) {
			wanted.push(...this.learn(rows, isWanted));
			if (oldest === undefined) this.firstPage = idsOf(rows);
			oldest ??= rows[0];
			newest = rows.at(-1) ?? newest;
			if (rows.length > 0) last = here;
			if (next !== undefined) here = next;
		}
		this.isOldestFirst = oldest !== undefined && newest !== undefined && String(oldest.created_at ?? '') < String(newest.created_at ?? '');
		this.lastPage = last !== undefined && Object.keys(last).length > 0 ? last : undefined;
		return wanted;
	}

	/** Notes the keys of a page, and returns its wanted rows. */
	private learn(rows: readonly IDataObject[], isWanted: IsWanted): IDataObject[] {
		for (const row of rows) for (const key of keysOf(row)) this.keys.add(key, 1);
		return rows.filter(isWanted);
	}
}

const idsOf = (rows: readonly IDataObject[]): ReadonlySet<string> => new Set(rows.map(({ id }) => String(id)));

/** The index that all runs with this connection share. */
export const batchIndexOf = ({ corrections }: Connection, state: ConnectionState) =>
	state.once(`batches ${corrections?.text ?? ''}`, () => new BatchIndex(state.withLock));
