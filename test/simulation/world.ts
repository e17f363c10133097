/**
 * Everything around the write path that is not pure, made deterministic: time, the network, n8n's memory, the death of a
 * process. One world has one vendor, one row of n8n's memory, and one or two workers.
 */
import type { ConnectionState } from '../../nodes/shared/connectionState';
import { newState } from '../../nodes/shared/connectionState';
import { clock } from '../../nodes/shared/core/clock';
import type { ApiRequest, ApiResponse } from '../../nodes/shared/http/request';
import type { Memory } from '../../nodes/shared/writes/memory';
import type { Vendor } from '../../sandbox/vendors/model/vendor';

/** What strikes one call. `late`: no answer, and the vendor executes the call minutes later. */
export type Fault =
	| 'unreachable'
	| 'lost before'
	| 'lost after'
	| 'late'
	| '500 before'
	| '500 after'
	| '502 after'
	| '503 before'
	| '429 before'
	| 'refused'
	| 'empty after';

const NEVER = new Promise<never>(() => undefined);

interface Event {
	readonly at: number;
	readonly order: number;
	readonly run: () => unknown;
}

/** A queue by time: a binary heap. */
export class Events {
	private readonly heap: Event[] = [];
	private order = 0;

	add(at: number, run: () => unknown) {
		const { heap } = this;
		heap.push({ at, order: (this.order += 1), run });
		for (let child = heap.length - 1; child > 0;) {
			const parent = (child - 1) >> 1;
			if (isBefore(heap[parent], heap[child])) break;
			[heap[parent], heap[child]] = [heap[child], heap[parent]];
			child = parent;
		}
	}

	next(): Event | undefined {
		const { heap } = this;
		const [first] = heap;
		const last = heap.pop();
		if (last === undefined || heap.length === 0) return first;
		heap[0] = last;
		for (let parent = 0; ;) {
			let least = parent;
			for (const child of [2 * parent + 1, 2 * parent + 2]) if (child < heap.length && isBefore(heap[child], heap[least])) least = child;
			if (least === parent) return first;
			[heap[parent], heap[least]] = [heap[least], heap[parent]];
			parent = least;
		}
	}
}

const isBefore = (one: Event, other: Event) => one.at < other.at || (one.at === other.at && one.order < other.order);

export class World {
	now = Date.UTC(2026, 0, 5, 8);
	readonly events = new Events();
	/** The marks of n8n, in the order in which they were set. */
	private row: readonly string[] = [];

	constructor(
		readonly vendor: Vendor,
		readonly random: () => number,
	) {}

	/** Owns time and chance until it is released. */
	own(): () => void {
		const { now, sleep } = clock;
		const { random } = Math;
		Math.random = this.random;
		clock.now = () => this.now;
		clock.sleep = async (ms) => await this.wait(ms);
		return () => {
			Object.assign(clock, { now, sleep });
			Math.random = random;
		};
	}

	async wait(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.events.add(this.now + ms, resolve));
	}

	/** Runs until the work is done: everything that waits for a time, in the order of time. */
	async run(work: Promise<unknown>): Promise<void> {
		let isOver = false;
		const over = () => {
			isOver = true;
		};
		work.then(over, over);
		await settle();
		while (!isOver) {
			const event = this.events.next();
			if (event === undefined) throw new Error('The simulation waits for something that never comes.');
			this.now = Math.max(this.now, event.at);
			event.run();
			await settle();
		}
	}

	/** Lets time pass; what is still under way at the vendor happens in it. */
	async pass(ms: number): Promise<void> {
		await this.run(this.wait(ms));
	}

	readRow = () => this.row;
	writeRow = (row: readonly string[]) => {
		this.row = row;
	};
}

/** Until no promise can go on: Node.js runs a tick when the queue of microtasks is empty. An event loop turn would cost ten times as much. */
const settle = async () => await new Promise<void>((resolve) => process.nextTick(resolve));

/** A process of n8n: what it knows dies with it. */
export class Worker {
	state: ConnectionState = newState();
	private life = 0;
	private memoryLine: Promise<unknown> = Promise.resolve();
	/** Calls until it dies; Infinity when it does not. */
	diesAfter = Infinity;
	onDeath: () => void = () => undefined;

	constructor(
		private readonly world: World,
		private readonly isShared: boolean,
	) {}

	die() {
		this.life += 1;
		this.state = newState();
		this.memoryLine = Promise.resolve();
		this.diesAfter = Infinity;
		this.onDeath();
	}

