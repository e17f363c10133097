import { html } from '../../http/html';
import { sum } from '../../state/decimal';
import { money, plural, statusBadge, timestamp, withDetail } from '../format';
import { accountCell, clientName } from '../labels';
import { latestFirst, table } from '../table';
import type { Section, View } from '../view';

const FINAL = ['executed', 'failed', 'rejected', 'cancelled', 'completed'];

/** Why a batch fails in the sandbox. The API of Finvis gives no reason. */
const NOT_COVERED = 'more than the account had';

/** Payment batches of Finvis and payment instructions of Fondo. */
export const payments: Section = {
	id: 'payments',
	title: 'Payments',
	count: (view) => [...batches(view), ...instructions(view).map(({ instruction }) => instruction)].filter(isInProgress).length,
	content: (view) => {
		const { state } = view;
		const now = state.clock.iso();
		return html`${table(view, {
			id: 'batches-table',
			caption: 'Payment batches of Finvis, latest change first',
			columns: [
				{ header: 'Batch', rowHeader: true, cell: ({ name, payment_count }) => withDetail(name, plural(payment_count, 'payment')) },
				{ header: 'Account', cell: ({ account_id }) => accountCell(state, account_id) },
				{ header: 'Due', cell: ({ execution_date }) => html`<time datetime="${execution_date}">${execution_date}</time>` },
				{ header: 'Changed', cell: ({ updated_at }) => timestamp(updated_at, now) },
				{ header: 'Total', number: true, cell: ({ total_amount, currency }) => money(total_amount, currency) },
				{ header: 'Status', cell: ({ status }) => withDetail(statusBadge(status), status === 'failed' ? NOT_COVERED : '') },
			],
			rows: batches(view),
			key: ({ id }) => id,
			searchTexts: ({ id, name, status }) => [id, name, status.replaceAll('_', ' ')],
			emptyText: 'There is no payment batch.',
			maxRows: 7,
		})}
		${table(view, {
			id: 'instructions-table',
			caption: 'Payment instructions of Fondo, latest first',
			columns: [
				{ header: 'Kind', rowHeader: true, cell: ({ instruction }) => withDetail(instruction.type ?? '', instruction.id) },
				{ header: 'Client', cell: ({ clientId }) => withDetail(clientName(state, clientId)) },
				{ header: 'Payments', cell: ({ payments }) => withDetail(plural(payments.length, 'payment'), references(payments)) },
				{
					header: 'Total',
					number: true,
					cell: ({ payments }) => money(sum(payments.map((payment) => payment.amount)), 'SEK'),
				},
				{ header: 'Status', cell: ({ instruction }) => statusBadge(instruction.status) },
			],
			rows: instructions(view),
			key: ({ id }) => id,
			searchTexts: ({ id, payments, instruction }) => [id, instruction.status, ...payments.map(({ clientRef }) => clientRef)],
			emptyText: 'There is no payment instruction.',
		})}`;
	},
};

const isInProgress = ({ status }: { status: string }): boolean => !FINAL.includes(status);

const batches = ({ state }: View) =>
	state.finvis.store
		.all()
		.flatMap(({ batches }) => batches.all())
		.sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));

const instructions = ({ state }: View) => latestFirst(state.fondo.store.instructions.all());

function references(payments: Array<{ clientRef: string }>): string {
	const [first = '', ...others] = payments.map(({ clientRef }) => clientRef);
	return others.length === 0 ? first : `${first} and ${others.length} more`;
}
