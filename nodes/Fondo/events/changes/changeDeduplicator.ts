import type { IDataObject } from 'n8n-workflow';
import { keepNewest, SeenKeys } from '../../../shared/core/seenKeys';
import type { Change } from './change';
import { changeBefore, contradict, creationIdentityOf, identityOf, isUndated, modifiedAt, variantOf } from './change';

/** Room for at least twice the largest read: a key evicted within the re-read overlap would be emitted a second time. */
const LEAST_CHANGES = 100_000;
const MOST_STATES = 2_000;

/** Which changes this process has already let through: each change passes once, and the changes of one object in order. */
export class ChangeDeduplicator {
	private readonly seen: SeenKeys;
	private readonly variants = new SeenKeys(MOST_STATES);
	private readonly states = new Map<string, { at: number; state: IDataObject }>();
	private readonly undated = new Map<string, string>();

	/** @param identities of changes that earlier processes have let through */
	constructor(identities: Iterable<string>) {
		this.seen = new SeenKeys(LEAST_CHANGES, Infinity, identities);
	}

	/**
	 * The changes that were not seen before, in the given order. A frame also contains the previous state: if the change to that state
	 * was missed, it is inserted before.
	 * @param since insert only missed changes after this time; milliseconds since 1970
	 */
	unseen(changes: readonly Change[], since = Infinity): Change[] {
		this.seen.ensureCapacity(2 * changes.length);
		return changes.flatMap((change) => [...this.missedBefore(change, since), change]).flatMap((change) => this.check(change));
	}

	private missedBefore(change: Change, since: number): Change[] {
		const before = changeBefore(change);
		return before?.at !== undefined && before.at > since && !this.seen.has(identityOf(before)) ? [before] : [];
	}

	private check(change: Change): Change[] {
		if (isUndated(change)) return this.checkUndated(change);
		const { id, at, current } = change;
		const last = id === undefined ? undefined : this.states.get(id);
		const isSeen = !this.seen.isNew(identityOf(change));
		const isSecondState = isSeen && last !== undefined && last.at === at && current !== undefined && contradict(last.state, current);
		const isNewVariant = this.variants.isNew(variantOf(change));
		if (isSeen && !(isSecondState && isNewVariant)) return [];
		// An older state than the last one is dropped, unless its frame names the last one as its previous state.
		const followsLast = last !== undefined && modifiedAt(change.previous) === last.at;
		if (last !== undefined && at !== undefined && at < last.at && !followsLast) return [];
		if (id !== undefined) this.remember(id, change);
		const createdInGap = change.createdInGap === true && last === undefined && this.seen.isNew(creationIdentityOf(change));
		const identity = isSecondState ? variantOf(change) : undefined;
		const previous = change.previous ?? (current === undefined ? undefined : last?.state);
		return [{ ...change, createdInGap, identity, previous }];
	}

	/** An undated change with the same content as the last one of its object is a duplicate. */
	private checkUndated(change: Change): Change[] {
		const object = change.id ?? change.eventType;
		const variant = variantOf(change);
		if (this.undated.get(object) === variant) return [];
		keepNewest(this.undated, object, variant, MOST_STATES);
		return [change];
	}

	private remember(id: string, { kind, at, current }: Change) {
		// No change follows a deletion.
		const state = kind === 'deleted' ? { at: Infinity, state: {} } : at !== undefined && current ? { at, state: current } : undefined;
		if (state) keepNewest(this.states, id, state, MOST_STATES);
	}
}
