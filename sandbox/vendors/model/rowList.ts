import type { Behaviour, Life } from '../position';
import { TimeQueue } from './timeQueue';

export interface Row {
	readonly sequence: number;
	readonly sortedId: string | number | undefined;
	life: Life;
	modifiedAt: number;
}

interface Slot<R> {
	readonly row: R;
	showAt: number;
	hideAt: number;
	isShown: boolean;
}

export interface Slice<R> {
	readonly rows: readonly R[];
	/** How many rows come before. */
	readonly skipped: number;
	/** Shown rows that match, before paging. Counted when it is read, because a filter makes that slow. */
	readonly total: number;
}

/**
 * The rows of one list in the order of their sequence. A row enters when the vendor begins to show it and leaves when the
 * vendor leaves it out. Reading costs as much as the page, never as much as the list.
 */
export class RowList<R extends Row> {
	private shown: Slot<R>[] = [];
	/** Slots before this index have left the list. */
	private head = 0;
	private readonly slots = new Map<R, Slot<R>>();
	private readonly bySortedId = new Map<string, R>();
	private readonly toShow = new TimeQueue<Slot<R>>();
	private readonly toHide = new TimeQueue<Slot<R>>();

	constructor(private readonly behaviour: Behaviour) {}

	add(row: R): void {
		const slot = { row, showAt: NaN, hideAt: NaN, isShown: false };
		this.slots.set(row, slot);
		if (row.sortedId !== undefined) this.bySortedId.set(String(row.sortedId), row);
		this.plan(slot);
	}

	/** To be called when the life of a row has changed. */
	changed(row: R): void {
		const slot = this.slots.get(row);
		if (slot) this.plan(slot);
	}

	/** Rows from `start` on, as the vendor understands it, at most `limit` of those that match. */
	from(start: string | undefined, limit: number, now: number, matches?: (row: R) => boolean, createdFrom?: number): Slice<R> {
		this.settle(now);
		const first = this.indexOfStart(start, createdFrom);
		return this.slice(this.collect(first, limit, matches), first, matches);
	}

	/** Rows of a page. The first page is number 1. */
	page(number: number, size: number, now: number, matches?: (row: R) => boolean): Slice<R> {
		this.settle(now);
		const first = (number - 1) * size;
		const rows = matches ? this.collect(0, Infinity, matches).slice(first, first + size) : this.collect(first, size);
		return this.slice(rows, first, matches);
	}

	private slice(rows: readonly R[], skipped: number, matches: ((row: R) => boolean) | undefined): Slice<R> {
		const count = () => (matches ? this.collect(0, Infinity, matches).length : this.size);
		return {
			rows,
			skipped,
			get total() {
				return count();
			},
		};
	}

	private get size(): number {
		return this.shown.length - this.head;
	}

	/** The row at a position of the list as the vendor orders it. */
	private at(index: number): R | undefined {
		if (index < 0 || index >= this.size) return undefined;
		return this.shown[this.behaviour.newestFirst ? this.shown.length - 1 - index : this.head + index]?.row;
	}

	private collect(first: number, limit: number, matches?: (row: R) => boolean): R[] {
		const rows: R[] = [];
		for (let index = first; rows.length < limit; index++) {
			const row = this.at(index);
			if (!row) break;
			if (!matches || matches(row)) rows.push(row);
		}
		return rows;
	}

	private indexOfStart(start: string | undefined, createdFrom: number | undefined): number {
		if (start === undefined || this.behaviour.start === 'ignored') {
			if (createdFrom === undefined || this.behaviour.newestFirst) return 0;
			return this.search((row) => row.life.createdAt >= createdFrom);
		}
		const named = this.bySortedId.get(start);
		const { newestFirst } = this.behaviour;
		const index = this.search((row) => {
			if (named) return newestFirst ? row.sequence <= named.sequence : row.sequence >= named.sequence;
			// A start that no row has: the first row that sorts behind it.
			if (row.sortedId === undefined) return true;
			return newestFirst ? String(row.sortedId) <= start : String(row.sortedId) >= start;
		});
		return this.behaviour.start === 'exclusive' && named && this.at(index) === named ? index + 1 : index;
	}

	/** The first position for which `holds` is true; it must be true for all positions behind it, too. */
	private search(holds: (row: R) => boolean): number {
		let low = 0;
		let high = this.size;
		while (low < high) {
			const middle = (low + high) >> 1;
			const row = this.at(middle);
			if (row && !holds(row)) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	private plan(slot: Slot<R>): void {
		const showAt = this.behaviour.shownFrom(slot.row.life);
		const hideAt = this.behaviour.shownUntil(slot.row.life);
		if (showAt !== slot.showAt && Number.isFinite(showAt)) this.toShow.add(showAt, slot);
		if (hideAt !== slot.hideAt && Number.isFinite(hideAt)) this.toHide.add(hideAt, slot);
		slot.showAt = showAt;
		slot.hideAt = hideAt;
	}

	private settle(now: number): void {
		for (let due = this.toShow.take(now); due; due = this.toShow.take(now)) {
			// A slot whose plan has changed since has a later entry of its own.
			if (due.item.showAt === due.due && !due.item.isShown && due.item.hideAt > due.due) this.insert(due.item);
		}
		for (let due = this.toHide.take(now); due; due = this.toHide.take(now)) {
			if (due.item.hideAt === due.due) this.remove(due.item);
		}
	}

	private insert(slot: Slot<R>): void {
		slot.isShown = true;
		const last = this.shown.at(-1);
		if (this.size === 0 || (last && last.row.sequence < slot.row.sequence)) this.shown.push(slot);
		else this.shown.splice(this.place(slot), 0, slot);
	}

	private remove(slot: Slot<R>): void {
		if (!slot.isShown) return;
		slot.isShown = false;
		// A row that has left never comes back.
		slot.showAt = Infinity;
		const place = this.place(slot);
		if (place !== this.head) this.shown.splice(place, 1);
		else this.head += 1;
		if (this.head < 1024 || this.head * 2 < this.shown.length) return;
		this.shown = this.shown.slice(this.head);
		this.head = 0;
	}

	/** Where a slot is, or belongs, in `shown`. */
	private place(slot: Slot<R>): number {
		let low = this.head;
		let high = this.shown.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = this.shown[middle];
			if (other && other.row.sequence < slot.row.sequence) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
