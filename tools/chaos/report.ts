import { countBy } from '../harness/ledgerAudit';
import { operationAt, OPERATIONS } from './operations';
import { isDone, type ItemReport, type Write } from './violation';
import type { WorkerResult } from './worker';

/** How many violations the report names. */
const MAX_NAMED = 20;

type Cell = string | number;
const row = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly Cell[], lines: ReadonlyArray<readonly Cell[]>) => [head, head.map(() => '---'), ...lines].map(row).join('\n');

const OUTCOMES = ['created', 'accepted', 'found', 'replayed', 'unknown', 'rejected', 'stopped', 'crashed'];

const lastOf = ({ reports }: Write): ItemReport | undefined => reports.at(-1);
const sorted = (counts: ReadonlyMap<number, number>) => [...counts].sort(([a], [b]) => a - b);

export interface ChaosReport {
	readonly report: string;
	/** Every write was executed once and reported truly. */
	readonly passed: boolean;
}

/** What became of all writes, as tables. */
export function chaosReport(results: readonly WorkerResult[], seconds: number): ChaosReport {
	const writes = results.flatMap((one) => one.writes);
	const executed = new Map(results.flatMap((one) => [...one.executed]));
	const timesOf = (write: Write) => executed.get(write) ?? 0;
	const isUnknown = (write: Write) => lastOf(write)?.outcome === 'unknown';
	const isLost = (write: Write) => timesOf(write) === 0 && !isUnknown(write);
	const violations = results.flatMap((one) => one.violations);
	const otherwise = results.flatMap(({ payments }) => payments.otherwise);
	const sum = (of: (one: WorkerResult) => number) => results.reduce((total, one) => total + of(one), 0);

	const lines = OPERATIONS.map(({ at }) => {
		const own = writes.filter((write) => write.operation === at);
		const outcomes = countBy(own.flatMap(({ reports }) => reports.map(({ outcome }) => outcome)));
		return [
			at,
			own.length,
			...OUTCOMES.map((outcome) => outcomes.get(outcome) ?? 0),
			own.filter((write) => timesOf(write) === 1).length,
			own.filter((write) => isUnknown(write) && timesOf(write) === 1).length,
			own.filter((write) => isUnknown(write) && timesOf(write) === 0).length,
			own.filter((write) => timesOf(write) > 1).length,
			own.filter(isLost).length,
		];
	});
	const head = [
		'operation',
		'writes',
		...OUTCOMES,
		'executed once',
		'unknown at the end, executed',
		'unknown at the end, not executed',
		'doubles',
		'lost',
	];
	const hits = new Map<string, number>();
	for (const one of results) for (const [name, count] of one.hits) hits.set(name, (hits.get(name) ?? 0) + count);
	const attempts = countBy(writes.flatMap(({ reports }) => reports.flatMap((one) => one.attempts ?? [])));
	const executions = countBy(writes.map((write) => write.executions));

	const doubles = writes.filter((write) => timesOf(write) > 1);
	const lost = writes.filter(isLost);
	// What no list shows may stay unknown for ever.
	const open = writes.filter((write) => isUnknown(write) && !operationAt(write.operation).definition.lookup?.eventual);
	const named = [
		...violations.map((one) => `not true: ${one}`),
		...doubles.map(({ operation, reference }) => `double: ${operation} '${reference}'`),
		...lost.map((write) => {
			const outcomes = write.reports.map(({ outcome }) => outcome).join(', ');
			return `lost: ${write.operation} '${write.reference}' ${outcomes} ${lastOf(write)?.text ?? ''}`;
		}),
		...open.map(({ operation, reference }) => `still unknown after a run without faults: ${operation} '${reference}'`),
		...otherwise.map((reference) => `not paid exactly once: '${reference}'`),
	];
	const report = [
		'',
		`${writes.length} writes in ${sum((one) => one.executions)} executions, ${sum((one) => one.calls)} calls, ${Math.round(seconds)} s; ${sum((one) => one.crashes)} kills in the middle of a run, ${sum((one) => one.restarts)} restarts`,
		'',
		'What the executions reported, and what the ledgers show at the end:',
		table(head, lines),
		'',
		`Payments of Finvis that left a bank account: ${sum(({ payments }) => payments.once)} exactly once, ${otherwise.length} otherwise`,
		'',
		table(['fault', 'calls hit'], [...hits]),
		'',
		table(['tries of one call', 'reports'], sorted(attempts)),
		'',
		table(['executions of one write', 'writes'], sorted(executions)),
		'',
		`Doubles: ${doubles.length}. Lost: ${lost.length}. Violations: ${violations.length}. Still unknown: ${open.length}. Done at the end: ${writes.filter((write) => isDone(lastOf(write))).length} of ${writes.length}.`,
		...named.slice(0, MAX_NAMED),
		...(named.length > MAX_NAMED ? [`and ${named.length - MAX_NAMED} more`] : []),
	].join('\n');
	return { report, passed: named.length === 0 };
}
