import { z } from 'zod';
import { html, type Html } from '../../http/html';
import type { Delivery } from '../../state/deliveries';
import { statusBadge, timestamp, withDetail } from '../format';
import { button } from '../formControls';
import { latestFirst, table } from '../table';
import type { Section, View } from '../view';

/** Notifications that the sandbox sent, with their responses, and the webhooks of Finvis. */
export const webhooks: Section = {
	id: 'webhooks',
	title: 'Webhooks',
	count: ({ admin }) => admin.deliveries().length,
	content: (view) => html`${deliveries(view)} ${subscriptions(view)}`,
};

const deliveries = (view: View) =>
	table(view, {
		id: 'deliveries-table',
		caption: 'Webhooks of Finvis and callbacks of Fondo, latest first',
		columns: [
			{ header: 'Sent', cell: ({ delivery }) => timeCell(view, delivery) },
			{ header: 'Event', rowHeader: true, cell: ({ delivery }) => withDetail(delivery.event, delivery.id) },
			{ header: 'To', cell: ({ delivery }) => html`<small>${delivery.url}</small>` },
			{ header: 'Responses', cell: ({ delivery }) => withDetail(delivery.problem ?? responsesOf(delivery)) },
			{ header: 'Status', cell: ({ delivery }) => statusBadge(delivery.state) },
			{
				header: 'Again',
				cell: ({ delivery, number }) =>
					html`<form method="post" action="/ui/redeliver">
						${button({ id: `again-${number}`, label: 'Send again', about: delivery.event, name: 'id', value: delivery.id })}
					</form>`,
			},
		],
		rows: latestFirst(view.admin.deliveries().map((delivery, index) => ({ delivery, number: index + 1 }))),
		key: ({ number }) => String(number),
		searchTexts: ({ delivery: { id, event, url, body } }) => [id, event, url, body],
		emptyText: 'The sandbox has sent nothing yet.',
	});

const subscriptions = (view: View) =>
	table(view, {
		id: 'subscriptions-table',
		caption: 'Webhooks of Finvis',
		columns: [
			{ header: 'Address', rowHeader: true, cell: ({ url, id }) => withDetail(url, id) },
			{ header: 'Events', cell: ({ events }) => withDetail(events.join(', ')) },
			{ header: 'Status', cell: ({ active }) => (active ? statusBadge('active', 'good') : statusBadge('paused', 'idle')) },
		],
		rows: view.admin.webhooks.list(),
		key: ({ id }) => id,
		searchTexts: ({ url, id, events }) => [url, id, ...events.map(String)],
		emptyText: 'There is no webhook.',
	});

/** The status of each attempt; repeated ones have a count. */
function responsesOf({ attempts }: Delivery): string {
	const runs: Array<{ status: number; times: number }> = [];
	for (const status of attempts) {
		const last = runs.at(-1);
		if (last?.status === status) last.times += 1;
		else runs.push({ status, times: 1 });
	}
	const texts = runs.map(({ status, times }) => `${status === 0 ? 'no response' : status}${times === 1 ? '' : ` ×${times}`}`);
	return texts.join(', ') || 'none yet';
}

const bodySchema = z.object({ created_at: z.string().optional(), current: z.object({ modifiedDate: z.string() }).optional() }).catch({});

/** The time of the event, which the body of the message contains. */
function timeCell({ state }: View, { body }: Delivery): Html {
	const { created_at, current } = bodySchema.parse(JSON.parse(body));
	const time = created_at ?? current?.modifiedDate;
	return time === undefined ? html`` : timestamp(time, state.clock.iso());
}
