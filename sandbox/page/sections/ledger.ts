import type { LedgerEntry } from '../../ledger';
import { html, type Html } from '../../web/html';
import { accountNamed, instrumentNamed } from '../names';
import { latestFirst, table } from '../table';
import type { View } from '../view';
import { money, pair, plural, stamp, state } from '../words';
import type { Section } from './section';

const KINDS: Record<LedgerEntry['kind'], string> = {
	order: 'fund order',
	order_withdrawal: 'order and payout',
	withdrawal: 'withdrawal',
	payment_instruction: 'payment instruction',
	payment: 'payment',
};

/** Everything that moved money, and whether any of it moved twice. */
export const ledger: Section = {
	id: 'ledger',
	title: 'Ledger',
	count: ({ world }) => world.ledger.read().length,
	content: (view) => {
		const { world } = view;
		const now = world.clock.iso();
		const entries = world.ledger.read();
		const twice = repeated(entries);
		return html`<div id="twice" data-live>${verdict(entries, twice)}</div>
			${table(view, {
				id: 'ledger-table',
				caption: 'Everything that moved money, latest first',
				columns: [
					{ head: 'Time', cell: ({ time }) => stamp(time, now) },
					{
						head: 'Reference',
						names: true,
						cell: ({ reference, kind, api }) => pair(reference === '' ? 'none' : reference, `${apiNamed(api)} · ${KINDS[kind]}`),
					},
					{ head: 'From', cell: ({ account }) => named(view, account) },
					{ head: 'To', cell: (entry) => target(view, entry) },
					{ head: 'Amount', number: true, cell: ({ amount: moved, currency }) => money(moved, currency) },
					{
						head: 'Moved',
						cell: ({ reference, api, canceled }) =>
							canceled ? state('canceled') : twice.has(`${api} ${reference}`) ? state('more than once', 'bad') : state('once', 'good'),
					},
				],
				rows: latestFirst(entries),
				key: ({ seq }) => String(seq),
				words: (entry) => [entry.reference, entry.objectId, entry.batchId, entry.account, entry.counterparty, entry.idempotencyKey],
				none: 'No money has moved yet.',
			})}`;
	},
};

export function apiNamed(api: LedgerEntry['api']): string {
	return api === 'fondo' ? 'Fondo' : 'Finvis';
}

function named({ world }: View, account: string): Html {
	const { name, detail } = accountNamed(world, account);
	return pair(name, detail);
}

function target({ world }: View, { api, objectId, counterparty = '' }: LedgerEntry): Html {
	if (api === 'fondo') return pair(instrumentNamed(world, counterparty));
	const payments = world.finvis.all().flatMap(({ payments }) => payments.get(objectId) ?? []);
	return pair(payments[0]?.creditorName ?? counterparty, payments.length === 0 ? '' : counterparty);
}

/** References that moved money more than once; what has none cannot be told apart, and what was canceled gave it back. */
function repeated(entries: LedgerEntry[]): Set<string> {
	const seen = new Set<string>();
	const twice = new Set<string>();
	for (const { api, reference, canceled } of entries) {
		if (reference === '' || canceled) continue;
		const key = `${api} ${reference}`;
		(seen.has(key) ? twice : seen).add(key);
	}
	return twice;
}

function verdict(entries: LedgerEntry[], twice: Set<string>): Html {
	if (entries.length === 0) return html``;
	if (twice.size === 0) return html`<p class="verdict good"><span aria-hidden="true">✓</span> No reference moved money twice.</p>`;
	const text = `${plural(twice.size, 'reference')} moved money more than once.`;
	return html`<p class="verdict bad"><span aria-hidden="true">✕</span> ${text}</p>`;
}
