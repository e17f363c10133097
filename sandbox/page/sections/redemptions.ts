import type { Order } from '../../fondo/objects';
import { html, type Html } from '../../http/html';
import { amountWithCurrency, dateTime, statusBadge, units, withDetail } from '../format';
import { accountLabel, instrumentName } from '../labels';
import { table } from '../table';
import type { View } from '../view';

/** Redemptions, with the way of the money from the fund to the account in words. */
export function redemptions(view: View): Html {
	const { state } = view;
	return table(view, {
		id: 'redemptions-table',
		caption: 'Redemptions from fund to account, latest change first',
		columns: [
			{
				header: 'Redemption',
				rowHeader: true,
				cell: ({ clientRef = '', instrument }) =>
					withDetail(clientRef === '' ? 'no reference' : clientRef, `from ${instrumentName(state, instrument)}`),
			},
			{
				header: 'To account',
				cell: ({ account }) => {
					const { name, detail } = accountLabel(state, account);
					return withDetail(name, detail);
				},
			},
			{ header: 'What happened', cell: (order) => html`${statusBadge(order.status)}<br /><small>${wayOf(view, order)}</small>` },
		],
		rows: [...state.fondo.store.orders.all()]
			.filter(({ orderType }) => orderType === 'redemption')
			.sort((a, b) => (a.modifiedDate < b.modifiedDate ? 1 : -1)),
		key: ({ id }) => id,
		searchTexts: ({ id, clientRef, account, instrument, status }) => [
			id,
			clientRef,
			account,
			instrument,
			status,
			instrumentName(state, instrument),
		],
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
