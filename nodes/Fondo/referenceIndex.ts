import type { IDataObject } from 'n8n-workflow';
import { CompactIndex } from '../shared/core/compactIndex';
import type { WithLock } from '../shared/core/keyedLock';
import { foldLookAlikes } from '../shared/core/lookAlikes';
import { REPORT_IT, UserError } from '../shared/core/userError';
import { rowsOf } from '../shared/http/listAnswer';
import { bySortedId } from '../shared/http/pagination';
import type { ApiRequest, SendRequest } from '../shared/http/request';
import { compareKeys, keyOf } from '../shared/http/startCursor';
import { requireList } from '../shared/writes/requireList';

/** Rows that every look reads again at most: an object can show up behind others that were begun after it. */
const OVERLAP_ROWS = 100;
/** The share of the last rows that a look reads again, so that its page is shorter than one that the list has given. */
const OVERLAP_SHARE = 0.75;
/** Rows of one place in a list; a hit reads one place again. */
const PLACE_ROWS = 1_000;

/** Only a list with an order can be read to its end, and only then the absence of a reference proves something. */
export class ListOrderError extends UserError {
	constructor() {
		super(
			'It cannot be checked whether Fondo knows this reference',
			`The list in which to look for it does not begin at 'start', or is not in the order that the contract promises. Nothing was sent. ${REPORT_IT}`,
		);
	}
}

function isList(body: unknown): boolean {
	try {
		return rowsOf(body).length >= 0;
	} catch {
		return false;
	}
}

/**
 * A list that gives rows from before the place that was asked for is not read on: what it leaves out cannot be known.
 * @param way 1 where the keys of the list rise, -1 where they fall
 */
const readOnInOrder =
	(send: SendRequest, way: () => number): SendRequest =>
	async (request) => {
		const response = await send(request);
		const start = request.query?.start;
		const rows = rowsOf(response.body);
		const isBefore = (row: IDataObject) => {
			const key = keyOf(row);
			return key !== undefined && typeof start === 'string' && way() * compareKeys(key, start) < 0;
		};
		if (rows.some(isBefore)) throw new ListOrderError();
		return response;
	};

/**
 * The references in one list of one client, shared by all runs of this process: it reads the history once, then only what is
 * new. It holds about 20 bytes a row, and reads a row again when its reference is asked for.
 */
export class ReferenceIndex {
	private readonly rows = new CompactIndex();
	/** 1 where the list begins with its oldest row, -1 where it begins with its newest; 0 while fewer than two rows are known. */
	private way = 0;
	/** `sortedId` before the first row of each place, where the list begins with its oldest row. */
	private readonly places: Array<string | undefined> = [undefined];
	private inLastPlace = 0;
	/** `sortedId` of the newest rows, the newest at the end; empty while fewer than two rows are known. */
	private last: string[] = [];
	/** Rows of the largest page, and of a page that another one followed. */
	private largestPage = 0;
	private fullPage = Infinity;

	constructor(
		private readonly list: string,
		private readonly path: Readonly<Record<string, string>>,
		private readonly withLock: WithLock,
	) {}

	/** The rows that have these references now. Throws ListUnavailableError, or a ListOrderError. */
	async find(send: SendRequest, references: readonly string[], isWanted: (row: IDataObject) => boolean): Promise<IDataObject[][]> {
		const list = readOnInOrder(requireList(send, isList), () => this.way);
		return await this.withLock(`${this.list} ${this.path.client_id}`, async () => {
			await this.readOn(list);
			const found: IDataObject[][] = [];
			for (const reference of references) found.push(await this.rowsOf(list, foldLookAlikes(reference), isWanted));
			return found;
		});
	}

