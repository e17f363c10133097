/** Fondo as its documents allow it to be: objects that change, frames about them, and lists that show them. It knows nothing of the node. */
import type { IDataObject } from 'n8n-workflow';
import type { Vendor as Ways } from './schedule';
import type { Time } from './time';
import { WORLD } from './time';

/** One change of one object, as it happened. */
export interface Change {
	readonly client: string;
	readonly object: string;
	readonly objectKey: string;
	/** Two changes with one key are one change: the object and its modified time. */
	readonly key: string;
	readonly kind: 'create' | 'update' | 'delete';
	/** When it happened, by the clock of n8n. */
	readonly happenedAt: number;
	/** Fondo's date of it; endless for a deletion. Undefined for an object without dates. */
	readonly rank: number | undefined;
	readonly state: IDataObject;
	readonly before?: Change;
	readonly visibleAt: number;
}

export interface Socket {
	isOpen: boolean;
	/** Shows a frame and the changes in it. */
	frame(text: string, change: Change): void;
	end(): void;
}

/** The objects that Fondo lists, by the end of the path. */
const LISTED: Readonly<Record<string, string>> = { client: '/client', order: '/order', account: '/account', cash: '/cash', fund: '/fund' };
const STATUSES: Readonly<Record<string, readonly string[]>> = {
	order: ['received', 'pending', 'sent', 'confirmed', 'settled'],
	journey: ['new', 'pending', 'complete'],
};
const KINDS = ['order', 'order', 'order', 'account', 'cash', 'fund', 'journey', 'plan', 'note', 'client'];
/** A transaction has two lists and one name. */
const nameOf = (kind: string) => (kind === 'cash' || kind === 'fund' ? 'transaction' : kind);

export class Vendor {
	/** All changes of each object. */
	readonly objects = new Map<string, Change[]>();
	private readonly kinds = new Map<string, string>();
	private readonly sockets = new Map<Socket, string>();
	private made = 0;
	/** Until when the stream cannot be opened. */
	closedUntil = -Infinity;
	readonly refused: Array<{ path: string; status: number; until: number }> = [];
	onChange: (change: Change) => void = () => undefined;
	/** A list was answered with these changes. */
	onShown: (changes: readonly Change[]) => void = () => undefined;

	constructor(
		private readonly time: Time,
		private readonly ways: Ways,
		private readonly clients: readonly string[],
	) {}

	private dateOf(at: number): number {
		const date = at + this.ways.skewMs;
		return this.ways.isCoarse ? Math.floor(date / 1_000) * 1_000 : date;
	}

	/** Whether a list shows this change, as long as no later one happens. */
	isListed = ({ objectKey, kind }: Change) => (this.kinds.get(objectKey) ?? '') in LISTED && (kind !== 'delete' || this.ways.showsDeleted);

	/** Some object changes. */
	change(random: () => number) {
		const { clients, ways, time, objects } = this;
		const client = clients[Math.floor(random() * clients.length)];
		const kind = KINDS[Math.floor(random() * KINDS.length)];
		const isOld = random() < 0.7;
		const own = [...objects.values()].filter((one) => one[0].client === client && this.kinds.get(one[0].objectKey) === kind).slice(-6);
		const history = kind === 'client' || (isOld && own.length > 0) ? own[Math.floor(random() * own.length)] : undefined;
		const before = history?.at(-1);
		if (before?.kind === 'delete') return;
		const object = nameOf(kind);
		const id = before === undefined ? (kind === 'client' ? client : `${kind}-${(this.made += 1)}`) : String(before.state.id);
		const objectKey = `${client} ${object} ${id}`;
		const last = Math.max(before?.happenedAt ?? 0, time.now);
		const at = this.dateOf(last);
		const statuses = STATUSES[kind] ?? ['active'];
		const isLast = before !== undefined && !['journey', 'client', 'note'].includes(kind) && random() < 0.08;
		const step = before === undefined ? 0 : statuses.indexOf(String(before.state.status)) + 1;
		if (kind === 'journey' && step >= statuses.length) return;
		const change: Change = {
			client,
			object,
			objectKey,
			key: '',
			kind: before === undefined ? 'create' : isLast ? 'delete' : 'update',
			happenedAt: time.now,
			rank: kind === 'note' ? undefined : isLast ? Infinity : at,
			state: {
				id,
				sortedId: before?.state.sortedId ?? String(1_000_000 + this.kinds.size),
				...FIELDS[kind],
				status: statuses[Math.min(step, statuses.length - 1)],
				amount: Math.floor(random() * 1_000),
				...(kind === 'note'
					? { text: `text ${(this.made += 1)}` }
					: {
							createdDate: before?.state.createdDate ?? new Date(at).toISOString(),
							modifiedDate: before === undefined && ways.isUnmodified ? null : new Date(at).toISOString(),
						}),
			},
			before,
			visibleAt: Math.max(time.now + random() ** 3 * ways.lagMs, before?.visibleAt ?? 0),
		};
		Object.assign(change, { key: keyOf(change) });
		this.kinds.set(objectKey, kind);
		if (history) history.push(change);
		else objects.set(objectKey, [change]);
		this.onChange(change);
		for (const [socket, of] of this.sockets) if (of === client) this.send(socket, change, random);
	}

	private send(socket: Socket, change: Change, random: () => number) {
		const { ways, time } = this;
		if (!socket.isOpen || random() < ways.losses) return;
		const delay = 20 + (ways.isOrdered ? ways.delayMs : random() ** 3 * ways.delayMs);
		const frame = () => socket.frame(frameText(ways, change), change);
		time.after(delay, frame, WORLD);
		if (random() < ways.doubles) time.after(delay + random() * 5_000, frame, WORLD);
	}

