import type { IDataObject } from 'n8n-workflow';
import { CompactIndex } from '../shared/core/compactIndex';
import { isObject } from '../shared/core/isObject';
import type { WithLock } from '../shared/core/keyedLock';
import { foldLookAlikes } from '../shared/core/lookAlikes';
import { REPORT_IT, UserError } from '../shared/core/userError';
import { bySortedId } from '../shared/http/pagination';
import type { ApiRequest, SendRequest } from '../shared/http/request';
import { requireList } from '../shared/writes/requireList';

/** Rows that every look reads again: an object can show up behind others that were begun after it. */
const OVERLAP_ROWS = 100;
/** Rows of one place in a list; a hit reads one place again. */
const PLACE_ROWS = 1_000;

/** Only a list with an order can be read to its end, and only then the absence of a reference proves something. */
const outOfOrder = () =>
	new UserError(
		'It cannot be checked whether Fondo knows this reference',
		`The list in which to look for it is not in the order that the contract promises. Nothing was sent. ${REPORT_IT}`,
	);

/** A list that gives rows from before the place that was asked for is not read on: what it leaves out cannot be known. */
const readOnInOrder =
	(send: SendRequest): SendRequest =>
	async (request) => {
		const response = await send(request);
		const start = request.query?.start;
		const rows: unknown[] = Array.isArray(response.body) ? response.body : [];
		const isBefore = (row: unknown) =>
			isObject(row) && typeof row.sortedId === 'string' && typeof start === 'string' && row.sortedId < start;
		if (rows.some(isBefore)) throw outOfOrder();
		return response;
	};

/**
 * The references in one list of one client, shared by all runs of this process: it reads the history once, then only what is
 * new. It holds about 20 bytes a row, and reads a row again when its reference is asked for.
 */
export class ReferenceIndex {
	private readonly rows = new CompactIndex();
	/** `sortedId` before the first row of each place. */
	private readonly places: Array<string | undefined> = [undefined];
	private inLastPlace = 0;
	private last: string[] = [];

	constructor(
		private readonly list: string,
		private readonly path: Readonly<Record<string, string>>,
		private readonly withLock: WithLock,
	) {}

	/** The rows that have these references now, one for each. Throws ListUnavailableError, or a UserError for a list without order. */
	async find(
		send: SendRequest,
		references: readonly string[],
		isOfKind: (row: IDataObject) => boolean,
	): Promise<Array<IDataObject | undefined>> {
		const list = readOnInOrder(requireList(send, Array.isArray));
		return await this.withLock(`${this.list} ${this.path.client_id}`, async () => {
			await this.readOn(list);
			const found: Array<IDataObject | undefined> = [];
			for (const reference of references) found.push(await this.rowOf(list, foldLookAlikes(reference), isOfKind));
			return found;
		});
	}

	private async readOn(send: SendRequest) {
		const query = this.last.length === 0 ? {} : { start: this.last[0] };
		let previous = '';
		for await (const { rows } of bySortedId(send, this.request(query))) {
			for (const { sortedId, clientRef } of rows) {
				if (typeof sortedId !== 'string' || sortedId < previous) throw outOfOrder();
				previous = sortedId;
				if (typeof clientRef === 'string') this.rows.add(foldLookAlikes(clientRef), this.placeFor(sortedId));
				else this.placeFor(sortedId);
			}
		}
	}

	/** The place of a row. A row that was read before is in the last places again, which is near enough: a hit reads two of them. */
	private placeFor(sortedId: string): number {
		const isNew = this.last.length === 0 || sortedId > this.last[this.last.length - 1];
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

	private async rowOf(send: SendRequest, reference: string, isOfKind: (row: IDataObject) => boolean): Promise<IDataObject | undefined> {
		const place = this.rows.get(reference);
		if (place === undefined) return undefined;
		const isIt = (row: IDataObject) => typeof row.clientRef === 'string' && foldLookAlikes(row.clientRef) === reference && isOfKind(row);
		for (const start of new Set([this.places[place], this.places[Math.max(place - 1, 0)]])) {
			let read = 0;
			for await (const { rows } of bySortedId(send, this.request(start === undefined ? {} : { start }))) {
				const row = rows.filter(isIt).at(-1);
				if (row) return row;
				read += rows.length;
				if (read > 2 * PLACE_ROWS) break;
			}
		}
		return undefined;
	}

	private request(query: IDataObject): ApiRequest {
		return { route: this.list, path: this.path, query };
	}
}
