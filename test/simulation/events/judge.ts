/**
 * The promise of docs/triggers.md, checked against what happened at Fondo. The judge knows nothing of the node: only changes, frames
 * that reached n8n, lists that were read, and executions.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Host, Vendor as Ways } from './schedule';
import type { Time } from './time';
import type { Change, Vendor } from './vendor';
import { carriesPrevious } from './vendor';

export interface Violation {
	readonly invariant: 'Once' | 'Complete' | 'Order' | 'Publishing' | 'Deletion' | 'Bounded' | 'Opens';
	readonly sentence: string;
}

type Closing = 'kill' | 'term' | 'leader' | 'update' | 'republish';

/** One change, and what became of it. Changes with one key are one. */
interface Fate {
	readonly change: Change;
	readonly isDue: boolean;
	/** When a frame that shows it reached n8n. */
	readonly arrivals: Array<{ readonly at: number; readonly isOwn: boolean; readonly session: number; readonly openedAt: number }>;
	execution?: number;
	/** When it was delivered. */
	at?: number;
	/** n8n died while the execution looked whether an earlier one had it. */
	isCrashed?: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** The time of publishing is read from a header with whole seconds, after a call. */
const PUBLISHING_MS = 3 * SECOND;
/** So long the trigger waits for frames that are behind the lists. */
const SETTLE_MS = 2 * SECOND;
/** So long it reads the lists after a connection, at most, where none fails. Frames wait meanwhile. */
const READ_MS = 5 * SECOND;
/** What is older is not promised: docs/triggers.md, "a few minutes". */
const FRESH_MS = 5 * MINUTE;
/** The state may be stored a moment later. */
const STORED_MS = 300;
const MOST_SAVED = 150_000;
/** The objects of a list that fails, by the end of its path; all of them where it is not here. */
const OBJECTS_OF: Readonly<Record<string, string>> = {
	'/order': 'order',
	'/account': 'account',
	'/cash': 'transaction',
	'/fund': 'transaction',
};

export class Judge {
	readonly violations: Violation[] = [];
	/** The trigger that is open, by number; 0 when none is. */
	session = 0;
	private sessions = 0;
	private isPublished = false;
	private publishedAt = Infinity;
	private forgottenAt = -Infinity;
	/** The time of publishing that holds for each session. */
	private readonly publishedOf: number[] = [];
	private readonly fates = new Map<string, Fate>();
	private readonly objects = new Map<string, Fate[]>();
	/** When a list showed a state of an object. */
	private readonly shownAt = new Map<string, Array<{ readonly at: number; readonly rank: number }>>();
	private readonly reads: number[] = [];
	private readonly blocks: Array<{ readonly from: number; readonly until: number; readonly objects?: string }> = [];
	private readonly cuts: Array<{ readonly from: number; readonly until: number }> = [];
	private readonly closings: Array<{ readonly at: number; readonly how: Closing }> = [];
	/** When executions were asked for whose state was stored. */
	private readonly stores: number[] = [];
	private readonly sessionOf: number[] = [0];
	delivered = 0;
	log: ((text: string) => void) | undefined;

	constructor(
		private readonly time: Time,
		private readonly vendor: Vendor,
		private readonly ways: Ways,
		private readonly host: Host,
	) {}

	broken(invariant: Violation['invariant'], sentence: string) {
		this.violations.push({ invariant, sentence });
		this.log?.(`BROKEN ${invariant}: ${sentence}`);
	}

	/** From now on changes count. */
	publish(isContinued: boolean) {
		const { now } = this.time;
		this.isPublished = true;
		if (!isContinued) this.publishedAt = now;
	}

	/** What was not delivered before is not caught up. */
	pause() {
		this.isPublished = false;
		this.forgottenAt = this.time.now;
	}

	/** Fondo does not answer a list until then: the trigger holds back the frames of its objects. Without the clients it can ask nothing. */
	block(path: string, until: number) {
		this.blocks.push({ from: this.time.now, until, objects: OBJECTS_OF[path] });
	}

	/** The connection breaks. A trigger that still reads the lists reads them again: with a connection, or at the interval of its check. */
	cut(ms: number) {
		const { now } = this.time;
		this.cuts.push({ from: now, until: now + Math.min(ms, this.host.checkMinutes * MINUTE) + MINUTE });
	}

