/** Each vendor position that concerns events, callbacks and webhooks, as a receiver sees it. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { events } from '../../sandbox/vendors/positions/events';
import { webhooks } from '../../sandbox/vendors/positions/webhooks';
import { Bench, type Caller, until } from './caller';
import { Receiver } from './receiver';

let bench: Bench;
let fondo: Caller;
let finvis: Caller;
let client: string;
let receiver: Receiver;
let secret: string;

beforeAll(async () => {
	// The clock moves only when a test moves it.
	bench = await Bench.open({ speed: 0, transactions: 50, settings: { fondo: { heartbeatSeconds: 1_000 }, finvis: { rateLimit: null } } });
	receiver = await Receiver.open();
	[fondo, finvis] = await Promise.all([bench.fondo(), bench.finvis()]);
	client = (await fondo.get('/v2/partner/client')).json[0].id;
	const hook = { url: receiver.url, events: ['payment.status.updated'] };
	({ secret } = (await finvis.post('/webhooks/', hook, crypto.randomUUID())).json);
});
beforeEach(async () => {
	bench.admin.vendor.set([]);
	[fondo, finvis] = await Promise.all([bench.fondo(), bench.finvis()]);
	receiver.received.length = 0;
});
afterAll(async () => {
	await receiver.close();
	await bench.stop();
});

const arrive = async () => await new Promise((resolve) => setTimeout(resolve, 10));
/** The answer to a ping comes behind every frame that was sent before it, however busy the machine is. */
async function answered(socket: WebSocket): Promise<void> {
	if (socket.readyState !== socket.OPEN) return;
	const ended = new AbortController();
	const { signal } = ended;
	socket.ping();
	await Promise.race([once(socket, 'pong', { signal }), once(socket, 'close', { signal })]);
	ended.abort();
}

const keysOf = (value: any): unknown =>
	Array.isArray(value)
		? value.map(keysOf)
		: Object.keys(value).filter((key) => /^(eventType|event_type|type|event|current|previous|data|events|id|amount|status)$/.test(key));

/** The frames after two deposits, one second apart, with the seconds after the first at which they came. */
async function frames(protocols: string[] = []) {
	const address = `${bench.sandbox.fondoUrl.replace('http', 'ws')}/v2/partner/client/${client}/subscribe`;
	const socket = new WebSocket(address, protocols, { headers: { authorization: `Bearer ${fondo.token}` } });
	let seconds = 0;
	let code = 0;
	const seen: Array<{ at: number; json: any; isBinary: boolean }> = [];
	socket.on('message', (data, isBinary) => seen.push({ at: seconds, json: JSON.parse(String(data)), isBinary }));
	socket.on('close', (closed) => (code = closed));
	const failure = await new Promise<string>((resolve) =>
		socket.once('open', () => resolve('')).once('error', ({ message }) => resolve(message)),
	);
	for (const step of failure === '' ? [1, 1, 6, 7, 15, 30, 60] : []) {
		if (seconds < 2) bench.admin.deposits({ clientId: client, amount: 100 });
		await arrive();
		await answered(socket);
		bench.admin.clock.advance(step);
		seconds += step;
		await arrive();
		await answered(socket);
	}
	const { extensions } = socket;
	socket.terminate();
	return { seen, code, failure, extensions };
}

const shapes = async () => (await frames()).seen.slice(0, 2).map(({ json }) => keysOf(json));
const times = async () => (await frames()).seen.map(({ at }) => at);
const names = async () => (await frames()).seen.slice(0, 2).map(({ json }) => json.eventType);
/** A deposit: the new transaction, and the new state of its account. */
const WHOLE = [
	['eventType', 'current'],
	['eventType', 'current', 'previous'],
];
const replaced = (name: string) => WHOLE.map(([, ...states]) => [name, ...states]);

