import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_AFTER_MS = 10_000;
const POLL_MS = 500;

/** Sends references of its own to a workflow, a few at a time, and those of a failed run again: as a caller does who wants each done. */
export class Lane {
	asked = [];

	done = [];

	failures = 0;

	#again = [];

	constructor(name, url, { each, tickMs }) {
		this.name = name;
		this.url = url;
		this.each = each;
		this.tickMs = tickMs;
	}

	get isOpen() {
		return this.#again.length > 0;
	}

	/** Works until `endAt`; gives what the workflow answered. */
	async work(endAt) {
		const answers = [];
		while (Date.now() < endAt) {
			answers.push(...(await this.#send(this.#due() ?? this.#next())));
			await sleep(this.tickMs);
		}
		return answers;
	}

	/** Sends what has failed until all is done, or `endAt`. */
	async finish(endAt) {
		const answers = [];
		while (this.isOpen && Date.now() < endAt) {
			const due = this.#due();
			if (due) answers.push(...(await this.#send(due)));
			else await sleep(POLL_MS);
		}
		return answers;
	}

	#next() {
		const first = this.asked.length;
		const references = Array.from({ length: this.each }, (_, index) => `${this.name}-${first + index}`);
		this.asked.push(...references);
		return references;
	}

	#due() {
		if (!this.isOpen || this.#again[0].at > Date.now()) return undefined;
		return this.#again.shift().references;
	}

	async #send(references) {
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(this.url, { method: 'POST', headers, body: JSON.stringify({ references }) });
		const body = await response.text();
		if (response.ok) {
			this.done.push(...references);
			return JSON.parse(body);
		}
		this.failures += 1;
		this.#again.push({ references, at: Date.now() + RETRY_AFTER_MS });
		return [];
	}
}
