/** Enough to find out what happened. */
const MOST_NAMED = 20;

/** What n8n calls an execution that a kill has ended: while it starts again, and where it does not know better. */
const CUT_SHORT = ['crashed', 'running'];

const countBy = (values) => {
	const counts = new Map();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
};

const itemsOf = (executions) => executions.flatMap(({ items, startedAt }) => items.map((item) => ({ ...item, startedAt })));

/** Objects that were made, each { id, at }, each to be told once; `interrupted` executions were ended by a kill after they had begun. */
export function verdictOnNew(executions, made) {
	const told = itemsOf(executions);
	const counts = countBy(told.map(({ id }) => id));
	const madeAt = new Map(made.map(({ id, at }) => [id, at]));
	const lost = made.filter(({ id }) => !counts.has(id));
	const delays = told.map(({ id, startedAt }) => startedAt - (madeAt.get(id) ?? startedAt));
	return {
		events: made.length,
		delivered: told.length,
		strangers: told.filter(({ id }) => !madeAt.has(id)).length,
		losses: lost.length,
		lost: lost.slice(0, MOST_NAMED),
		doubles: [...counts.values()].reduce((sum, count) => sum + count - 1, 0),
		executions: executions.length,
		interrupted: executions.filter(({ status }) => CUT_SHORT.includes(status)).length,
		longestDelayMs: Math.max(0, ...delays),
	};
}

/**
 * Objects that change many times, of which a list has only the last state: none told twice, none backwards, the last one told, of those
 * with an ID in `surely` in any case.
 */
export function verdictOnStates(executions, objects, surely) {
	const told = itemsOf(executions);
	const doubles = [...countBy(told.map(({ eventId }) => eventId)).values()].reduce((sum, count) => sum + count - 1, 0);
	const last = new Map();
	let backwards = 0;
	for (const { id, current } of told) {
		const before = last.get(id);
		if (before !== undefined && current.modifiedDate < before) backwards += 1;
		last.set(id, current.modifiedDate);
	}
	const changed = objects.filter(({ id }) => last.has(id) || surely.has(id));
	const outdated = changed.filter(({ id, modifiedDate }) => last.get(id) !== modifiedDate).length;
	return { objects: changed.length, delivered: told.length, doubles, backwards, outdated, executions: executions.length };
}
