import type { IDataObject } from 'n8n-workflow';
import { clock } from '../core/clock';
import type { WithLock } from '../core/keyedLock';
import { foldId } from '../core/lookAlikes';
import { keepNewest } from '../core/seenKeys';
import type { Paging } from './pagination';
import type { ApiRequest, SendRequest } from './request';

/** A list by which objects are known that other rows give by ID. */
export interface NameList {
	/** Plural noun of the objects, for messages. */
	readonly objects: string;
	readonly request: (parents: Readonly<Record<string, string>>) => ApiRequest;
	readonly paging: Paging;
	/** What is kept of a row in memory. */
	readonly keep: (row: IDataObject) => IDataObject;
	/** How long it is kept. */
	readonly seconds: number;
}

/** What a list says of objects by ID. `failure` is why the list could not be read. */
export interface Names {
	readonly byId: ReadonlyMap<string, IDataObject>;
	readonly failure?: string;
}

interface Known {
	readonly byId: Map<string, IDataObject>;
	readonly readAt: number;
	readonly isWhole: boolean;
	readonly failure?: string;
}

export interface Wanted {
	/** IDs after which reading stops. Without them the whole list is read. */
	readonly ids?: ReadonlySet<string>;
	/** A query that makes the list shorter and is likely to keep these IDs; tried first. */
	readonly near?: IDataObject;
	readonly parents?: Readonly<Record<string, string>>;
	/** Reads the list again, unless it was just read: what was looked for is not in it. */
	readonly again?: true;
}

export type ReadNames = (list: NameList, wanted?: Wanted) => Promise<Names>;

/** The IDs that rows give. */
export const idsIn = (rows: readonly IDataObject[], of: (row: IDataObject) => unknown): ReadonlySet<string> =>
	new Set(
		rows
			.map(of)
			.filter((id) => id !== undefined && id !== null && id !== '')
			.map(foldId),
	);

const PAGE_ROWS = 200;
/** Pages that are read for some IDs: their list may have a million rows. */
const MOST_PAGES = 50;
/** A list that has just been read, or refused, is not read once more for every item. */
const AGAIN_AFTER_MS = 10_000;
const MOST_LISTS = 50;

/** The lists of one connection that give names, each read once for all runs of this process and kept for a while. */
export class NameBook {
	private readonly lists = new Map<string, Known>();

	constructor(private readonly withLock: WithLock) {}

	/** Never throws: without a name, what the names are for goes on. */
	async read(send: SendRequest, list: NameList, { ids, near, parents = {}, again }: Wanted = {}): Promise<Names> {
		const request = list.request(parents);
		const key = JSON.stringify([request.route, request.path]);
		return await this.withLock(`names ${key}`, async () => {
			const known = this.fresh(key, list, ids, again);
			if (known !== undefined) return known;
			const byId = new Map(this.isKept(key, list) ? this.lists.get(key)?.byId : undefined);
			const missing = new Set([...(ids ?? [])].filter((id) => !byId.has(id)));
			let isWhole = false;
			let failure: string | undefined;
			try {
				for (const query of ids !== undefined && near !== undefined ? [near, undefined] : [undefined]) {
					if (ids !== undefined && missing.size === 0) break;
					const isRead = await readInto(byId, send, list, { ...request, query: { ...request.query, ...query } }, ids && missing);
					isWhole = isRead && query === undefined;
				}
			} catch (error) {
				failure = error instanceof Error ? error.message : String(error);
			}
			const read: Known = { byId, readAt: clock.now(), isWhole, failure };
			keepNewest(this.lists, key, read, MOST_LISTS);
			return read;
		});
	}

	private isKept(key: string, { seconds }: NameList): boolean {
		const known = this.lists.get(key);
		return known !== undefined && clock.now() - known.readAt < seconds * 1000;
	}

	/** What is known, where reading once more would bring nothing. */
	private fresh(key: string, list: NameList, ids: Wanted['ids'], again: Wanted['again']): Known | undefined {
		const known = this.lists.get(key);
		if (known === undefined) return undefined;
		const isEnough = ids === undefined ? known.isWhole : [...ids].every((id) => known.byId.has(id));
		if (isEnough && again === undefined && this.isKept(key, list)) return known;
		const isJustRead = (known.isWhole || known.failure !== undefined) && clock.now() - known.readAt < AGAIN_AFTER_MS;
		return isJustRead ? known : undefined;
	}
}

/** Whether the list was read to its end. */
async function readInto(
	byId: Map<string, IDataObject>,
	send: SendRequest,
	{ paging, keep }: NameList,
	request: ApiRequest,
	missing: Set<string> | undefined,
): Promise<boolean> {
	let pages = 0;
	for await (const { rows, next } of paging(send, request, PAGE_ROWS)) {
		for (const row of rows) {
			const id = foldId(row.id);
			byId.set(id, keep(row));
			missing?.delete(id);
		}
		pages += 1;
		if (missing !== undefined && next !== undefined && (missing.size === 0 || pages === MOST_PAGES)) return false;
	}
	return true;
}