	/** A connection opens: it may be refused. Returns whether it will. */
	connect(client: string, socket: Socket): boolean {
		const { time, ways, sockets } = this;
		if (time.now < this.closedUntil) return false;
		sockets.set(socket, client);
		if (ways.closesEveryMs > 0) time.after(ways.closesEveryMs, () => this.drop(socket), WORLD);
		const recent = [...this.objects.values()].flat().filter((one) => one.client === client && one.happenedAt >= time.now - ways.replayMs);
		recent.sort((one, other) => one.happenedAt - other.happenedAt);
		for (const change of recent) time.after(100, () => socket.isOpen && socket.frame(frameText(ways, change), change), WORLD);
		return true;
	}

	private drop(socket: Socket) {
		if (this.sockets.delete(socket)) socket.end();
	}

	forget(socket: Socket) {
		this.sockets.delete(socket);
	}

	cut(ms: number) {
		this.closedUntil = Math.max(this.closedUntil, this.time.now + ms);
		for (const socket of [...this.sockets.keys()]) this.drop(socket);
	}

	/** The `Date` of an answer. */
	date = () => new Date(this.time.now + this.ways.skewMs).toUTCString();

	/** Answers a call. */
	handle(path: string, query: IDataObject): { statusCode: number; body: unknown } {
		const { time, refused } = this;
		const no = refused.find(({ path: end, until }) => until > time.now && path.endsWith(end));
		if (no) return { statusCode: no.status, body: { detail: 'not now' } };
		const [, journeyOf, journey] = /\/client\/([^/]+)\/journey\/(.+)$/.exec(path) ?? [];
		if (journey !== undefined) {
			const shown = this.shown(`${journeyOf} journey ${journey}`);
			if (shown === undefined) return { statusCode: 404, body: { detail: 'unknown' } };
			this.onShown([shown]);
			return { statusCode: 200, body: shown.state };
		}
		const [kind] = Object.entries(LISTED).find(([, end]) => path.endsWith(end)) ?? [];
		if (kind === undefined) return { statusCode: 404, body: { detail: 'no such list' } };
		return { statusCode: 200, body: this.list(kind, /\/client\/([^/]+)\//.exec(path)?.[1], query) };
	}

	private list(kind: string, client: string | undefined, { modifiedFrom, start, limit }: IDataObject): IDataObject[] {
		const { ways } = this;
		const from = ways.ignoresModifiedFrom || modifiedFrom === undefined ? -Infinity : Date.parse(String(modifiedFrom));
		const changes: Change[] = [];
		for (const [objectKey, its] of this.kinds) {
			if (its !== kind || (client !== undefined && !objectKey.startsWith(`${client} `))) continue;
			const shown = this.shown(objectKey);
			if (shown === undefined || (shown.kind === 'delete' && !ways.showsDeleted)) continue;
			if (this.dateOf(shown.happenedAt) >= from && String(shown.state.sortedId) > String(start ?? '')) changes.push(shown);
			if (changes.length === limit) break;
		}
		this.onShown(changes);
		return changes.map((change) => this.rowOf(change));
	}

	private shown(objectKey: string): Change | undefined {
		const history = this.objects.get(objectKey) ?? [];
		for (let index = history.length - 1; index >= 0; index -= 1) if (history[index].visibleAt <= this.time.now) return history[index];
		return undefined;
	}

	private rowOf({ state, kind }: Change): IDataObject {
		const row = kind === 'delete' ? { ...state, deleted: true } : state;
		if (!this.ways.writesOtherwise) return row;
		const modifiedDate = typeof row.modifiedDate === 'string' ? row.modifiedDate.replace('Z', '+00:00') : row.modifiedDate;
		return { ...row, modifiedDate, amount: `${String(row.amount)}.00` };
	}
}

/** What tells the kinds of objects apart, according to the contract. */
const FIELDS: Readonly<Record<string, IDataObject>> = {
	order: { orderType: 'subscription' },
	account: { accountType: 'isk' },
	cash: { transactionType: 'deposit' },
	fund: { transactionType: 'subscription' },
	journey: { callbackUrl: 'https://example.com/' },
	client: { displayName: 'Client' },
};

/** The key by which a change is recognised in an item: the promise names the object and its modified time. */
const keyOf = ({ objectKey, rank, state }: Change) => `${objectKey} ${rank === Infinity ? 'deleted' : String(rank ?? state.text)}`;

function frameText({ shape, hasPrevious }: Ways, { object, kind, state, before }: Change): string {
	const isCamel = shape === 'camel' && object !== 'plan' && object !== 'note';
	const eventType = isCamel ? `${object}${kind[0].toUpperCase()}${kind.slice(1)}d` : `${object}.${kind}`;
	const previous = hasPrevious && before !== undefined ? { previous: before.state } : {};
	if (kind === 'delete') return JSON.stringify({ eventType, previous: before?.state });
	const frame = { eventType, current: state, ...previous };
	if (shape === 'flat' && typeof (state.modifiedDate ?? state.createdDate) === 'string') return JSON.stringify({ eventType, ...state });
	if (shape === 'wrapped') return JSON.stringify({ type: eventType, data: { current: state, ...previous } });
	return JSON.stringify(shape === 'array' ? [frame] : frame);
}

/** Whether the frame of a change also shows the change before it. */
export const carriesPrevious = ({ shape, hasPrevious }: Ways, { kind }: Change) => kind === 'delete' || (hasPrevious && shape !== 'flat');
