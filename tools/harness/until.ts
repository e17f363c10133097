import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../base/failure';

type NotYet = false | 0 | '' | null | undefined;

export interface Patience {
	/** What is awaited, for the error message; the source of the condition when left out. */
	readonly what?: string;
	readonly timeoutMs?: number;
	readonly everyMs?: number;
	/** What to add to the error message after the timeout. */
	readonly explain?: () => Promise<string> | string;
}

/** Asks until the condition gives a truthy value, and returns that value. Throws after `timeoutMs`. */
export async function until<T>(
	condition: () => Promise<T | NotYet> | T | NotYet,
	{ what = `${condition}`, timeoutMs = 120_000, everyMs = 200, explain = () => '' }: Patience = {},
): Promise<T> {
	for (const deadline = Date.now() + timeoutMs; ; await sleep(everyMs)) {
		const answer = await condition();
		if (answer) return answer;
		if (Date.now() > deadline) throw new Failure(`It did not happen within ${timeoutMs / 1000} s: ${what} ${await explain()}`.trimEnd());
	}
}
