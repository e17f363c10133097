import { isDone, type Told, type Write } from './books';
import type { LaneResult } from './lane';
import { OPERATIONS } from './operations';

/** Enough to find out what happened. */
const MOST_NAMED = 20;

const row = (cells: Array<string | number>) => `| ${cells.join(' | ')} |`;
const table = (head: string[], lines: Array<Array<string | number>>) => [head, head.map(() => '---'), ...lines].map(row).join('\n');

function countsOf<T>(values: Iterable<T>): Map<T, number> {
	const counts = new Map<T, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

const lastOf = ({ told }: Write): Told | undefined => told.at(-1);

const OUTCOMES = ['created', 'accepted', 'found', 'replayed', 'unknown', 'rejected', 'stopped', 'crashed'];

/** What became of all writes, as tables, and whether each was executed once and told truly. */
export function reportOf(results: LaneResult[], seconds: number): { report: string; isTrue: boolean } {
	const writes = results.flatMap((one) => one.writes);
	const executed = new Map(results.flatMap((one) => [...one.executed]));
	const times = (write: Write) => executed.get(write) ?? 0;
	const isUnknown = (write: Write) => lastOf(write)?.outcome === 'unknown';
	const isLost = (write: Write) => times(write) === 0 && !isUnknown(write);
	const untruths = results.flatMap((one) => one.untruths);
	const others = results.flatMap(({ payments }) => payments.others);
	const sum = (of: (one: LaneResult) => number) => results.reduce((total, one) => total + of(one), 0);

	const lines = OPERATIONS.map((operation) => {
		const mine = writes.filter((write) => write.operation === operation);
		const outcomes = countsOf(mine.flatMap(({ told }) => told.map(({ outcome }) => outcome)));
		return [
			operation,
			mine.length,
			...OUTCOMES.map((outcome) => outcomes.get(outcome) ?? 0),
			mine.filter((write) => times(write) === 1).length,
			mine.filter((write) => isUnknown(write) && times(write) === 1).length,
			mine.filter((write) => isUnknown(write) && times(write) === 0).length,
			mine.filter((write) => times(write) > 1).length,
			mine.filter(isLost).length,
		];
	});
	const head = ['operation', 'writes', ...OUTCOMES, 'once', 'at last unknown, there', 'at last unknown, not there', 'doubles', 'lost'];
	const struck = countsOf<string>([]);
	for (const one of results) for (const [name, count] of one.struck) struck.set(name, (struck.get(name) ?? 0) + count);
	const attempts = countsOf(writes.flatMap(({ told }) => told.flatMap((one) => one.attempts ?? [])));
	const executions = countsOf(writes.map((write) => write.executions));
	const histogram = (counts: Map<number, number>) => [...counts].sort(([a], [b]) => a - b).map(([key, count]) => [key, count]);

	const doubles = writes.filter((write) => times(write) > 1);
	const lost = writes.filter(isLost);
	const leftOpen = writes.filter((write) => isUnknown(write) && write.operation !== 'payment instruction create');
	const named = [
		...untruths.map((one) => `untrue: ${one}`),
		...doubles.map(({ operation, reference }) => `double: ${operation} '${reference}'`),
		...lost.map(
			(write) =>
				`lost: ${write.operation} '${write.reference}' ${write.told.map(({ outcome }) => outcome).join(', ')} ${lastOf(write)?.text ?? ''}`,
		),
		...leftOpen.map((write) => `still unknown after an undisturbed run: ${write.operation} '${write.reference}'`),
		...others.map((reference) => `not paid once: '${reference}'`),
	];
	const report = [
		'',
		`${writes.length} writes in ${sum((one) => one.executions)} executions, ${sum((one) => one.calls)} calls, ${Math.round(seconds)} s; ${sum((one) => one.crashes)} times killed in the middle, ${sum((one) => one.restarts)} times restarted`,
		'',
		'What the executions told, and what the ledgers say at the end:',
		table(head, lines),
		'',
		`Payments of Finvis that left a bank account: ${sum(({ payments }) => payments.once)} once each, ${others.length} otherwise`,
		'',
		table(['trouble', 'calls struck'], [...struck]),
		'',
		table(['tries of one call', 'told'], histogram(attempts)),
		'',
		table(['executions of one write', 'writes'], histogram(executions)),
		'',
		`Doubles: ${doubles.length}. Lost: ${lost.length}. Told untruly: ${untruths.length}. Left open: ${leftOpen.length}. Done at last: ${writes.filter((write) => lastOf(write) !== undefined && isDone(lastOf(write) as Told)).length} of ${writes.length}.`,
		...named.slice(0, MOST_NAMED),
		...(named.length > MOST_NAMED ? [`and ${named.length - MOST_NAMED} more`] : []),
	].join('\n');
	return { report, isTrue: named.length === 0 };
}
