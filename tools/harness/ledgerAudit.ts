/** References as the vendor's ledger has them, against the references that were asked for. */
export interface LedgerAudit {
	/** How many references were asked for. */
	readonly asked: number;
	/** How many of them were executed, once or more. */
	readonly executed: number;
	/** Asked for, not in the ledger. */
	readonly missing: readonly string[];
	/** In the ledger more than once. */
	readonly doubled: readonly string[];
	/** In the ledger, never asked for. */
	readonly unexpected: readonly string[];
}

/** How often each value occurs. */
export function countBy<T>(values: Iterable<T>): Map<T, number> {
	const counts = new Map<T, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

/** How many values are there more than once, each repetition counted. */
export const repetitionsOf = (values: readonly unknown[]): number => values.length - new Set(values).size;

/** Compares the references that were asked for with the references in the ledger. */
export function auditLedger(asked: Iterable<string>, entries: ReadonlyArray<{ readonly reference: string }>): LedgerAudit {
	const wanted = new Set(asked);
	const counts = countBy(entries.map(({ reference }) => reference));
	const missing = [...wanted].filter((reference) => !counts.has(reference));
	return {
		asked: wanted.size,
		executed: wanted.size - missing.length,
		missing,
		doubled: [...counts].filter(([, count]) => count > 1).map(([reference]) => reference),
		unexpected: [...counts.keys()].filter((reference) => !wanted.has(reference)),
	};
}
