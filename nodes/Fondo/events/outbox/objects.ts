import type { IDataObject } from 'n8n-workflow';
import { keepNewest } from '../../../shared/core/seenKeys';
import type { Change } from '../changes/change';
import { changeBefore, contentOf, isUndated, objectHash, objectKey, stateAt } from '../changes/change';

/** The newest known state of an object, and the time of the change that was delivered last. No change follows a deletion: its time is infinite. */
interface Known {
	readonly at: number;
	readonly state: IDataObject;
	readonly deliveredAt: number;
}

/** Nothing follows a deletion, whatever date its row has. JSON has no infinity. */
const sentAt = ({ kind, at = -Infinity }: Change) => (kind === 'deleted' ? Number.MAX_SAFE_INTEGER : at);

/**
 * Leaves out each change that is older than an earlier change of the same object. Where a clock goes backwards, a
 * change follows if it names the newest state as the previous one.
 */
export function inOrderAfter(earlier: readonly Change[], changes: readonly Change[]): Change[] {
	const newest = new Map<string, number>();
	for (const change of earlier)
		if (!isUndated(change)) newest.set(objectKey(change), Math.max(sentAt(change), newest.get(objectKey(change)) ?? -Infinity));
	return changes.filter((change) => {
		const at = newest.get(objectKey(change));
		return at === undefined || isUndated(change) || sentAt(change) >= at || stateAt(change.previous) === at;
	});
}

const MOST_OBJECTS = 2_000;
/** n8n writes what is saved to its database with every event, so it must stay small. */
const MOST_SAVED = 1_000;

/** What this process knows of each object: it keeps the changes of one object in order, and completes them. */
export class KnownObjects {
	private readonly known = new Map<string, Known>();
	/** How far the changes of each object have gone to n8n, also in earlier processes: older ones are no longer in order. */
	private readonly sent: Map<string, number>;
	/** The content of the last undated change of each object. */
	private readonly undated = new Map<string, string>();
	/** The status of each object when it last started an execution. 0.1.0 stored the ID alone. */
	private readonly reached: Map<string, string>;

	constructor(reached: Iterable<[object: string, status: string]> = [], sent: Iterable<[object: string, at: number]> = []) {
		this.reached = new Map(reached);
		this.sent = new Map(sent);
	}

	/** The change to the previous state in a frame, if it came after `since` and no newer state is known: its own frame was missed or is late. */
	missedBefore(change: Change, since = Infinity): Change | undefined {
		const before = changeBefore(change);
		if (before?.at === undefined || before.at <= since) return undefined;
		const known = this.known.get(objectKey(before));
		return known === undefined || known.at < before.at ? before : undefined;
	}

	/** The change with the previous state, if it is known; undefined when a newer change of the object was delivered, or an undated one is repeated. */
	follow(change: Change): Change | undefined {
		const key = objectKey(change);
		if (isUndated(change)) return this.undated.get(key) === contentOf(change) ? undefined : change;
		const { kind, at = Infinity, current } = change;
		const known = this.known.get(key);
		// A clock may go backwards: the change is in order when its frame names the last state as the previous one.
		const followsLast = known !== undefined && stateAt(change.previous) === known.at;
		if (!followsLast && sentAt(change) < (this.sent.get(objectHash(change)) ?? -Infinity)) return undefined;
		if (known !== undefined && !followsLast && (known.at === Infinity || at < known.deliveredAt)) return undefined;
		if (this.statusOf(change) !== String(current?.status)) this.forgetStatus(change);
		const { at: newest = -Infinity, deliveredAt = -Infinity } = known ?? {};
		if (kind === 'deleted') keepNewest(this.known, key, { at: Infinity, state: {}, deliveredAt }, MOST_OBJECTS);
		else if (at >= newest || followsLast) keepNewest(this.known, key, { at, state: current ?? {}, deliveredAt }, MOST_OBJECTS);
		return {
			...change,
			createdInGap: change.createdInGap && known === undefined,
			previous: change.previous ?? (current === undefined ? undefined : known?.state),
		};
	}

	/** The change goes to n8n: older ones of its object are no longer in order. */
	delivered(change: Change) {
		const key = objectKey(change);
		const known = this.known.get(key);
		if (isUndated(change)) keepNewest(this.undated, key, contentOf(change), MOST_OBJECTS);
		else if (known !== undefined) this.known.set(key, { ...known, deliveredAt: change.at ?? known.at });
	}

	/** These changes go to n8n together: older ones of their objects are no longer in order. After a restart they may go together again. */
	send(changes: readonly Change[]) {
		for (const change of [...changes].reverse())
			if (!isUndated(change)) keepNewest(this.sent, objectHash(change), sentAt(change), MOST_SAVED);
	}

	/** n8n has the change. */
	confirm(change: Change) {
		if (sentAt(change) > (this.sent.get(objectHash(change)) ?? -Infinity)) this.send([change]);
	}

	/** How far the changes of each object have gone to n8n; only the times since the given one. */
	sentSince(time: number): Array<[object: string, at: number]> {
		return [...this.sent].filter(([, at]) => at >= time);
	}

	get statuses(): Array<[string, string]> {
		return [...this.reached];
	}

	private statusOf = (change: Change) => this.reached.get(objectKey(change)) ?? this.reached.get(change.id ?? '');

	private forgetStatus(change: Change) {
		this.reached.delete(objectKey(change));
		this.reached.delete(change.id ?? '');
	}

	/** Whether the object had this status when it last started an execution. Asked only for rows of lists: they lack the previous state. */
	hasReached(change: Change): boolean {
		return change.previous === undefined && change.current !== undefined && this.statusOf(change) === String(change.current.status);
	}

	setReached(change: Change) {
		if (change.id === undefined || change.current === undefined) return;
		this.forgetStatus(change);
		keepNewest(this.reached, objectKey(change), String(change.current.status), MOST_SAVED);
	}
}