	opened(): number {
		this.session = this.sessions += 1;
		this.publishedOf[this.session] = this.publishedAt;
		this.log?.(`opened ${this.session}`);
		return this.session;
	}

	closed(how: Closing) {
		this.session = 0;
		this.closings.push({ at: this.time.now, how });
		this.log?.(`closed by ${how}`);
	}

	changed(change: Change) {
		this.log?.(`change ${change.key} ${String(change.state.status)}`);
		const isDue = this.isPublished && this.time.now >= this.publishedAt + PUBLISHING_MS && this.isWanted(change);
		const known = this.fates.get(change.key);
		// Only one of the changes that are one has to be due.
		if (known && (known.isDue || !isDue)) return;
		const fate: Fate = { ...(known ?? { arrivals: [] }), change, isDue };
		this.fates.set(change.key, fate);
		const all = this.objects.get(change.objectKey);
		if (all === undefined) this.objects.set(change.objectKey, [fate]);
		else if (known) all[all.indexOf(known)] = fate;
		else all.push(fate);
	}

	private isWanted({ object }: Change): boolean {
		const { objects } = this.host;
		return objects.includes('*') || objects.includes(object);
	}

	/** A frame with this change reached the trigger. */
	arrived(change: Change, session: number, openedAt: number) {
		this.log?.(`frame ${change.key}`);
		const { now } = this.time;
		this.fates.get(change.key)?.arrivals.push({ at: now, isOwn: true, session, openedAt });
		const { before } = change;
		if (before?.rank !== undefined && carriesPrevious(this.ways, change))
			this.fates.get(before.key)?.arrivals.push({ at: now, isOwn: false, session, openedAt });
	}

	shown(changes: readonly Change[]) {
		const { now } = this.time;
		this.reads.push(now);
		for (const { objectKey, rank = 0, key } of changes) {
			const all = this.shownAt.get(objectKey);
			if (all?.at(-1)?.rank === rank) continue;
			this.log?.(`list shows ${key}`);
			if (all) all.push({ at: now, rank });
			else this.shownAt.set(objectKey, [{ at: now, rank }]);
		}
	}

	/** n8n has stored the state that the trigger had at this time. */
	stored(emittedAt: number) {
		this.stores.push(emittedAt);
	}

	saved(staticData: string) {
		if (staticData.length > MOST_SAVED * this.host.clients) this.broken('Bounded', `The state has ${staticData.length} characters`);
	}

	/** An execution begins. Returns its number: executions begin in the order of their numbers. */
	began(session: number): number {
		return this.sessionOf.push(session) - 1;
	}

	/** An execution lets items pass. Where n8n died before, an execution that nothing had before has them in n8n's list. */
	decided(execution: number, items: readonly INodeExecutionData[], isSure: boolean) {
		items.forEach(({ json }, index) => this.deliver(execution + index / 1_000, json, isSure));
	}

	private deliver(execution: number, item: IDataObject, isSure: boolean) {
		const key = keyIn(item);
		const fate = this.fates.get(key);
		this.log?.(`delivered ${key} by ${execution}, ${String(item.source)}`);
		if (fate === undefined) return this.broken('Once', `${key} was delivered, and never happened`);
		if (fate.execution !== undefined) {
			if (isSure && !fate.isCrashed && !this.isRepeat(fate.change, fate.at)) this.broken('Once', `${key} was delivered twice`);
			if (isSure) fate.isCrashed = false;
			return;
		}
		this.delivered += 1;
		const { objectKey, rank, happenedAt } = fate.change;
		Object.assign(fate, { execution, at: this.time.now, isCrashed: !isSure });
		const session = this.sessionOf[Math.floor(execution)];
		const publishedAt = this.publishedOf[session];
		if (happenedAt < publishedAt - PUBLISHING_MS && !this.isRepeat(fate.change, happenedAt))
			this.broken('Publishing', `${key} happened before the workflow was published`);
		if (rank === undefined) return;
		for (const other of this.objects.get(objectKey) ?? []) {
			const { execution: its, change } = other;
			if (its === undefined || other === fate || change.rank === undefined) continue;
			if (this.isForgotten(other, session, item)) continue;
			const [first, second] = its < execution ? [change, fate.change] : [fate.change, change];
			if (first.rank! > second.rank!)
				this.broken(first.rank === Infinity ? 'Deletion' : 'Order', `${second.key} was delivered after ${first.key}`);
		}
	}

