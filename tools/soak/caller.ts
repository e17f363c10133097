import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_AFTER_MS = 10_000;
const POLL_MS = 500;

export interface CallerOptions {
	/** The webhook of a workflow that does one thing for each reference, and answers with its items. */
	readonly url: string;
	/** How many references a call has. */
	readonly each: number;
	/** The pause between two calls. */
	readonly tickMs: number;
}

/** A program that sends references to a workflow, and sends those of a failed run again later until each is done. */
export class Caller<Item> {
	readonly asked: string[] = [];

	readonly done: string[] = [];

	failures = 0;

	readonly #waiting: Array<{ references: string[]; dueAt: number }> = [];

	constructor(
		readonly name: string,
		private readonly options: CallerOptions,
	) {}

	/** Works until `endAt`; returns the items of all answers. */
	async work(endAt: number): Promise<Item[]> {
		const answers: Item[] = [];
		while (Date.now() < endAt) {
			answers.push(...(await this.#send(this.#due() ?? this.#next())));
			await sleep(this.options.tickMs);
		}
		return answers;
	}

	/** Sends what failed until everything is done, at most until `endAt`. */
	async finish(endAt: number): Promise<Item[]> {
		const answers: Item[] = [];
		while (this.#waiting.length > 0 && Date.now() < endAt) {
			const references = this.#due();
			if (references) answers.push(...(await this.#send(references)));
			else await sleep(POLL_MS);
		}
		return answers;
	}

	#next(): string[] {
		const first = this.asked.length;
		const references = Array.from({ length: this.options.each }, (_, index) => `${this.name}-${first + index}`);
		this.asked.push(...references);
		return references;
	}

	#due(): string[] | undefined {
		const [first] = this.#waiting;
		if (!first || first.dueAt > Date.now()) return undefined;
		this.#waiting.shift();
		return first.references;
	}

	async #send(references: string[]): Promise<Item[]> {
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(this.options.url, { method: 'POST', headers, body: JSON.stringify({ references }) });
		const body = await response.text();
		if (response.ok) {
			this.done.push(...references);
			return JSON.parse(body);
		}
		this.failures += 1;
		this.#waiting.push({ references, dueAt: Date.now() + RETRY_AFTER_MS });
		return [];
	}
}
