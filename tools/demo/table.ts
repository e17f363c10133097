import type { LedgerEntry } from '../harness/sandbox';

/** Rows of cells as aligned columns. */
export function table(rows: ReadonlyArray<readonly string[]>): string {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	return rows
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column]))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

const KINDS: Readonly<Record<string, string>> = { order: 'fund order', payment: 'payment' };

/** The money that moved, by the ledger of the sandbox. */
export const ledgerTable = (entries: readonly LedgerEntry[]) =>
	table([
		['API', 'WHAT', 'REFERENCE', 'AMOUNT', 'FROM ACCOUNT', 'TO'],
		...entries.map(({ api, kind, reference, amount, currency, account, counterparty = '' }) => [
			api === 'fondo' ? 'Fondo' : 'Finvis',
			KINDS[kind] ?? kind,
			reference,
			`${amount} ${currency}`,
			account,
			counterparty,
		]),
	]);
