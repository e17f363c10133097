import type { Failed, Receipt, Shown } from './messages';

/** What an execution reported of one write. */
export interface ItemReport {
	readonly outcome: string;
	readonly attempts?: number;
	readonly text?: string;
}

/** One write: an operation with a reference, or with the ID of what it acts on; and everything that executions reported of it. */
export interface Write {
	/** As in `order.create`. */
	readonly operation: string;
	readonly reference: string;
	readonly reports: ItemReport[];
	executions: number;
}

const DONE = ['created', 'accepted', 'found', 'replayed'];
export const isDone = (report: ItemReport | undefined) => report !== undefined && DONE.includes(report.outcome);

const fromReceipt = ({ outcome, attempts }: Receipt): ItemReport => ({ outcome, attempts });
const fromFailure = ({ outcome, attempts, message, description = '' }: Failed): ItemReport => ({
	// A failure before the call, such as a refused token, has no outcome. It says that nothing was done.
	outcome: outcome ?? 'rejected',
	attempts,
	text: `${message}. ${description}`,
});

/**
 * What one execution reports of each of its `count` items. The outcome is `stopped` for the items that a stopped execution does not show, and
 * `crashed` for every item of a crashed one.
 */
export function itemReports(shown: Shown | 'crashed', count: number): ItemReport[] {
	if (shown === 'crashed') return Array.from({ length: count }, (): ItemReport => ({ outcome: 'crashed' }));
	const { stopped } = shown;
	const text = stopped === undefined ? '' : `item ${stopped.item}: ${fromFailure(stopped).text}`;
	const reports = Array.from({ length: count }, (): ItemReport => ({ outcome: 'stopped', text }));
	for (const { items, receipt, error } of shown.results) {
		for (const item of items) reports[item] = error ? fromFailure(error) : receipt ? fromReceipt(receipt) : { outcome: 'nothing' };
	}
	if (stopped && stopped.item in reports) reports[stopped.item] = fromFailure(stopped);
	return reports;
}

/**
 * What is not true in a report; undefined when all is true. `executed` is how often the write was executed once every call has ended;
 * `others` are the reports of the same write before it or at the same time.
 */
export function violation({ outcome, text = '' }: ItemReport, executed: number, others: readonly ItemReport[]): string | undefined {
	if (executed > 1) return `executed ${executed} times`;
	if (DONE.includes(outcome)) return executed === 0 ? 'not executed' : undefined;
	if (outcome === 'unknown') {
		if (!/^It is not known whether |was sent before/.test(text)) return 'does not say that it is not known';
		return /Look for it in|Look at the object|Run this again|Ask (Fondo|Finvis) what became of it/.test(text)
			? undefined
			: 'does not say how to find out';
	}
	// A refusal is true for a reader who has a report that the result is unknown or that the execution broke off.
	if (outcome === 'rejected') return executed > 0 && others.every((one) => one.outcome === 'rejected') ? 'executed' : undefined;
	return ['stopped', 'crashed'].includes(outcome) ? undefined : 'no outcome';
}
