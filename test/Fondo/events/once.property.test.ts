import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { tries } from '../../support/holds';
import { changeOf } from './changeOf';
import type { Change } from '../../../nodes/Fondo/events/changes/change';
import { changeOfRow, identityOf } from '../../../nodes/Fondo/events/changes/change';
import type { SavedJournal } from '../../../nodes/Fondo/events/outbox/savedJournal';
import type { ReadResult } from '../../../nodes/Fondo/events/changes/lists';
import type { Effect, StreamEvent } from '../../../nodes/Fondo/events/stream/transition';
import { initialState, transition } from '../../../nodes/Fondo/events/stream/transition';
import { ClientFeed } from '../../../nodes/Fondo/events/changes/clientFeed';

const FILTER = { objects: ['order'], kinds: [], statuses: [], accounts: [] };
const MINUTE = 60_000;

/** A vendor that sends each change to open connections only, and has a list of the current states. */
class Vendor {
	now = Date.UTC(2026, 0, 1);
	readonly orders = new Map<string, IDataObject>();
	/** The times of all changes of each object; a deletion is the last. */
	readonly history = new Map<string, Array<number | 'deleted'>>();
	listening = false;
	wire: IDataObject[] = [];

	change(id: string, isLast: boolean) {
		this.now += 1;
		const previous = this.orders.get(id);
		if (previous?.deleted === true) return;
		const modifiedDate = new Date(this.now).toISOString();
		const version = Number(previous?.version ?? 0) + 1;
		const deleted = isLast && previous !== undefined;
		const current: IDataObject = { id, createdDate: modifiedDate, ...previous, version, modifiedDate, deleted };
		this.orders.set(id, current);
		this.history.set(id, [...(this.history.get(id) ?? []), deleted ? 'deleted' : this.now]);
		if (!this.listening) return;
		if (deleted) this.wire.push({ eventType: 'order.delete', previous });
		else if (previous) this.wire.push({ eventType: 'order.update', current, previous });
		else this.wire.push({ eventType: 'order.create', current });
	}
}

/** n8n: starts one execution per key, and stores the journal each time before it starts one. */
class Host {
	readonly executions: Change[] = [];
	saved: SavedJournal | undefined;
	private readonly keys = new Set<string>();

	save(saved: SavedJournal) {
		this.saved = structuredClone(saved);
	}

	start(change: Change) {
		if (this.keys.has(identityOf(change))) return;
		this.keys.add(identityOf(change));
		this.executions.push(change);
	}
}

/** One process with the trigger in it. An effect that takes time waits in `todo` until the test performs it. */
class Process {
	private state = initialState;
	private todo: Effect[] = [{ type: 'authorise' }];
	private rows: ReadResult | undefined;
	private queue: Change[] = [];
	private running: Change[] = [];
	readonly feed: ClientFeed;

	constructor(
		private readonly vendor: Vendor,
		private readonly host: Host,
		private readonly isCalm: boolean,
	) {
		this.feed = new ClientFeed('client', FILTER, host.saved);
	}

	happen(event: StreamEvent) {
		const [next, effects] = transition(this.state, event);
		this.state = next;
		for (const effect of effects) {
			if (effect.type === 'disconnect') this.hangUp();
			else if (effect.type === 'deliver') this.deliver(effect);
			else if (['authorise', 'connect', 'readLists', 'scheduleRetry'].includes(effect.type)) this.todo = [effect];
		}
	}

	private hangUp() {
		this.vendor.listening = false;
		this.vendor.wire = [];
		this.todo = [];
		this.rows = undefined;
	}

	private deliver({ changes, read }: Extract<Effect, { type: 'deliver' }>) {
		this.queue.push(...this.feed.take(changes));
		if (read) this.feed.journal.advance(read.changes, read.readAt);
	}

	/** n8n stores the journal and then starts the execution; it can die in between. */
	handOver({ dies = false } = {}) {
		const change = this.queue.shift();
		if (change === undefined) return;
		this.host.save(this.feed.journal.saved());
		if (dies) return;
		this.host.start(change);
		this.running.push(change);
	}

