import { z } from 'zod';
import type { Delivery } from '../../deliveries';
import { html, type Html } from '../../web/html';
import { button } from '../controls';
import { latestFirst, table } from '../table';
import type { View } from '../view';
import { pair, stamp, state } from '../words';
import type { Section } from './section';

/** What was sent to others, and what they answered. */
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
			{ head: 'Sent', cell: ({ delivery }) => happened(view, delivery) },
			{ head: 'Event', names: true, cell: ({ delivery }) => pair(delivery.event, delivery.id) },
			{ head: 'To', cell: ({ delivery }) => html`<span class="address">${delivery.url}</span>` },
			{ head: 'Answers', cell: ({ delivery }) => pair(delivery.problem ?? answers(delivery)) },
			{ head: 'State', cell: ({ delivery }) => state(delivery.state) },
			{
				head: 'Again',
				cell: ({ delivery, number }) =>
					html`<form method="post" action="/ui/redeliver">
						${button({ id: `again-${number}`, label: 'Send again', about: delivery.event, name: 'id', value: delivery.id })}
					</form>`,
			},
		],
		rows: latestFirst(view.admin.deliveries().map((delivery, index) => ({ delivery, number: index + 1 }))),
		key: ({ number }) => String(number),
		words: ({ delivery: { id, event, url, body } }) => [id, event, url, body],
		none: 'Nothing has been sent yet.',
	});

const subscriptions = (view: View) =>
	table(view, {
		id: 'subscriptions-table',
		caption: 'Who has subscribed to Finvis',
		columns: [
			{ head: 'Address', names: true, cell: ({ url, id }) => pair(url, id) },
			{ head: 'Events', cell: ({ events }) => pair(events.join(', ')) },
			{ head: 'State', cell: ({ active }) => (active ? state('active', 'good') : state('paused', 'idle')) },
		],
		rows: view.admin.webhooks.list(),
		key: ({ id }) => id,
		words: ({ url, id, events }) => [url, id, ...events.map(String)],
		none: 'Nobody has subscribed.',
	});

/** The status of each try; the same ones in a row are counted. */
function answers({ attempts }: Delivery): string {
	const runs: Array<{ status: number; times: number }> = [];
	for (const status of attempts) {
		const last = runs.at(-1);
		if (last?.status === status) last.times += 1;
		else runs.push({ status, times: 1 });
	}
	const told = runs.map(({ status, times }) => `${status === 0 ? 'no answer' : status}${times === 1 ? '' : ` ×${times}`}`);
	return told.join(', ') || 'none yet';
}

const timed = z.object({ created_at: z.string().optional(), current: z.object({ modifiedDate: z.string() }).optional() }).catch({});

/** What was sent bears the time at which it happened. */
function happened({ world }: View, { body }: Delivery): Html {
	const { created_at, current } = timed.parse(JSON.parse(body));
	const time = created_at ?? current?.modifiedDate;
	return time === undefined ? html`` : stamp(time, world.clock.iso());
}