type Case = [probe: () => Promise<unknown>, expected: unknown];
const OF_FONDO: Record<string, Case> = {
	'events-in-arrays': [async () => (await shapes())[0], WHOLE],
	'events-in-the-field-events': [async () => (await frames()).seen[0]?.json.events?.map(keysOf), WHOLE],
	'events-wrapped': [async () => (await frames()).seen.slice(0, 2).map(({ json }) => json.data && keysOf(json.data)), WHOLE],
	'events-flat': [
		shapes,
		[
			['eventType', 'id', 'amount'],
			['eventType', 'id', 'status'],
		],
	],
	'events-with-event-type': [shapes, replaced('event_type')],
	'events-with-type': [shapes, replaced('type')],
	'events-named-in-capitals': [names, ['TRANSACTION_CREATED', 'ACCOUNT_UPDATED']],
	'events-named-in-camel-case': [names, ['transactionCreate', 'accountUpdate']],
	'events-without-a-name': [shapes, [['current'], ['current', 'previous']]],
	'events-with-the-id-of-the-object': [async () => (await frames()).seen[0]?.json.id !== undefined, true],
	'events-without-previous': [shapes, [WHOLE[0], WHOLE[0]]],
	'event-dates-without-milliseconds': [async () => /T\d\d:\d\d:\d\dZ$/.test((await frames()).seen[0]?.json.current.createdDate), true],
	'event-amounts-as-text': [async () => (await frames()).seen[0]?.json.current.amount, '100'],
	'frames-binary': [async () => (await frames()).seen.every(({ isBinary }) => isBinary), true],
	'frames-compressed': [async () => (await frames()).extensions, 'permessage-deflate'],
	'events-twice': [times, [0, 0, 1, 1, 2, 2, 8, 8]],
	'events-twice-after-a-minute': [times, [0, 0, 1, 1, 60, 60, 120, 120]],
	'events-out-of-order': [times, [0, 1, 15, 30]],
	'events-8-seconds-late': [times, [8, 8, 15, 15]],
	'stream-closed-every-minute': [async () => (await frames()).code, 1000],
	'stream-closed-4401': [
		async () => {
			const { code } = await frames();
			return [code, (await fondo.get('/v2/partner/client')).status];
		},
		[4401, 401],
	],
	'stream-replays': [
		async () => {
			await frames();
			return (await frames()).seen.length;
		},
		8,
	],
	'stream-redirected': [async () => (await frames()).failure, 'Unexpected server response: 302'],
	'stream-demands-a-subprotocol': [
		async () => [(await frames()).failure, (await frames(['v2'])).failure],
		['Unexpected server response: 400', ''],
	],
};

/** The webhooks of two changes of one batch, one second apart, with the seconds after the first at which they came. */
async function calls() {
	let seconds = 0;
	const seen: Array<{ at: number; body: string; json: any; signature?: string }> = [];
	for (const step of [1, 1, 6, 7, 15, 50, 60]) {
		const data = { batch_id: 'b-1', previous_status: 'draft', status: seconds === 0 ? 'approved' : 'executed' };
		if (seconds < 2) bench.admin.webhooks.emit({ event: 'payment.status.updated', data });
		for (const isBefore of [true, false]) {
			await until(() => bench.admin.deliveries().every(({ state }) => state === 'delivered'));
			for (const { body, signature } of receiver.received.splice(0))
				seen.push({ at: seconds, body, signature, json: JSON.parse(body.replace(/^\uFEFF/, '')) });
			if (isBefore) bench.admin.clock.advance(step);
			if (isBefore) seconds += step;
		}
	}
	return seen;
}

