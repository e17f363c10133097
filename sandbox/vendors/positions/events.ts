/** How Fondo may send events: frames of the event stream and callbacks. Seen over HTTP only. */
import { MINUTE, SECOND } from '../durations';
import type { Behaviour, Position } from '../position';
import { type Fields, isFields } from '../writeFields';

const position =
	(axis: string) =>
	(name: string, sentence: string, hooks: Partial<Behaviour>): Position => ({ name, api: 'fondo', axis, sentence, wire: true, hooks });

const shape = position('shape of events');
const writing = position('fields in events');
const frames = position('form of frames');
const delivery = position('delivery of events');
const stream = position('life of the event stream');

type Event = Readonly<Record<string, unknown>>;

const named = (field: string, { eventType, ...rest }: Event): Event => ({ [field]: eventType, ...rest });
const renamed =
	(write: (name: string) => string): Behaviour['event'] =>
	(event) => ({ ...event, eventType: write(String(event.eventType)) });

const capitals = (name: string) => name.replace('.', '_').toUpperCase();
const pastCapitals = (name: string) => `${capitals(name)}D`;
const camelCase = (name: string) => name.replace(/\.(.)/, (_, letter: string) => letter.toUpperCase());

const withoutMilliseconds = (state: Fields): Fields =>
	Object.fromEntries(
		Object.entries(state).map(([name, value]) => [name, typeof value === 'string' ? value.replace(/(T[\d:]{8})\.\d{3}Z$/, '$1Z') : value]),
	);
const amountsAsText = (state: Fields): Fields =>
	Object.fromEntries(Object.entries(state).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]));

export const events: readonly Position[] = [
	shape('events-in-arrays', 'Fondo collects events for a second and sends them in one array.', { eventsCollectedFor: SECOND }),
	shape('events-in-the-field-events', 'Fondo collects events for a second and sends them in the field `events` of an object.', {
		eventsCollectedFor: SECOND,
		eventList: (list) => ({ events: list }),
	}),
	shape('events-wrapped', 'Fondo sends an event in the field `data` of an object.', { event: (event) => ({ data: event }) }),
	shape('events-flat', 'Fondo sends the fields of an object beside the name of the event, without its earlier state.', {
		event: ({ eventType, current, previous }) => ({ eventType, ...(isFields(current) ? current : isFields(previous) ? previous : {}) }),
	}),
	shape('events-with-event-type', 'Fondo writes the name of an event into `event_type`.', { event: (event) => named('event_type', event) }),
	shape('events-with-type', 'Fondo writes the name of an event into `type`.', { event: (event) => named('type', event) }),
	shape('events-named-in-capitals', 'Fondo names events as `ORDER_UPDATED`.', { event: renamed(pastCapitals) }),
	shape('events-named-in-camel-case', 'Fondo names events as `orderUpdate`.', { event: renamed(camelCase) }),
	shape('events-without-a-name', 'Fondo sends the states of an object without the name of the event.', {
		event: ({ eventType: _, ...rest }) => rest,
	}),
	shape('events-with-the-id-of-the-object', 'Fondo writes the ID of the object beside the name of an event.', {
		event: (event) => {
			const state = event.current ?? event.previous;
			return isFields(state) ? { id: state.id, ...event } : event;
		},
	}),
	shape('events-without-previous', 'Fondo sends no earlier state of an object, except of a deleted one.', {
		event: ({ previous, ...rest }) => ('current' in rest ? rest : { ...rest, previous }),
	}),
	writing('event-dates-without-milliseconds', 'Fondo writes dates without milliseconds in events, and with them in lists.', {
		eventState: withoutMilliseconds,
	}),
	writing('event-amounts-as-text', 'Fondo writes numbers as texts in events, and as numbers in lists.', {
		eventState: amountsAsText,
	}),
	frames('frames-binary', 'Fondo sends frames of bytes.', { frameForm: 'binary' }),
	frames('frames-compressed', 'Fondo sends compressed frames.', { frameForm: 'compressed' }),
	delivery('events-twice', 'Fondo sends each event again two seconds later.', { eventCopies: () => [0, 2 * SECOND] }),
	delivery('events-twice-after-a-minute', 'Fondo sends each event again a minute later.', { eventCopies: () => [0, MINUTE] }),
	delivery('events-out-of-order', 'Fondo sends every second event 15 seconds late, after those that follow it.', {
		eventCopies: (number) => [number % 2 === 0 ? 15 * SECOND : 0],
	}),
	delivery('events-8-seconds-late', 'Fondo sends each event eight seconds late.', { eventCopies: () => [8 * SECOND] }),
	stream('stream-closed-every-minute', 'Fondo closes the event stream after a minute.', { streamEnd: { after: MINUTE, code: 1000 } }),
	stream('stream-closed-4401', 'Fondo closes the event stream with 4401 after two minutes, and the token does not hold any longer.', {
		streamEnd: { after: 2 * MINUTE, code: 4401 },
	}),
	stream('stream-replays', 'Fondo sends the latest 20 events again after each connection.', { streamReplays: 20 }),
	stream('stream-redirected', 'Fondo redirects the request for the event stream.', { streamOpening: 302 }),
	stream('stream-demands-a-subprotocol', 'Fondo refuses an event stream without a subprotocol.', { streamOpening: 'subprotocol' }),
];
