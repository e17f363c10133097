import '../../../support/webSocket';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { WebSocketServer } from 'ws';
import { until } from '../../../sandbox/caller';
import { Engine } from '../../../support/n8n';
import { giveTimeBack, speedUp } from '../../../support/time';

/**
 * The static data of a Fondo Trigger as version 0.1.0 wrote it, when n8n died between starting an execution for order-3 and order-4 and
 * writing down that it did. Times are seconds after 2026-11-02T09:00:00Z: the workflow was published at 0 (`floor`); order-1 was settled
 * at 1 and order-2 at 2, and both were delivered (`delivered`, `reached`); journey-1 was opened at 4 (`journeys`); order-3 was settled
 * at 5 and order-4 at 6 (`offers`); the lists were read to 10, but are complete only up to order-3 (`readTo`).
 */
const STORED =
	'{"client-1":{"readTo":1793610005000,"floor":1793610000000,"delivered":[["wnGC1u84qDkC0qlT",1793610001000],["xxnWR453PrBPzYOs",1793610002000]],"journeys":["journey-1"],"reached":[["order-1","settled"],["order-2","settled"]],"offers":[["g8vYepZ2bXbrLwqV","LsN7RP3Bxu3OMZke"]]}}';
/** The key under which 0.1.0 started that execution: n8n starts no second one under it. */
const BATCH_KEY = '59d0c6a25370a0204b5961f2ec4d47922eaf9a52041ba71a1251090e6ba41494';

const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 9, 0, second)).toISOString();
const order = (id: string, second: number, status = 'settled'): IDataObject => ({
	id,
	sortedId: id,
	status,
	createdDate: at(-600),
	modifiedDate: at(second),
});

/** Fondo when n8n starts again: its lists, and a stream that repeats an old frame. */
const ORDERS = [
	// Settled before the workflow was published.
	order('order-0', -30),
	// Delivered as settled before; since then another field has changed.
	order('order-1', 20),
	order('order-2', 2),
	order('order-3', 5),
	order('order-4', 6),
	// Settled while n8n was down.
	order('order-5', 7),
];
const REPEATED = { eventType: 'order.update', current: order('order-2', 2), previous: order('order-2', -300, 'confirmed') };
const JOURNEY = { id: 'journey-1', status: 'complete', createdDate: at(4), modifiedDate: at(30) };

const queries: URLSearchParams[] = [];
const http = createServer((request, response) => {
	const { pathname, searchParams } = new URL(request.url ?? '', 'http://fondo');
	const isFirstPage = !searchParams.has('start');
	const body = () => {
		if (pathname.includes('/auth/')) return { access_token: 'token', expires_in: 3600 };
		if (pathname.endsWith('/journey/journey-1')) return JOURNEY;
		if (!pathname.endsWith('/order')) return [];
		queries.push(searchParams);
		return isFirstPage ? ORDERS : [];
	};
	response.writeHead(200, { 'content-type': 'application/json', date: new Date(at(60)).toUTCString() }).end(JSON.stringify(body()));
});
const stream = new WebSocketServer({ server: http });
stream.on('connection', (socket) => socket.send(JSON.stringify(REPEATED)));

beforeAll(async () => {
	http.listen(0, '127.0.0.1');
	await once(http, 'listening');
});
beforeEach(() => {
	queries.length = 0;
	speedUp(50);
});
afterEach(giveTimeBack);
afterAll(async () => {
	for (const socket of stream.clients) socket.terminate();
	http.closeAllConnections();
	await new Promise((resolve) => http.close(resolve));
});

const engineOf = (type: 'fondoTrigger' | 'fondoPollingTrigger') =>
	new Engine(type, {
		environment: 'custom',
		baseUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		clientId: 'partner',
		clientSecret: 'secret',
	});
const settings = (objects: string[]) => ({
	parameters: { clients: ['client-1'], objects, options: { statuses: 'settled, complete', gatherSeconds: 1 } } as never,
});
const idsOf = (items: IDataObject[]) => items.map(({ id }) => id);

/** The trigger after a restart of n8n, until it has started this many executions and a little longer. */
async function restart(journals: string, workflowId: string, executions: number) {
	const around = { activation: 'init' as const, staticData: { journals }, workflowId };
	const trigger = await engineOf('fondoTrigger').trigger(settings(['order', 'journey']), around);
	await until(() => trigger.emitted.length >= executions, 10_000);
	await new Promise((resolve) => setTimeout(resolve, 300));
	await trigger.close();
	return trigger;
}

const EXPECTED = [
	['order-3', 'order-4'],
	['order-5', 'journey-1'],
];
const executionsOf = ({ emitted }: { emitted: ReadonlyArray<{ json: IDataObject[] }> }) => emitted.map(({ json }) => idsOf(json));

test('the Fondo Trigger continues from a journal of 0.1.0: no change is lost and none is delivered twice', async () => {
	const trigger = await restart(STORED, 'wf-1', 2);
	expect(executionsOf(trigger)).toEqual(EXPECTED);
	expect(trigger.emitted[0].key).toBe(BATCH_KEY);
	expect(trigger.failed).toEqual([]);
	// The rows are read with an overlap of five minutes before `readTo`.
	expect(queries[0].get('modifiedFrom')).toBe(at(5 - 300));
});

test('the Fondo Polling Trigger continues from the same journal, and its next poll returns nothing', async () => {
	const first = await engineOf('fondoPollingTrigger').poll(settings(['order']), { staticData: { journals: STORED } });
	expect(idsOf(first.json)).toEqual(['order-3', 'order-4', 'order-5']);
	const second = await engineOf('fondoPollingTrigger').poll(settings(['order']), { staticData: first.staticData });
	expect(second.json).toEqual([]);
});

test('a journal is stored under the keys of 0.1.0 without what is empty, as one JSON string', async () => {
	const trigger = await restart(STORED, 'wf-stored', 2);
	// 'savedAt' and 'sent' came later.
	expect(Object.keys(trigger.staticData).sort()).toEqual(['journals', 'savedAt']);
	const { 'client-1': journal } = JSON.parse(String(trigger.staticData.journals));
	const { 'client-1': stored } = JSON.parse(STORED);
	expect(Object.keys(journal)).toEqual([...Object.keys(stored).filter((key) => !['journeys', 'offers'].includes(key)), 'sent']);
	expect(journal).toMatchObject({ readTo: Date.parse(at(60)), floor: Date.parse(at(0)) });
});

test.each([
	['floor', 0, [...EXPECTED.slice(0, 1), ['order-0', 'order-5', 'journey-1']]],
	['delivered', [], [...EXPECTED.slice(0, 1), ['order-2', 'order-5', 'journey-1']]],
	['journeys', [], [...EXPECTED.slice(0, 1), ['order-5']]],
	['reached', [], [...EXPECTED.slice(0, 1), ['order-5', 'order-1', 'journey-1']]],
	['offers', [], [['order-3', 'order-4', 'order-5', 'journey-1']]],
])('without its key %s the journal leads to other executions', async (key, empty, expected) => {
	const { 'client-1': stored } = JSON.parse(STORED);
	const trigger = await restart(JSON.stringify({ 'client-1': { ...stored, [key]: empty } }), `wf-${key}`, expected.length);
	expect(executionsOf(trigger)).toEqual(expected);
});
