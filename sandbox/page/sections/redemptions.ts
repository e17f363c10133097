import type { Order } from '../../fondo/objects';
import { html, type Html } from '../../http/html';
import { amountWithCurrency, dateTime, statusBadge, units, withDetail } from '../format';
import { accountCell, instrumentName } from '../labels';
import { latestChangeFirst, referenceOf, textsOf } from '../orderRows';
import { table } from '../table';
import type { View } from '../view';

/** Redemptions, with the way of the money from the fund to the account in words. */
export function redemptions(view: View): Html {
	return table(view, {
		id: 'redemptions-table',
		caption: 'Redemptions from fund to account, latest change first',
		columns: [
			{
				header: 'Redemption',
				rowHeader: true,
				cell: (order) => withDetail(referenceOf(order), `from ${instrumentName(view.state, order.instrument)}`),
			},
			{ header: 'To account', cell: ({ account }) => accountCell(view.state, account) },
			{ header: 'What happened', cell: (order) => html`${statusBadge(order.status)}<br /><small>${wayOf(view, order)}</small>` },
		],
		rows: latestChangeFirst(view).filter(({ orderType }) => orderType === 'redemption'),
		key: ({ id }) => id,
		searchTexts: (order) => textsOf(view, order),
		emptyText: 'There is no redemption.',
		maxRows: 3,
	});
}

/** The way of a redemption so far, in sentences. */
function wayOf({ state }: View, { id, account, instrument, status, amount = 0, units: ordered = 0, createdDate }: Order): Html {
	const { store } = state.fondo;
	const now = state.clock.iso();
	const [count, fund] = [units(ordered), instrumentName(state, instrument)];
	const placed = html`Placed ${dateTime(createdDate, now)}: ${count} of ${fund}.`;
	if (status === 'canceled') return html`${placed} Canceled: the units stay on the account, and no cash comes.`;
	if (status !== 'settled' && status !== 'confirmed')
		return html`${placed} The units are set aside. Their price, and so the amount, is known when the order is confirmed.`;
	const money = amountWithCurrency(amount, 'SEK');
	if (status === 'confirmed') return html`${placed} Confirmed for ${money}. The cash comes to the account when the order settles.`;
	const ofOrder = store.cash.all().filter((booking) => booking.ref === id);
	const settled = ofOrder.find(({ creditAccount }) => creditAccount === account)?.createdDate;
	const when = settled === undefined ? html`Settled` : html`Settled ${dateTime(settled, now)}`;
	const { balance = 0, positions = [], currency = 'SEK' } = store.accounts.get(account) ?? {};
	const left = positions.find((position) => position.instrument === instrument)?.units ?? 0;
	return html`${placed} ${when}: ${count} left the account, ${money} came to its cash. The account has ${units(left)} and
	${amountWithCurrency(balance, currency)} now.`;
}
