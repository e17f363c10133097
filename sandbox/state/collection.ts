export interface Change<T> {
	current: T;
	previous?: T;
}

/** Objects by id, in creation order. An update replaces the object, so every change carries the previous version. */
export class Collection<T extends object> {
	private readonly byId = new Map<string, number>();
	private readonly items: T[] = [];
	private readonly listeners: Array<(change: Change<T>) => void> = [];

	constructor(
		private readonly idOf: (item: T) => string | undefined,
		items: T[] = [],
		/** Completes an updated object before the collection stores it. */
		private readonly completeUpdate: (current: T, previous: T) => T = (current) => current,
	) {
		for (const item of items) this.push(item);
	}

	all(): readonly T[] {
		return this.items;
	}

	get(id: string): T | undefined {
		const index = this.byId.get(id);
		return index === undefined ? undefined : this.items[index];
	}

	indexOf(id: string): number | undefined {
		return this.byId.get(id);
	}

	add(item: T): T {
		this.push(item);
		this.emit({ current: item });
		return item;
	}

	update(item: T, patch: Partial<T>): T {
		const index = this.byId.get(this.idOf(item) ?? '');
		const previous = index === undefined ? undefined : this.items[index];
		if (index === undefined || previous === undefined) throw new Error('Cannot change an object that was never added');
		const current = this.completeUpdate({ ...previous, ...patch }, previous);
		this.items[index] = current;
		this.emit({ current, previous });
		return current;
	}

	remove(id: string): void {
		const index = this.byId.get(id);
		if (index === undefined) return;
		this.items.splice(index, 1);
		this.byId.clear();
		this.items.forEach((item, position) => this.byId.set(this.idOf(item) ?? '', position));
	}

	onChange(listener: (change: Change<T>) => void): void {
		this.listeners.push(listener);
	}

	private push(item: T): void {
		this.byId.set(this.idOf(item) ?? '', this.items.length);
		this.items.push(item);
	}

	private emit(change: Change<T>): void {
		for (const listener of this.listeners) listener(change);
	}
}
