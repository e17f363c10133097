/** How Finvis may send webhooks. Seen over HTTP only. */
import { MINUTE, SECOND } from '../durations';
import type { Behaviour, Position } from '../position';
import { isFields } from '../writeFields';

const position =
	(axis: string) =>
	(name: string, sentence: string, hooks: Partial<Behaviour>): Position => ({ name, api: 'finvis', axis, sentence, wire: true, hooks });

const shape = position('shape of webhooks');
const signature = position('signature of webhooks');
const delivery = position('delivery of webhooks');

type Event = Readonly<Record<string, unknown>>;

const named = (field: string, { id, event, ...rest }: Event): Event => ({ id, [field]: event, ...rest });
const objectId = ({ data }: Event) => (isFields(data) ? (data.batch_id ?? data.id) : undefined);
const seconds = (at: number) => Math.floor(at / SECOND);

export const webhooks: readonly Position[] = [
	shape('webhooks-in-arrays', 'Finvis collects events for a second and sends them in one array.', { eventsCollectedFor: SECOND }),
	shape('webhooks-in-the-field-events', 'Finvis collects events for a second and sends them in the field `events` of an object.', {
		eventsCollectedFor: SECOND,
		eventList: (events) => ({ events }),
	}),
	shape('webhooks-flat', 'Finvis sends the fields of an object beside the name of the event, and the ID is that of the object.', {
		event: (event) => ({ event: event.event, ...(isFields(event.data) ? event.data : {}), id: objectId(event) }),
	}),
	shape('webhooks-with-event-type', 'Finvis writes the name of an event into `event_type`.', {
		event: (event) => named('event_type', event),
	}),
	shape('webhooks-with-type', 'Finvis writes the name of an event into `type`.', { event: (event) => named('type', event) }),
	shape('webhooks-without-id', 'Events of Finvis have no ID.', { event: ({ id: _, ...event }) => event }),
	shape('webhooks-with-the-id-of-the-object', 'The ID of an event of Finvis is that of its object.', {
		event: (event) => ({ ...event, id: objectId(event) }),
	}),
	shape('webhooks-named-in-capitals', 'Finvis names events as `PAYMENT_STATUS_UPDATED`.', {
		event: (event) => ({ ...event, event: String(event.event).replaceAll('.', '_').toUpperCase() }),
	}),
	shape('webhooks-without-previous-status', 'Finvis sends no earlier status of a batch.', {
		event: ({ data, ...event }) => {
			if (!isFields(data)) return { ...event, data };
			const { previous_status: _, ...rest } = data;
			return { ...event, data: rest };
		},
	}),
	shape('webhooks-with-byte-order-mark', 'Finvis sends a byte order mark before the JSON of a webhook, and signs it.', {
		webhookText: (json) => `\uFEFF${json}`,
	}),
	signature('webhooks-signed-in-base64', 'Finvis writes signatures in base64.', {
		webhookSignature: (text, _, hmac) => hmac(text, 'base64'),
	}),
	signature('webhooks-signed-with-prefix', 'Finvis writes signatures as `sha256=…` in hex.', {
		webhookSignature: (text, _, hmac) => `sha256=${hmac(text, 'hex')}`,
	}),
	signature('webhooks-signed-with-prefix-in-base64', 'Finvis writes signatures as `sha256=…` in base64.', {
		webhookSignature: (text, _, hmac) => `sha256=${hmac(text, 'base64')}`,
	}),
	signature('webhooks-signed-with-time', 'Finvis signs the time and the body, and writes `t=…,v1=…`.', {
		webhookSignature: (text, at, hmac) => `t=${seconds(at)},v1=${hmac(`${seconds(at)}.${text}`, 'hex')}`,
	}),
	signature('webhooks-signed-twice', 'Finvis sends two signatures, by a replaced secret and by the current one.', {
		webhookSignature: (text, _, hmac) => `${hmac(text, 'hex', 'replaced')}, ${hmac(text, 'hex')}`,
	}),
	signature('webhooks-signed-twice-with-time', 'Finvis writes `t=…,v1=…,v1=…`, by a replaced secret and by the current one.', {
		webhookSignature: (text, at, hmac) => {
			const signed = `${seconds(at)}.${text}`;
			return `t=${seconds(at)},v1=${hmac(signed, 'hex', 'replaced')},v1=${hmac(signed, 'hex')}`;
		},
	}),
	delivery('webhooks-twice', 'Finvis sends each webhook again two seconds later.', { eventCopies: () => [0, 2 * SECOND] }),
	delivery('webhooks-twice-after-a-minute', 'Finvis sends each webhook again a minute later.', { eventCopies: () => [0, MINUTE] }),
	delivery('webhooks-out-of-order', 'Finvis sends every second webhook 75 seconds late, after those that follow it.', {
		eventCopies: (number) => [number % 2 === 0 ? 75 * SECOND : 0],
	}),
	delivery('webhooks-8-seconds-late', 'Finvis sends each webhook eight seconds late.', { eventCopies: () => [8 * SECOND] }),
];
