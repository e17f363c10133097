import { html, type Html } from '../../http/html';
import type { LedgerEntry } from '../../state/ledger';
import { money, plural, statusBadge, timestamp, withDetail } from '../format';
import { accountCell, instrumentName } from '../labels';
import { latestFirst, table } from '../table';
import type { Section, View } from '../view';

const KINDS: Record<LedgerEntry['kind'], string> = {
	order: 'fund order',
	order_withdrawal: 'order and payout',
	withdrawal: 'withdrawal',
	payment_instruction: 'payment instruction',
	payment: 'payment',
};

/** Every movement of money, and whether a reference moved money twice. */
export const ledger: Section = {
	id: 'ledger',
	title: 'Ledger',
	count: ({ state }) => state.ledger.read().length,
	content: (view) => {
		const { state } = view;
		const now = state.clock.iso();
		const entries = state.ledger.read();
		const duplicates = duplicateReferences(entries);
		return html`<div id="twice" data-live>${verdict(entries, duplicates)}</div>
			${table(view, {
				id: 'ledger-table',
				caption: 'Every movement of money, latest first',
				columns: [
					{ header: 'Time', cell: ({ time }) => timestamp(time, now) },
					{
						header: 'Reference',
						rowHeader: true,
						cell: ({ reference, kind, api }) =>
							withDetail(reference === '' ? 'no reference' : reference, `${apiName(api)} · ${KINDS[kind]}`),
					},
					{ header: 'From', cell: (entry) => (isFromFund(entry) ? counterpartyCell(view, entry) : accountCell(view.state, entry.account)) },
					{ header: 'To', cell: (entry) => (isFromFund(entry) ? accountCell(view.state, entry.account) : counterpartyCell(view, entry)) },
					{ header: 'Amount', number: true, cell: ({ amount, currency }) => money(amount, currency) },
					{
						header: 'Moved',
						cell: ({ reference, api, canceled }) =>
							canceled
								? statusBadge('canceled')
								: duplicates.has(`${api} ${reference}`)
									? statusBadge('more than once', 'bad')
									: statusBadge('once', 'good'),
					},
				],
				rows: latestFirst(entries),
				key: ({ seq }) => String(seq),
				searchTexts: (entry) => [entry.reference, entry.objectId, entry.batchId, entry.account, entry.counterparty, entry.idempotencyKey],
				emptyText: 'No money has moved yet.',
			})}`;
	},
};

export function apiName(api: LedgerEntry['api']): string {
	return api === 'fondo' ? 'Fondo' : 'Finvis';
}

/** Whether money comes from a fund to the account: a redemption that is not paid out. */
const isFromFund = ({ kind, units }: LedgerEntry): boolean => kind === 'order' && units !== undefined;

function counterpartyCell({ state }: View, { api, objectId, counterparty = '' }: LedgerEntry): Html {
	if (api === 'fondo') return withDetail(instrumentName(state, counterparty));
	const payments = state.finvis.store.all().flatMap(({ payments }) => payments.get(objectId) ?? []);
	return withDetail(payments[0]?.creditorName ?? counterparty, payments.length === 0 ? '' : counterparty);
}

/** References that moved money more than once, without empty references and canceled orders. */
function duplicateReferences(entries: LedgerEntry[]): Set<string> {
	const seen = new Set<string>();
	const duplicates = new Set<string>();
	for (const { api, reference, canceled } of entries) {
		if (reference === '' || canceled) continue;
		const key = `${api} ${reference}`;
		(seen.has(key) ? duplicates : seen).add(key);
	}
	return duplicates;
}

function verdict(entries: LedgerEntry[], duplicates: Set<string>): Html {
	if (entries.length === 0) return html``;
	if (duplicates.size === 0) return html`<p data-tone="good"><span aria-hidden="true">✓</span> No reference moved money twice.</p>`;
	const text = `${plural(duplicates.size, 'reference')} moved money more than once.`;
	return html`<p data-tone="bad"><span aria-hidden="true">✕</span> ${text}</p>`;
}
