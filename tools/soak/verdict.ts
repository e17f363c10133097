import { countBy, repetitionsOf } from '../harness/ledgerAudit';
import type { TriggerExecution } from '../harness/n8n/executions';

/** How many lost events a verdict names. */
const MOST_NAMED = 20;

/** The status of an execution that a kill ended: until n8n starts again, and where n8n does not know better. */
const INTERRUPTED = ['crashed', 'running'];

/** What the verdicts read of an execution. */
export type JudgedExecution<Item> = Pick<TriggerExecution<Item>, 'items'> & Partial<Omit<TriggerExecution<Item>, 'items'>>;

const itemsOf = <Item>(executions: ReadonlyArray<JudgedExecution<Item>>) =>
	executions.flatMap(({ items, startedAt = 0 }) => items.map((item) => ({ ...item, startedAt })));

export interface EventVerdict<Made> {
	readonly events: number;
	readonly delivered: number;
	/** Items of events that did not happen. */
	readonly unexpected: number;
	readonly losses: number;
	/** Some of the lost events. */
	readonly lost: readonly Made[];
	readonly doubles: number;
	readonly executions: number;
	/** Executions that a kill ended after they had begun. */
	readonly interrupted: number;
	readonly longestDelayMs: number;
}

/** Judges events that must start the workflow once each. */
export function verdictOnEvents<Made extends { readonly id: string; readonly at: number }>(
	executions: ReadonlyArray<JudgedExecution<{ readonly id: string }>>,
	made: readonly Made[],
): EventVerdict<Made> {
	const delivered = itemsOf(executions);
	const counts = countBy(delivered.map(({ id }) => id));
	const madeAt = new Map(made.map(({ id, at }) => [id, at]));
	const lost = made.filter(({ id }) => !counts.has(id));
	const delays = delivered.map(({ id, startedAt }) => startedAt - (madeAt.get(id) ?? startedAt));
	return {
		events: made.length,
		delivered: delivered.length,
		unexpected: delivered.filter(({ id }) => !madeAt.has(id)).length,
		losses: lost.length,
		lost: lost.slice(0, MOST_NAMED),
		doubles: repetitionsOf(delivered.map(({ id }) => id)),
		executions: executions.length,
		interrupted: executions.filter(({ status = '' }) => INTERRUPTED.includes(status)).length,
		longestDelayMs: Math.max(0, ...delays),
	};
}

export interface StateVerdict {
	/** Objects that changed. */
	readonly objects: number;
	readonly delivered: number;
	readonly doubles: number;
	/** Items that show an older state than the item before. */
	readonly backwards: number;
	/** Objects whose last state did not arrive. */
	readonly outdated: number;
	readonly executions: number;
}

/** An item of a trigger that shows the state of an object. */
export interface StateItem {
	readonly id: string;
	readonly eventId: string;
	readonly current: { readonly modifiedDate: string };
}

/**
 * Judges objects that change many times, where a list shows only the last state: no state arrives twice or after a later one, and the
 * last state arrives. `changed` are the IDs that must be among them.
 */
export function verdictOnStates(
	executions: ReadonlyArray<JudgedExecution<StateItem>>,
	objects: ReadonlyArray<{ readonly id: string; readonly modifiedDate: string }>,
	changed: ReadonlySet<string>,
): StateVerdict {
	const delivered = itemsOf(executions);
	const last = new Map<string, string>();
	let backwards = 0;
	for (const { id, current } of delivered) {
		const before = last.get(id);
		if (before !== undefined && current.modifiedDate < before) backwards += 1;
		last.set(id, current.modifiedDate);
	}
	const judged = objects.filter(({ id }) => last.has(id) || changed.has(id));
	return {
		objects: judged.length,
		delivered: delivered.length,
		doubles: repetitionsOf(delivered.map(({ eventId }) => eventId)),
		backwards,
		outdated: judged.filter(({ id, modifiedDate }) => last.get(id) !== modifiedDate).length,
		executions: executions.length,
	};
}