const first = async () => {
	const [one] = await calls();
	if (one === undefined) throw new Error('no webhook');
	return one;
};
const hookTimes = async () => (await calls()).map(({ at }) => at);
const hmac = (text: string, encoding: 'hex' | 'base64' = 'hex') => createHmac('sha256', secret).update(text).digest(encoding);
/** The signature with the right parts replaced by names. */
const signature = async () => {
	const { body, signature: written = '' } = await first();
	const time = /t=(\d+)/.exec(written)?.[1] ?? '';
	return written
		.replace(hmac(body), 'HEX')
		.replace(hmac(body, 'base64'), 'BASE64')
		.replace(hmac(`${time}.${body}`), 'TIMED');
};
const EVENT = ['id', 'event', 'data'];
const OF_FINVIS: Record<string, Case> = {
	'webhooks-in-arrays': [async () => keysOf((await first()).json), [EVENT]],
	'webhooks-in-the-field-events': [async () => (await first()).json.events?.map(keysOf), [EVENT]],
	'webhooks-flat': [
		async () => (await first()).json,
		{ event: 'payment.status.updated', id: 'b-1', batch_id: 'b-1', previous_status: 'draft', status: 'approved' },
	],
	'webhooks-with-event-type': [async () => keysOf((await first()).json), ['id', 'event_type', 'data']],
	'webhooks-with-type': [async () => keysOf((await first()).json), ['id', 'type', 'data']],
	'webhooks-without-id': [async () => keysOf((await first()).json), ['event', 'data']],
	'webhooks-with-the-id-of-the-object': [async () => (await first()).json.id, 'b-1'],
	'webhooks-named-in-capitals': [async () => (await first()).json.event, 'PAYMENT_STATUS_UPDATED'],
	'webhooks-without-previous-status': [async () => (await first()).json.data, { batch_id: 'b-1', status: 'approved' }],
	'webhooks-with-byte-order-mark': [
		async () => {
			const { body, signature: written } = await first();
			return [body.startsWith('\uFEFF'), written === hmac(body)];
		},
		[true, true],
	],
	'webhooks-signed-in-base64': [signature, 'BASE64'],
	'webhooks-signed-with-prefix': [signature, 'sha256=HEX'],
	'webhooks-signed-with-prefix-in-base64': [signature, 'sha256=BASE64'],
	'webhooks-signed-with-time': [signature, expect.stringMatching(/^t=\d{10},v1=TIMED$/)],
	'webhooks-signed-twice': [signature, expect.stringMatching(/^[0-9a-f]{64}, HEX$/)],
	'webhooks-signed-twice-with-time': [signature, expect.stringMatching(/^t=\d{10},v1=[0-9a-f]{64},v1=TIMED$/)],
	'webhooks-twice': [hookTimes, [0, 1, 2, 8]],
	'webhooks-twice-after-a-minute': [hookTimes, [0, 1, 80, 80]],
	'webhooks-out-of-order': [hookTimes, [0, 80]],
	'webhooks-8-seconds-late': [hookTimes, [8, 15]],
};

const CASES = { ...OF_FONDO, ...OF_FINVIS };

it('each position of events and webhooks has a case', () => {
	expect(Object.keys(CASES).sort()).toEqual([...events, ...webhooks].map(({ name }) => name).sort());
});

it.each([...events, ...webhooks].map(({ name, sentence }) => [name, sentence]))('%s: %s', async (name) => {
	const [probe, expected] = CASES[name] ?? [];
	bench.admin.vendor.set([name]);
	expect(await probe?.()).toEqual(expected);
	bench.admin.vendor.set([]);
	fondo = await bench.fondo();
	expect(await probe?.()).not.toEqual(expected);
});

it('the books have every change, also those without an event', async () => {
	bench.admin.vendor.set(['fondo-ids-upper-case']);
	const before = bench.admin.changes().length;
	bench.admin.deposits({ clientId: client, amount: 100 });
	const [made, changed] = bench.admin.changes().slice(before);
	expect([made?.event, changed?.event]).toEqual(['transaction.create', 'account.update']);
	expect(made?.shown.id).toBe(made?.id.toUpperCase());
	expect(changed?.object.modifiedDate).toBe(new Date(changed?.at ?? 0).toISOString());
});
