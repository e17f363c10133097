import type { Order } from '../../fondo/objects';
import { html, type Html } from '../../http/html';
import { money, statusBadge, timestamp, units as unitsInWords, withDetail } from '../format';
import { accountCell, instrumentName } from '../labels';
import { latestChangeFirst, referenceOf, textsOf } from '../orderRows';
import { table } from '../table';
import type { Section } from '../view';
import { redemptions } from './redemptions';

const STATUSES = ['received', 'pending', 'sent', 'confirmed', 'settled'];

/** Fund orders from received to settled, and the way of each redemption from the fund to the account. */
export const orders: Section = {
	id: 'orders',
	title: 'Orders',
	count: ({ state }) => state.fondo.store.orders.all().filter(isInProgress).length,
	content: (view) => {
		const { state } = view;
		const now = state.clock.iso();
		return html`${table(view, {
			id: 'orders-table',
			caption: 'Fund orders, latest change first',
			columns: [
				{
					header: 'Order',
					rowHeader: true,
					cell: (order) => withDetail(referenceOf(order), order.orderType),
				},
				{ header: 'Fund', cell: ({ instrument }) => withDetail(instrumentName(state, instrument)) },
				{ header: 'Account', cell: ({ account }) => accountCell(state, account) },
				{ header: 'Changed', cell: ({ modifiedDate }) => timestamp(modifiedDate, now) },
				{ header: 'Amount', number: true, cell: amountCell },
				{ header: 'Status', cell: ({ status }) => html`${statusBadge(status)} ${progress(status)}` },
			],
			rows: latestChangeFirst(view),
			key: ({ id }) => id,
			searchTexts: (order) => textsOf(view, order),
			emptyText: 'There is no order.',
			maxRows: 7,
		})}
		${redemptions(view)}`;
	},
};

const isInProgress = ({ status }: Order): boolean => status !== 'settled' && status !== 'canceled';

/** Amount and units. Fondo sets the units of a subscription and the amount of a redemption at confirmation. */
function amountCell({ amount: value, units = 0 }: Order): Html {
	const unitsText = units === 0 ? '' : unitsInWords(units);
	return value === undefined ? withDetail(unitsText) : withDetail(money(value, 'SEK'), unitsText);
}

/** The progress of an order as a bar. The status next to it says the same in a word. */
function progress(status: string): Html {
	const done = String(STATUSES.indexOf(status) + 1);
	return html`<progress value="${done}" max="${String(STATUSES.length)}" aria-hidden="true"></progress>`;
}
