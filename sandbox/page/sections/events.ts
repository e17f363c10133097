import { z } from 'zod';
import type { PublishedEvent } from '../../state/eventLog';
import { plural, statusBadge, timestamp, withDetail } from '../format';
import { clientName } from '../labels';
import { latestFirst, table } from '../table';
import type { Section } from '../view';

const shape = z.object({
	eventType: z.string().catch('no event'),
	current: z
		.object({ id: z.string().optional(), clientRef: z.string().optional(), status: z.string().optional() })
		.optional()
		.catch(undefined),
});

/** Events of Fondo's event stream, and the number of connections that received them. */
export const events: Section = {
	id: 'events',
	title: 'Events',
	count: ({ state }) => state.eventLog.count,
	content: (view) => {
		const { state } = view;
		const now = state.clock.iso();
		return table(view, {
			id: 'events-table',
			caption: 'Events of Fondo, latest first',
			columns: [
				{ header: 'Time', cell: ({ time }) => timestamp(time, now) },
				{ header: 'Event', rowHeader: true, cell: ({ frame }) => withDetail(shape.parse(frame).eventType, subject(frame)) },
				{ header: 'Client', cell: ({ clientId }) => withDetail(clientId === undefined ? 'all' : clientName(state, clientId)) },
				{ header: 'Status', cell: ({ frame }) => withDetail(shape.parse(frame).current?.status ?? '') },
				{ header: 'Received', cell: receivedCell },
			],
			rows: latestFirst(state.eventLog.read()),
			key: ({ seq }) => String(seq),
			searchTexts: ({ frame }) => [shape.parse(frame).eventType, subject(frame), shape.parse(frame).current?.id],
			emptyText: 'Nothing has changed at Fondo yet.',
		});
	},
};

function subject(frame: object): string {
	const { current } = shape.parse(frame);
	return current?.clientRef ?? current?.id ?? '';
}

function receivedCell({ listeners, faults }: PublishedEvent) {
	if (faults.length > 0) return withDetail(statusBadge('fault', 'bad'), faults.join(', '));
	return listeners === 0 ? statusBadge('no listener', 'idle') : statusBadge(plural(listeners, 'listener'), 'good');
}
