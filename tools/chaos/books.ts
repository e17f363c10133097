import type { OperationName } from './operations';
import type { Failed, Receipt, Shown } from './messages';

/** What became of one write, as an execution told it. */
export interface Told {
	readonly outcome: string;
	readonly attempts?: number;
	readonly text?: string;
}

/** One write: a reference under one operation, and all that was ever told of it. */
export interface Write {
	readonly operation: OperationName;
	readonly reference: string;
	readonly told: Told[];
	executions: number;
}

const DONE = ['created', 'accepted', 'found', 'replayed'];
export const isDone = ({ outcome }: Told) => DONE.includes(outcome);

const ofReceipt = ({ outcome, attempts }: Receipt): Told => ({ outcome, attempts });
const ofFailure = ({ outcome, attempts, message, description = '' }: Failed): Told => ({
	// What ended before a call, such as a token that could not be had, has no outcome: it says that nothing was done.
	outcome: outcome ?? 'rejected',
	attempts,
	text: `${message}. ${description}`,
});

/** What one execution told of each of its items: `stopped` of those that it did not come to or does not show, `crashed` of all. */
export function toldOf(shown: Shown | 'crashed', count: number): Told[] {
	if (shown === 'crashed') return Array.from({ length: count }, (): Told => ({ outcome: 'crashed' }));
	const { stopped } = shown;
	const text = stopped === undefined ? '' : `item ${stopped.item}: ${ofFailure(stopped).text}`;
	const told = Array.from({ length: count }, (): Told => ({ outcome: 'stopped', text }));
	for (const { items, receipt, error } of shown.results) {
		for (const item of items) told[item] = error ? ofFailure(error) : receipt ? ofReceipt(receipt) : { outcome: 'nothing' };
	}
	if (stopped && stopped.item in told) told[stopped.item] = ofFailure(stopped);
	return told;
}

/**
 * What is not true of what an execution told, given how often the write is executed once all that was sent has ended, and what
 * was told of it before or at the same time; undefined when all is true.
 */
export function untruth({ outcome, text = '' }: Told, executed: number, others: readonly Told[]): string | undefined {
	if (executed > 1) return `executed ${executed} times`;
	if (DONE.includes(outcome)) return executed === 0 ? 'not executed' : undefined;
	if (outcome === 'unknown') {
		if (!/^It is not known whether /.test(text)) return 'does not say that it is not known';
		return /Look in Fondo|Run this again as it is|Look at the object/.test(text) ? undefined : 'does not say how to find out';
	}
	// To whom it was told that it is not known, or that the execution broke off, nothing false is told by a later refusal.
	if (outcome === 'rejected') return executed > 0 && others.every((one) => one.outcome === 'rejected') ? 'executed' : undefined;
	return ['stopped', 'crashed'].includes(outcome) ? undefined : 'no outcome';
}
