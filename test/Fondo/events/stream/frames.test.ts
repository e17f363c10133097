import '../../../support/webSocket';
import { gzipSync, deflateSync } from 'node:zlib';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../../nodes/shared/core/clock';
import { until } from '../../../sandbox/caller';
import { giveTimeBack, speedUp } from '../../../support/time';
import { CLIENT, Fondo, state, update } from '../fondo';

/** The ways in which a server may send events, each over a real WebSocket to a running trigger. */

let fondo: Fondo;
let close: () => Promise<unknown> = async () => undefined;
let warned: jest.SpyInstance;
let workflows = 0;

async function listen(objects: string[] = ['order'], options: IDataObject = {}) {
	workflows += 1;
	const around = { workflowId: `wf-frames-${workflows}` };
	const trigger = await fondo.engine().trigger({ parameters: { clients: [CLIENT], objects, options } as never }, around);
	close = trigger.close;
	await until(() => fondo.connections > 0, 10_000);
	await pass(8_000);
	return trigger;
}

const pass = async (ms: number) => await clock.sleep(ms);
const warnings = () => warned.mock.calls.map(([text]) => String(text)).filter((text) => text.startsWith('Fondo sent'));
const idsOf = (events: IDataObject[]) => events.map(({ id }) => id);

async function start(...options: ConstructorParameters<typeof Fondo>) {
	fondo = await new Fondo(...options).open();
	speedUp(50);
	warned = jest.spyOn(Container.get(Logger), 'warn');
}
afterEach(async () => {
	await close();
	await fondo.close();
	giveTimeBack();
	warned.mockRestore();
});

const frame = (id: string) => update(state(id, 'settled'), state(id, 'sent', 0));
const text = (id: string) => JSON.stringify(frame(id));
const eventType = 'order.update';
/** The states alone, made when the trigger listens: an older change is history. */
const states = (): IDataObject => ({ current: state('o-1', 'settled'), previous: state('o-1', 'sent', 0) });

it.each<[string, () => Parameters<Fondo['send']>]>([
	['as bytes', () => [Buffer.from(text('o-1'))]],
	['with a byte order mark', () => [`\uFEFF${text('o-1')}`]],
	['as bytes with a byte order mark', () => [Buffer.from(`\uFEFF${text('o-1')}`)]],
	['packed by gzip', () => [gzipSync(text('o-1'))]],
	['packed by deflate', () => [deflateSync(text('o-1'))]],
	['in an array', () => [[frame('o-1')]]],
	['in an array of arrays', () => [JSON.stringify([[frame('o-1')]])]],
	['in events', () => [{ events: [frame('o-1')] }]],
	['wrapped in data', () => [{ data: frame('o-1') }]],
	['wrapped twice', () => [{ message: { payload: frame('o-1') } }]],
	['with the states wrapped and the name outside', () => [{ eventType, data: states() }]],
	['with the name in event_type', () => [{ event_type: eventType, ...states() }]],
	['with the name in type', () => [{ type: eventType, ...states() }]],
	['with the name in event', () => [{ event: eventType, ...states() }]],
	['flat: the fields of the order beside the name', () => [{ eventType, ...state('o-1', 'settled') }]],
	['flat, wrapped in data', () => [{ type: eventType, data: state('o-1', 'settled') }]],
])('an event %s starts the workflow with its state', async (_, frames) => {
	await start();
	const { events } = await listen();
	fondo.send(...frames());
	await until(() => events().length > 0, 5_000);
	expect(events()).toMatchObject([
		{ id: 'o-1', object: 'order', change: 'updated', eventType: 'order.update', source: 'stream', current: { status: 'settled' } },
	]);
	expect(warnings()).toEqual([]);
});

it('events over a compressed connection start the workflow, in their order', async () => {
	await start({ threshold: 0 });
	const { events } = await listen();
	const ids = Array.from({ length: 50 }, (_, index) => `o-${index}`);
	fondo.send(...ids.map((id, index) => (index % 2 ? gzipSync(text(id)) : text(id))));
	await until(() => events().length >= ids.length, 5_000);
	expect(idsOf(events())).toEqual(ids);
});

it('frames that are no events are named once, and the stream goes on', async () => {
	await start();
	const { events } = await listen();
	const wrong = [Buffer.from([0x1f, 0x8b, 1, 2, 3]), Buffer.from([0x78, 1, 2]), 'garbage', '7', '[]', '{}', JSON.stringify({ data: 7 })];
	fondo.send(...wrong, ...wrong, { eventType: 'heartbeat' }, { type: 'ping' }, frame('o-1'));
	await until(() => events().length > 0, 5_000);
	expect(idsOf(events())).toEqual(['o-1']);
	expect(warnings()).toEqual([expect.stringContaining('something that is not an event')]);
});

it('a frame that unpacks to more than 16 MB is left out', async () => {
	await start();
	// Packing it blocks the process for longer than the connection may be silent.
	const { events } = await listen(['order'], { silenceSeconds: 3_600 });
	const bomb = gzipSync(JSON.stringify({ ...frame('o-1'), filling: 'x'.repeat(20 * 1024 * 1024) }));
	fondo.send(bomb, frame('o-2'));
	await until(() => events().length > 0, 5_000);
	expect(idsOf(events())).toEqual(['o-2']);
	expect(warnings()).toHaveLength(1);
});

it('a server that repeats its frames after every connection starts each change once', async () => {
	await start();
	const old = update(state('o-old', 'settled', clock.now() - 3_600_000), state('o-old', 'sent', 0));
	const frames: IDataObject[] = [old];
	fondo.onConnection(() => fondo.send(...frames));
	const { events } = await listen();
	for (let round = 0; round < 4; round += 1) {
		frames.push(frame(`o-${round}`));
		fondo.send(frames[frames.length - 1]);
		fondo.cut();
		await pass(10_000);
		await until(() => fondo.connections > 0, 5_000);
	}
	await pass(10_000);
	expect(idsOf(events())).toEqual(['o-0', 'o-1', 'o-2', 'o-3']);
});

it('a token that expires as close code 4401 is renewed, and nothing is lost', async () => {
	await start();
	const { events, failed } = await listen(['order'], { reportAfterMinutes: 1 });
	for (let round = 0; round < 3; round += 1) {
		const tokens = fondo.tokens;
		fondo.expireTokens();
		fondo.end(4401);
		fondo.lists.order = [...(fondo.lists.order ?? []), state(`o-${round}`, 'sent')];
		await until(() => events().length > round, 10_000);
		expect(fondo.tokens).toBe(tokens + 1);
	}
	expect(idsOf(events())).toEqual(['o-0', 'o-1', 'o-2']);
	expect(failed).toEqual([]);
});
