/** Rows of cells as aligned columns. */
export function table(rows) {
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

const KINDS = { order: 'fund order', payment: 'payment' };

/** What moved money, as the ledger of the sandbox has it. */
export const ledgerTable = (entries) =>
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