	/**
	 * Another process delivered that change and had no time to store it. This one cannot know it where its list lags, or where Fondo
	 * sends again what was before.
	 */
	private isForgotten({ execution = 0, at = 0 }: Fate, session: number, { source }: IDataObject): boolean {
		const { lagMs, replayMs } = this.ways;
		const its = this.sessionOf[Math.floor(execution)];
		if (its === session) return false;
		const closedAt = this.closings[its - 1]?.at ?? Infinity;
		return (source === 'catchUp' ? lagMs : replayMs) > 0 && !this.stores.some((store) => store > at + STORED_MS && store < closedAt);
	}

	/** A frame without a date that Fondo sends again: it looks like a new one, unless a list shows the deletion. */
	private isRepeat(change: Change, before = -Infinity): boolean {
		const { rank, kind } = change;
		const { doubles, replayMs, lagMs } = this.ways;
		if (rank === undefined) return doubles > 0 || replayMs > 0;
		const isOld = this.time.now - before > FRESH_MS || before < this.publishedAt - FRESH_MS;
		return kind === 'delete' && replayMs > 0 && (isOld || lagMs > 0 || !this.vendor.isListed(change));
	}

	/** Everything has come to rest: what must have been delivered? */
	finish() {
		for (const fates of this.objects.values())
			for (const fate of fates) {
				const { change } = fate;
				if (!fate.isDue || fate.execution !== undefined || change.happenedAt <= this.forgottenAt) continue;
				const isLast = fate === fates.at(-1);
				if (isLast && this.vendor.isListed(change)) this.broken('Complete', `The last state ${change.key} was not delivered`);
				else if (isLast && change.object === 'journey' && this.isFollowed(fates, change))
					this.broken('Complete', `The end of the journey ${change.key} was not delivered`);
				else if (fate.arrivals.some((arrival) => !this.isExcused(fate, arrival, fates)))
					this.broken('Complete', `${change.key} reached n8n and was not delivered`);
			}
	}

	/** An earlier state of the journey was delivered since the publishing, and stored. */
	private isFollowed(fates: readonly Fate[], { happenedAt }: Change): boolean {
		return fates.some(
			({ at = Infinity, isDue }) =>
				isDue && at > this.publishedAt && at < happenedAt && this.stores.some((store) => store > at && store < happenedAt),
		);
	}

	private isExcused({ change }: Fate, { at, isOwn, session, openedAt }: Fate['arrivals'][number], fates: readonly Fate[]): boolean {
		const { rank, object, objectKey, happenedAt } = change;
		if (at - happenedAt > FRESH_MS) return true;
		if (rank !== undefined) {
			const isNewer = (other: Fate) => (other.change.rank ?? 0) > rank;
			const cameFirst = (other: Fate) =>
				(other.at ?? Infinity) <= at || other.arrivals.some((one) => one.session === session && one.at < at);
			if (fates.some((other) => isNewer(other) && cameFirst(other))) return true;
			if (this.shownAt.get(objectKey)?.some((one) => one.rank > rank && one.at + SETTLE_MS < at)) return true;
			if (!isOwn && this.reads.some((read) => read > happenedAt - SETTLE_MS && read <= at)) return true;
		}
		// Later states of a journey are read by its ID.
		const isListed = this.vendor.isListed(change) || change.object === 'journey';
		let heldUntil = Math.max(at, openedAt + READ_MS);
		for (const { from, until } of this.cuts) if (from >= at && from < openedAt + READ_MS) heldUntil = Math.max(heldUntil, until + READ_MS);
		for (const { from, until, objects = object } of this.blocks)
			if (objects === object && from < heldUntil + MINUTE) heldUntil = Math.max(heldUntil, until);
		return this.closings.some(
			(closing) =>
				closing.at >= at &&
				closing.at - heldUntil < FRESH_MS &&
				(isListed || (closing.how !== 'update' && !this.stores.some((store) => store >= heldUntil + STORED_MS && store <= closing.at))),
		);
	}
}

/** The key of the change in an item. */
function keyIn({ clientId, object, id, change, current }: IDataObject): string {
	const { modifiedDate, createdDate, text } = (current ?? {}) as IDataObject;
	const date = modifiedDate ?? createdDate;
	const when = change === 'deleted' ? 'deleted' : typeof date === 'string' ? Date.parse(date) : String(text);
	return `${String(clientId)} ${String(object)} ${String(id)} ${when}`;
}
