import type { Order } from '../../fondo/objects';
import { html, type Html } from '../../web/html';
import { accountNamed, instrumentNamed } from '../names';
import { table } from '../table';
import type { View } from '../view';
import { money, pair, stamp, state } from '../words';
import type { Section } from './section';

const WAY = ['received', 'pending', 'sent', 'confirmed', 'settled'];

/** Fund orders on their way from received to settled. */
export const orders: Section = {
	id: 'orders',
	title: 'Orders',
	count: ({ world }) => world.fondo.orders.all().filter(isUnderWay).length,
	content: (view) => {
		const { world } = view;
		const now = world.clock.iso();
		return table(view, {
			id: 'orders-table',
			caption: 'Fund orders, last changed first',
			columns: [
				{
					head: 'Order',
					names: true,
					cell: ({ clientRef = '', orderType }) => pair(clientRef === '' ? 'no reference' : clientRef, orderType),
				},
				{ head: 'Fund', cell: ({ instrument }) => pair(instrumentNamed(world, instrument)) },
				{
					head: 'Account',
					cell: ({ account }) => {
						const { name, detail } = accountNamed(world, account);
						return pair(name, detail);
					},
				},
				{ head: 'Changed', cell: ({ modifiedDate }) => stamp(modifiedDate, now) },
				{ head: 'Amount', number: true, cell: size },
				{ head: 'State', cell: ({ status }) => html`${state(status)} ${way(status)}` },
			],
			rows: latest(view),
			key: ({ id }) => id,
			words: ({ id, clientRef, account, instrument, status }) => [
				id,
				clientRef,
				account,
				instrument,
				status,
				instrumentNamed(world, instrument),
			],
			none: 'There is no order.',
			most: 7,
		});
	},
};

const isUnderWay = ({ status }: Order): boolean => status !== 'settled' && status !== 'canceled';

const latest = ({ world }: View): Order[] => [...world.fondo.orders.all()].sort((a, b) => (a.modifiedDate < b.modifiedDate ? 1 : -1));

/** What is known only at confirmation is left out until then. */
function size({ amount: value, units = 0 }: Order): Html {
	const held = units === 0 ? '' : `${units.toLocaleString('en-US', { maximumFractionDigits: 7, useGrouping: false })} units`;
	return value === undefined ? pair(held) : pair(money(value, 'SEK'), held);
}

/** How far it has come, for the eye; the state beside it says the same in a word. */
function way(status: string): Html {
	const at = WAY.indexOf(status);
	return html`<span class="way" aria-hidden="true">${WAY.map((_, index) => html`<i class="${index <= at ? 'done' : ''}"></i>`)}</span>`;
}