	private list = () =>
		[...this.vendor.orders.values()]
			.map((row) => changeOfRow('order', row, this.feed.journal.highWatermark ?? 0))
			.filter(({ at = 0 }) => at >= this.feed.journal.readFrom);

	/** The pending effect succeeds. A list is read at one moment and its response arrives at a later one. */
	proceed() {
		const [effect] = this.todo;
		if (effect?.type === 'readLists' && this.rows === undefined) {
			this.rows = { changes: this.list(), unread: [], readAt: this.vendor.now };
			return;
		}
		this.todo = [];
		if (effect?.type === 'scheduleRetry') this.happen({ type: 'retryDue' });
		if (effect?.type === 'authorise') {
			if (this.feed.journal.highWatermark === undefined) {
				this.feed.journal.addHistory([...this.vendor.orders.values()].map((row) => changeOfRow('order', row, this.vendor.now)));
				this.feed.journal.highWatermark = this.vendor.now;
				this.host.save(this.feed.journal.saved());
			}
			this.happen({ type: 'authorised' });
		}
		if (effect?.type === 'connect') {
			this.vendor.listening = true;
			this.happen({ type: 'opened' });
		}
		if (effect?.type === 'readLists') {
			// The trigger waits a little after the read, so without faults every frame that was on the wire has arrived.
			while (this.isCalm && this.vendor.wire.length > 0) this.hear();
			const read = this.rows;
			this.rows = undefined;
			if (read) this.happen({ type: 'listsRead', ...read });
		}
	}

	fail() {
		if (this.todo.length === 0 || this.todo[0].type === 'scheduleRetry') return;
		this.todo = [];
		this.rows = undefined;
		this.happen({ type: 'failed', error: new Error('down') });
	}

	hear() {
		const frame = this.vendor.wire.shift();
		const change = changeOf(frame, 0);
		if (change) this.happen({ type: 'received', change });
	}

	cut() {
		if (!this.vendor.listening) return;
		this.happen({ type: 'disconnected', error: new Error('cut'), liveMs: 0 });
	}

	executionEnds() {
		const change = this.running.shift();
		if (change) this.feed.confirm(change);
	}

	/** Continues until nothing is left to do. */
	settle() {
		for (let turns = 0; this.state.phase !== 'live' || this.vendor.wire.length > 0; turns += 1) {
			if (turns > 10_000) throw new Error(`never settles: ${this.state.phase}`);
			this.proceed();
			this.hear();
		}
		this.happen({ type: 'checkDue' });
		this.proceed();
		this.proceed();
		while (this.queue.length > 0) this.handOver();
	}
}

const ids = fc.constantFrom('a', 'b', 'c', 'd');
const calm = [
	{ weight: 8, arbitrary: fc.record({ act: fc.constant('change' as const), id: ids, isLast: fc.constant(false) }) },
	{ weight: 1, arbitrary: fc.record({ act: fc.constant('change' as const), id: ids, isLast: fc.boolean() }) },
	{ weight: 8, arbitrary: fc.constant({ act: 'hear' as const }) },
	{ weight: 6, arbitrary: fc.constant({ act: 'proceed' as const }) },
	{ weight: 6, arbitrary: fc.constant({ act: 'handOver' as const }) },
	{ weight: 3, arbitrary: fc.constant({ act: 'executionEnds' as const }) },
	{ weight: 1, arbitrary: fc.constant({ act: 'due' as const }) },
	{ weight: 1, arbitrary: fc.constant({ act: 'duplicate' as const }) },
	{ weight: 1, arbitrary: fc.constant({ act: 'swap' as const }) },
	{ weight: 1, arbitrary: fc.record({ act: fc.constant('time' as const), minutes: fc.integer({ min: 1, max: 10 }) }) },
];
const rough = [
	{ weight: 2, arbitrary: fc.constant({ act: 'cut' as const }) },
	{ weight: 2, arbitrary: fc.constant({ act: 'fail' as const }) },
	{ weight: 1, arbitrary: fc.record({ act: fc.constant('restart' as const), inHandOver: fc.boolean() }) },
];