	/**
	 * Reads what is new. The history is read until a page is empty, because Fondo may give shorter pages than it is asked for.
	 * Later a page that is shorter than one that Fondo has given is the last, which saves a call. A list that begins with its
	 * newest row is read from there, until rows come again.
	 */
	private async readOn(send: SendRequest) {
		if (this.way === 0) this.last = [];
		const isFirst = this.last.length === 0;
		const [known] = this.last;
		const query = isFirst || this.way < 0 ? {} : { start: this.overlapStart() };
		const newest: string[] = [];
		let before: number | undefined;
		let previous: string | undefined;
		for await (const { rows } of bySortedId(send, this.request(query), this.way < 0 ? 2 * OVERLAP_ROWS : undefined)) {
			for (const row of rows) {
				previous = this.nextKey(row, previous);
				if (newest.length < OVERLAP_ROWS) newest.unshift(previous);
				const place = this.way < 0 ? 0 : this.placeFor(previous);
				if (typeof row.clientRef === 'string') this.rows.add(foldLookAlikes(row.clientRef), place);
			}
			if (this.way < 0 && known !== undefined && previous !== undefined && compareKeys(previous, known) <= 0) break;
			if (before !== undefined) this.fullPage = Math.min(this.fullPage, before);
			before = rows.length;
			// The row of `start` may be on the page, too, and is not counted.
			if (!isFirst && this.way > 0 && rows.length + 1 < this.largestPage) break;
			this.largestPage = Math.max(this.largestPage, rows.length);
		}
		if (this.way < 0 && newest.length > 0) this.last = newest;
	}

	/** The key of a row, which must be in order behind the row before it. */
	private nextKey(row: IDataObject, previous: string | undefined): string {
		const key = keyOf(row);
		if (key === undefined) throw new ListOrderError();
		if (previous === undefined) return key;
		const way = Math.sign(compareKeys(key, previous));
		if (way === 0 || way === -this.way) throw new ListOrderError();
		// Until a list that begins with its newest row is read to its end, no row of it counts as known.
		if (this.way === 0 && way < 0) this.last = [];
		this.way = way;
		return key;
	}

	/** Where to read on: some rows back where the page will be short, else as far back as is known. */
	private overlapStart(): string {
		const { last, fullPage, largestPage } = this;
		const rows = Math.min(OVERLAP_ROWS, Math.floor(OVERLAP_SHARE * Math.min(last.length, fullPage)));
		return last[rows + 1 < largestPage ? Math.max(last.length - 1 - rows, 0) : 0];
	}

	/** The place of a row. A row that was read before is in the last places again, which is near enough: a hit reads two of them. */
	private placeFor(sortedId: string): number {
		const isNew = this.last.length === 0 || compareKeys(sortedId, this.last[this.last.length - 1]) > 0;
		if (isNew) {
			if (this.inLastPlace === PLACE_ROWS) {
				this.places.push(this.last[this.last.length - 1]);
				this.inLastPlace = 0;
			}
			this.inLastPlace += 1;
			this.last.push(sortedId);
			if (this.last.length > 2 * OVERLAP_ROWS) this.last = this.last.slice(-OVERLAP_ROWS);
		}
		return this.places.length - 1;
	}

	private async rowsOf(send: SendRequest, reference: string, isWanted: (row: IDataObject) => boolean): Promise<IDataObject[]> {
		const place = this.rows.get(reference);
		if (place === undefined) return [];
		const isIt = (row: IDataObject) => typeof row.clientRef === 'string' && foldLookAlikes(row.clientRef) === reference && isWanted(row);
		// The place of a row is not known where new rows come before it: that list is read from its newest row on.
		for (const start of new Set(this.way < 0 ? [undefined] : [this.places[place], this.places[Math.max(place - 1, 0)]])) {
			let read = 0;
			for await (const { rows } of bySortedId(send, this.request(start === undefined ? {} : { start }))) {
				const found = rows.filter(isIt);
				if (found.length > 0) return found;
				read += rows.length;
				if (this.way >= 0 && read > 2 * PLACE_ROWS) break;
			}
		}
		return [];
	}

	private request(query: IDataObject): ApiRequest {
		return { route: this.list, path: this.path, query };
	}
}
