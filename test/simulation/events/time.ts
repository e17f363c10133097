/** Time in the hands of the simulation of events: what waits belongs to a process, and ends with it. */
import { setMaxListeners } from 'node:events';
import { clock } from '../../../nodes/shared/core/clock';
import { Events } from '../world';

/** One error for all waits, because a stack trace for each costs more than the wait. */
const ABORTED = new Error('aborted');

/** What runs in a process of n8n never goes on after its death. The world itself never dies. */
export interface Owner {
	isDead: boolean;
}

export class Time {
	/** Milliseconds since 1970, by the clock of n8n. */
	now = Date.UTC(2026, 0, 5, 8);
	private readonly events = new Events();
	/** The process whose code runs now. */
	owner: Owner = { isDead: false };

	constructor(readonly random: () => number) {}

	/** Owns time and chance until it is released. */
	own(): () => void {
		const { now, sleep } = clock;
		const { random } = Math;
		Math.random = this.random;
		clock.now = () => this.now;
		clock.sleep = async (ms, signal) => await this.sleep(ms, signal);
		return () => {
			Object.assign(clock, { now, sleep });
			Math.random = random;
		};
	}

	private async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			let isOver = false;
			const abort = () => {
				isOver = true;
				reject(ABORTED);
			};
			if (signal) setMaxListeners(0, signal);
			signal?.addEventListener('abort', abort);
			this.after(ms, () => {
				if (isOver) return false;
				signal?.removeEventListener('abort', abort);
				resolve();
			});
		});
	}

	/** Runs work later. Work that returns false did nothing. */
	after(ms: number, work: () => unknown, owner = this.owner) {
		this.events.add(this.now + Math.max(ms, 0), () => {
			if (owner.isDead) return false;
			this.owner = owner;
			return work();
		});
	}

	/** Between two whole numbers, the second one excluded. */
	between = (least: number, most: number) => least + Math.floor(this.random() * (most - least));

	/** Lets time pass: everything that waits happens in the order of time. */
	async pass(ms: number): Promise<void> {
		const until = this.now + ms;
		let isOver = false;
		this.after(ms, () => (isOver = true), WORLD);
		await settle();
		while (!isOver) {
			const event = this.events.next();
			if (event === undefined) break;
			this.now = Math.max(this.now, event.at);
			if (event.run() !== false) await settle();
		}
		this.now = until;
		this.owner = WORLD;
	}
}

export const WORLD: Owner = { isDead: false };

/** Until no promise can go on: Node.js runs a tick when the queue of microtasks is empty. */
const settle = async () => await new Promise<void>((resolve) => process.nextTick(resolve));