	private step(): boolean {
		this.diesAfter -= 1;
		if (this.diesAfter > 0) return true;
		this.die();
		return false;
	}

	/** n8n reads the row, and writes it as a whole milliseconds later. */
	memory(): Memory {
		const { world, life } = this;
		const change = async <T>(work: (row: readonly string[]) => [row: readonly string[], result: T]): Promise<T> => {
			const mine = this.memoryLine.then(async () => {
				if (this.life !== life || !this.step()) return await NEVER;
				await world.wait(1 + world.random() * 4);
				const [row, result] = work(world.readRow());
				await world.wait(1 + world.random() * 15);
				world.writeRow(row);
				return this.life === life ? result : await NEVER;
			});
			this.memoryLine = mine.catch(() => undefined);
			return await mine;
		};
		return {
			settlingMs: this.isShared ? 50 : 0,
			mark: async (marks) =>
				await change((row) => {
					const set = new Set(row);
					const known = new Set(marks.filter((mark) => set.has(mark)));
					return [[...row, ...marks.filter((mark) => !set.has(mark))], known];
				}),
			forget: async (marks) =>
				await change((row) => {
					const gone = new Set(marks);
					return [row.filter((mark) => !gone.has(mark)), undefined];
				}),
		};
	}

	/** The network: `faultOf` says what strikes a call, `heard` what reached the node of a write. */
	send(cause: number, faultOf: (request: ApiRequest) => Fault | undefined, heard: (what: 'yes' | 'no' | 'nothing') => void) {
		const { world, life } = this;
		return async (request: ApiRequest): Promise<ApiResponse> => {
			if (this.life !== life || !this.step()) return await NEVER;
			const isWrite = !request.route.startsWith('GET ');
			const fault = faultOf(request);
			const call = () => world.vendor.handle(requestFor(request, cause), world.now);
			const answer = async (status: number, body: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> => {
				await world.wait(5 + world.random() * 40);
				if (this.life !== life || !this.step()) return await NEVER;
				if (isWrite) heard(status >= 200 && status < 300 && fault === undefined ? 'yes' : isClearNo(status) ? 'no' : 'nothing');
				return { status, headers, body, attempts: 1 };
			};
			const lost = async (ms: number, networkError: string, notSent = false): Promise<ApiResponse> => {
				await world.wait(ms);
				if (this.life !== life || !this.step()) return await NEVER;
				if (isWrite && !notSent) heard('nothing');
				return { status: 0, headers: {}, body: undefined, networkError, ...(notSent ? { notSent } : {}) };
			};
			await world.wait(5 + world.random() * 40);
			switch (fault) {
				case 'unreachable':
					return await lost(1, 'ECONNREFUSED', true);
				case 'lost before':
					return await lost(30_000, 'ECONNABORTED');
				case 'late':
					if (isWrite) world.events.add(world.now + 20_000 + world.random() * 900_000, call);
					return await lost(30_000, 'ECONNABORTED');
				case '500 before':
					return await answer(500, { error: 'server_error', detail: 'down' });
				case '503 before':
					return await answer(503, '<html>down</html>');
				case '429 before':
					return await answer(429, { detail: 'slow down' }, { 'retry-after': '1' });
				case 'refused':
					return await answer(400, { error: 'invalid', detail: 'Not today' });
				case 'lost after':
					call();
					return await lost(200, 'ECONNRESET');
				case '500 after':
					call();
					return await answer(500, { error: 'server_error' });
				case '502 after':
					call();
					return await answer(502, '<html>bad gateway</html>');
			}
			const { status, headers, body } = call();
			// A refusal keeps its words: only a good answer loses its body.
			if (fault === 'empty after' && status < 300) return await answer(200, undefined);
			return await answer(status, body, headers);
		};
	}
}

/** A clear no: the vendor executed nothing and said so. */
const isClearNo = (status: number) => status >= 400 && status < 500 && status !== 408;

function requestFor({ route, path = {}, query = {}, body, key }: ApiRequest, cause: number) {
	const [method, template] = route.split(' ');
	const texts = Object.entries(query).filter(([, value]) => value !== undefined);
	return {
		method,
		path: template.replace(/\{(\w+)\}/g, (_, name: string) => path[name]),
		query: Object.fromEntries(texts.map(([name, value]) => [name, String(value)])),
		headers: { 'x-tenant-id': 'tenant', ...(key === undefined ? {} : { 'idempotency-key': key }) },
		body: body === undefined ? undefined : (JSON.parse(JSON.stringify(body)) as unknown),
		cause,
	};
}
