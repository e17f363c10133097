import { z } from 'zod';
import type { ToldEvent } from '../../eventLog';
import { clientNamed } from '../names';
import { latestFirst, table } from '../table';
import { pair, plural, stamp, state } from '../words';
import type { Section } from './section';

const shape = z.object({
	eventType: z.string().catch('no event'),
	current: z
		.object({ id: z.string().optional(), clientRef: z.string().optional(), status: z.string().optional() })
		.optional()
		.catch(undefined),
});

/** What the event stream of Fondo told, and whether anybody listened. */
export const events: Section = {
	id: 'events',
	title: 'Events',
	count: ({ world }) => world.events.count,
	content: (view) => {
		const { world } = view;
		const now = world.clock.iso();
		return table(view, {
			id: 'events-table',
			caption: 'Events of Fondo, latest first',
			columns: [
				{ head: 'Time', cell: ({ time }) => stamp(time, now) },
				{ head: 'Event', names: true, cell: ({ frame }) => pair(shape.parse(frame).eventType, subject(frame)) },
				{ head: 'Client', tight: true, cell: ({ clientId }) => pair(clientId === undefined ? 'all' : clientNamed(world, clientId)) },
				{ head: 'Status', cell: ({ frame }) => pair(shape.parse(frame).current?.status ?? '') },
				{ head: 'Heard', cell: heard },
			],
			rows: latestFirst(world.events.read()),
			key: ({ seq }) => String(seq),
			words: ({ frame }) => [shape.parse(frame).eventType, subject(frame), shape.parse(frame).current?.id],
			none: 'Nothing has changed at Fondo yet.',
		});
	},
};

function subject(frame: object): string {
	const { current } = shape.parse(frame);
	return current?.clientRef ?? current?.id ?? '';
}

function heard({ listeners, faults }: ToldEvent) {
	if (faults.length > 0) return pair(state('struck', 'bad'), `fault: ${faults.join(', ')}`);
	return listeners === 0 ? state('nobody listened', 'idle') : state(plural(listeners, 'listener'), 'good');
}
