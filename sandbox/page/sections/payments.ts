import { sum } from '../../data/decimal';
import { html } from '../../web/html';
import { accountNamed, clientNamed } from '../names';
import { latestFirst, table } from '../table';
import type { View } from '../view';
import { money, pair, plural, stamp, state } from '../words';
import type { Section } from './section';

const OVER = ['executed', 'failed', 'rejected', 'cancelled', 'completed'];

/** Payments that travel together: batches of Finvis, payment instructions of Fondo. */
export const payments: Section = {
	id: 'payments',
	title: 'Payments',
	count: (view) => [...batches(view), ...instructions(view).map(({ instruction }) => instruction)].filter(isUnderWay).length,
	content: (view) => {
		const { world } = view;
		const now = world.clock.iso();
		return html`${table(view, {
			id: 'batches-table',
			caption: 'Payment batches of Finvis, last changed first',
			columns: [
				{ head: 'Batch', names: true, cell: ({ name, payment_count }) => pair(name, plural(payment_count, 'payment')) },
				{
					head: 'Account',
					cell: ({ account_id }) => {
						const { name, detail } = accountNamed(world, account_id);
						return pair(name, detail);
					},
				},
				{ head: 'Due', cell: ({ execution_date }) => html`<time datetime="${execution_date}">${execution_date}</time>` },
				{ head: 'Changed', cell: ({ updated_at }) => stamp(updated_at, now) },
				{ head: 'Total', number: true, cell: ({ total_amount, currency }) => money(total_amount, currency) },
				{ head: 'State', cell: ({ status }) => state(status) },
			],
			rows: batches(view),
			key: ({ id }) => id,
			words: ({ id, name, status }) => [id, name, status.replaceAll('_', ' ')],
			none: 'There is no payment batch.',
			most: 7,
		})}
		${table(view, {
			id: 'instructions-table',
			caption: 'Payment instructions of Fondo, latest first',
			columns: [
				{ head: 'Kind', names: true, cell: ({ instruction }) => pair(instruction.type ?? '', instruction.id) },
				{ head: 'Client', cell: ({ clientId }) => pair(clientNamed(world, clientId)) },
				{ head: 'Payments', cell: ({ payments }) => pair(plural(payments.length, 'payment'), references(payments)) },
				{
					head: 'Total',
					number: true,
					cell: ({ payments }) => money(sum(payments.map((payment) => payment.amount)), 'SEK'),
				},
				{ head: 'State', cell: ({ instruction }) => state(instruction.status) },
			],
			rows: instructions(view),
			key: ({ id }) => id,
			words: ({ id, payments, instruction }) => [id, instruction.status, ...payments.map(({ clientRef }) => clientRef)],
			none: 'There is no payment instruction.',
		})}`;
	},
};

const isUnderWay = ({ status }: { status: string }): boolean => !OVER.includes(status);

const batches = ({ world }: View) =>
	world.finvis
		.all()
		.flatMap(({ batches }) => batches.all())
		.sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));

const instructions = ({ world }: View) => latestFirst(world.fondo.instructions.all());

function references(payments: Array<{ clientRef: string }>): string {
	const [first = '', ...others] = payments.map(({ clientRef }) => clientRef);
	return others.length === 0 ? first : `${first} and ${others.length} more`;
}
