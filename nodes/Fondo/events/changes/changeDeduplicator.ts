import type { IDataObject } from 'n8n-workflow';
import { keepNewest, SeenKeys } from '../../../shared/core/seenKeys';
import type { Change } from './change';
import { changeBefore, creationOf, differ, identityOf, isUndated, modifiedAt, variantOf } from './change';

/** Twice what was read at once is kept in any case: what is forgotten within the time that is read anew would be told anew. */
const LEAST_CHANGES = 100_000;
const MOST_STATES = 2_000;

/** What was told in this process: each change once, and the changes of each object in order. */
export class ChangeDeduplicator {
	private readonly seen: SeenKeys;
	private readonly variants = new SeenKeys(MOST_STATES);
	private readonly states = new Map<string, { at: number; state: IDataObject }>();
	private readonly undated = new Map<string, string>();

	/** @param identities of what was told before */
	constructor(identities: Iterable<string>) {
		this.seen = new SeenKeys(LEAST_CHANGES, Infinity, identities);
	}

	/**
	 * Which of these are news, in the order given, each after what is now known to have come before it.
	 * @param since from when on what was before a change is news as well; ms since 1970
	 */
	news(changes: readonly Change[], since = Infinity): Change[] {
		this.seen.makeRoomFor(2 * changes.length);
		return changes.flatMap((change) => [...this.missed(change, since), change]).flatMap((change) => this.fresh(change));
	}

	/** What this change tells of the time before it, when that was not told. */
	private missed(change: Change, since: number): Change[] {
		const before = changeBefore(change);
		return before?.at !== undefined && before.at > since && !this.seen.has(identityOf(before)) ? [before] : [];
	}

	private fresh(change: Change): Change[] {
		if (isUndated(change)) return this.freshUndated(change);
		const { id, at, current } = change;
		const last = id === undefined ? undefined : this.states.get(id);
		const isTold = !this.seen.isNew(identityOf(change));
		const isAnother = isTold && last !== undefined && last.at === at && current !== undefined && differ(last.state, current);
		const isNewVariant = this.variants.isNew(variantOf(change));
		if (isTold && !(isAnother && isNewVariant)) return [];
		// A newer state was told before: this one would set the clock back, unless it says itself that it came after that one.
		const isNext = last !== undefined && modifiedAt(change.previous) === last.at;
		if (last !== undefined && at !== undefined && at < last.at && !isNext) return [];
		if (id !== undefined) this.remember(id, change);
		const madeInGap = change.madeInGap === true && last === undefined && this.seen.isNew(creationOf(change));
		const identity = isAnother ? variantOf(change) : undefined;
		const previous = change.previous ?? (current === undefined ? undefined : last?.state);
		return [{ ...change, madeInGap, identity, previous }];
	}

	/** What says the same as the last of its object is the same, come twice. */
	private freshUndated(change: Change): Change[] {
		const object = change.id ?? change.eventType;
		const variant = variantOf(change);
		if (this.undated.get(object) === variant) return [];
		keepNewest(this.undated, object, variant, MOST_STATES);
		return [change];
	}

	private remember(id: string, { kind, at, current }: Change) {
		// Nothing comes after the end.
		const state = kind === 'deleted' ? { at: Infinity, state: {} } : at !== undefined && current ? { at, state: current } : undefined;
		if (state) keepNewest(this.states, id, state, MOST_STATES);
	}
}
