export interface Change<T> {
	current: T;
	previous?: T;
}

type IdOf<T> = (item: T) => string | undefined;

const positionsOf = <T>(items: readonly T[], idOf: IdOf<T>) => new Map(items.map((item, position) => [idOf(item) ?? '', position]));

/** The positions in each seed, because all sandboxes of a process share the seed. */
const seedPositions = new WeakMap<readonly object[], ReadonlyMap<string, number>>();

function positionsInSeed<T extends object>(seed: readonly T[], idOf: IdOf<T>): ReadonlyMap<string, number> {
	const positions = seedPositions.get(seed) ?? positionsOf(seed, idOf);
	seedPositions.set(seed, positions);
	return positions;
}

/** Objects by id, in creation order. An update replaces the object, so every change carries the previous version. */
export class Collection<T extends object> {
	/** Positions of what the collection began with, until one of its objects is removed. */
	private seeded: ReadonlyMap<string, number>;
	private added = new Map<string, number>();
	private readonly items: T[];
	private readonly listeners: Array<(change: Change<T>) => void> = [];

	constructor(
		private readonly idOf: IdOf<T>,
		seed: readonly T[] = [],
		/** Completes an updated object before the collection stores it. */
		private readonly completeUpdate: (current: T, previous: T) => T = (current) => current,
	) {
		this.seeded = positionsInSeed(seed, idOf);
		this.items = [...seed];
	}

	all(): readonly T[] {
		return this.items;
	}

	get(id: string): T | undefined {
		const index = this.indexOf(id);
		return index === undefined ? undefined : this.items[index];
	}

	indexOf(id: string): number | undefined {
		return this.added.get(id) ?? this.seeded.get(id);
	}

	add(item: T): T {
		this.added.set(this.idOf(item) ?? '', this.items.length);
		this.items.push(item);
		this.emit({ current: item });
		return item;
	}

	update(item: T, patch: Partial<T>): T {
		const index = this.indexOf(this.idOf(item) ?? '');
		const previous = index === undefined ? undefined : this.items[index];
		if (index === undefined || previous === undefined) throw new Error('Cannot change an object that was never added');
		const current = this.completeUpdate({ ...previous, ...patch }, previous);
		this.items[index] = current;
		this.emit({ current, previous });
		return current;
	}

	remove(id: string): void {
		const index = this.indexOf(id);
		if (index === undefined) return;
		this.items.splice(index, 1);
		this.seeded = new Map();
		this.added = positionsOf(this.items, this.idOf);
	}

	onChange(listener: (change: Change<T>) => void): void {
		this.listeners.push(listener);
	}

	private emit(change: Change<T>): void {
		for (const listener of this.listeners) listener(change);
	}
}