type Act =
	| { act: 'change'; id: string; isLast: boolean }
	| { act: 'time'; minutes: number }
	| { act: 'hear' | 'proceed' | 'executionEnds' | 'due' | 'duplicate' | 'swap' | 'cut' | 'fail' | 'handOver' }
	| { act: 'restart'; inHandOver: boolean };

/** Plays the acts on a vendor that already has two orders, and then lets everything settle. */
function play(acts: readonly Act[], isCalm = false) {
	const vendor = new Vendor();
	const host = new Host();
	for (const id of ['a', 'b']) vendor.change(id, false);
	let process = new Process(vendor, host, isCalm);
	process.proceed();
	vendor.history.clear();
	for (const step of acts) {
		if (step.act === 'change') vendor.change(step.id, step.isLast);
		else if (step.act === 'time') vendor.now += step.minutes * MINUTE;
		else if (step.act === 'duplicate') vendor.wire.push(...vendor.wire.slice(-1));
		else if (step.act === 'swap') vendor.wire.push(...vendor.wire.splice(-2).reverse());
		else if (step.act === 'due') process.happen({ type: 'checkDue' });
		else if (step.act === 'restart') {
			process.handOver({ dies: step.inHandOver });
			vendor.listening = false;
			vendor.wire = [];
			process = new Process(vendor, host, isCalm);
		} else process[step.act]();
	}
	process.settle();
	const delivered = new Map<string, Array<number | 'deleted'>>();
	for (const { id = '', at, kind } of host.executions)
		delivered.set(id, [...(delivered.get(id) ?? []), kind === 'deleted' ? 'deleted' : (at ?? NaN)]);
	return { vendor, host, delivered };
}

const order = (at: number | 'deleted') => (at === 'deleted' ? Infinity : at);

test('through cuts, failures, restarts, repeated and swapped frames each change is delivered at most once and in order, and the last change of each object is delivered', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(...calm, ...rough), { maxLength: 120 }), (acts) => {
			const { vendor, delivered } = play(acts);
			for (const [id, changes] of vendor.history) {
				const seen = delivered.get(id) ?? [];
				expect(seen).toEqual([...new Set(seen)].sort((one, other) => order(one) - order(other)));
				expect(seen.at(-1)).toBe(changes.at(-1));
				expect(changes).toEqual(expect.arrayContaining(seen));
			}
			expect([...delivered.keys()].filter((id) => !vendor.history.has(id))).toEqual([]);
		}),
		{ numRuns: tries(1_500) },
	);
});

test('while the connection holds, every change is delivered exactly once and in order, even from repeated and swapped frames', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(...calm), { maxLength: 120 }), (acts) => {
			// Connect before the first change, because only the last state of earlier changes is known.
			const connected = Array.from({ length: 4 }, () => ({ act: 'proceed' as const }));
			const { vendor, delivered } = play([...connected, ...acts], true);
			for (const [id, changes] of vendor.history) expect(delivered.get(id)).toEqual(changes);
		}),
		{ numRuns: tries(1_500) },
	);
});

test('a queued change is not lost when the lists are read further and then n8n dies', () => {
	const acts: Act[] = [
		...Array.from({ length: 4 }, () => ({ act: 'proceed' as const })),
		{ act: 'change', id: 'a', isLast: false },
		{ act: 'change', id: 'c', isLast: false },
		{ act: 'hear' },
		{ act: 'hear' },
		{ act: 'time', minutes: 10 },
		{ act: 'change', id: 'b', isLast: false },
		{ act: 'due' },
		{ act: 'proceed' },
		{ act: 'proceed' },
		{ act: 'restart', inHandOver: false },
	];
	const { vendor, delivered } = play(acts, true);
	for (const [id, changes] of vendor.history) expect([id, delivered.get(id)]).toEqual([id, changes]);
});
