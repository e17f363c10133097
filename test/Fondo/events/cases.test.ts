import '../../support/webSocket';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';
import { identityOf, changeOfRow } from '../../../nodes/Fondo/events/changes/change';
import { changeOf } from './changeOf';
import { journeyOutcomeOf } from '../../../nodes/Fondo/journeys/outcome';
import { clock } from '../../../nodes/shared/core/clock';
import { until } from '../../sandbox/caller';
import type { Listening } from '../../support/n8n';
import { giveTimeBack, speedUp } from '../../support/time';
import { CLIENT, Fondo, state, update } from './fondo';

/** The cases E1 to E19 that concern Fondo's events, each through real HTTP and WebSocket connections. */

const SPEED = 50;
const MINUTE = 60_000;
let fondo: Fondo;
const closers: Array<() => Promise<unknown>> = [];
let warned: jest.SpyInstance;

beforeEach(async () => {
	fondo = await new Fondo().open();
	speedUp(SPEED);
	warned = jest.spyOn(Container.get(Logger), 'warn');
});
afterEach(async () => {
	for (const close of closers.splice(0)) await close();
	await fondo.close();
	giveTimeBack();
	warned.mockRestore();
});

/** Waits by the clock of the test. */
const pass = async (ms: number) => await clock.sleep(ms);

const parametersOf = (objects: string[], more: IDataObject = {}) => ({ parameters: { clients: [CLIENT], objects, ...more } as never });

let workflows = 0;
async function listen(objects: string[], more: IDataObject = {}, around: Listening = {}) {
	workflows += 1;
	const trigger = await fondo.engine().trigger(parametersOf(objects, more), { workflowId: `wf-cases-${workflows}`, ...around });
	closers.push(trigger.close);
	return trigger;
}

/** The trigger is connected, and has read the lists after the connection. */
const live = async () => {
	await until(() => fondo.connections > 0, 10_000);
	await pass(8_000);
};
const poller = (objects: string[], around: Listening = {}) => fondo.engine('fondoPollingTrigger').poller(parametersOf(objects), around);
const statuses = (events: IDataObject[]) => events.map(({ current }) => (current as IDataObject | null)?.status);
const warnings = () => warned.mock.calls.map(([text]) => String(text));
const refuse = async () => await Promise.reject(new Error('the database is locked'));

describe('E2', () => {
	it('E2: a journey that ended is delivered after a restart of n8n, if it was only queued before', async () => {
		const options = { options: { oneAtATime: true } };
		const before = await listen(['order', 'journey'], options, { execute: refuse });
		await live();
		fondo.send({ eventType: 'journey.create', current: state('j-1', 'new') });
		await until(() => before.emitted.length > 0);
		fondo.journeys['j-1'] = state('j-1', 'complete');
		fondo.send({ eventType: 'journey.update', current: fondo.journeys['j-1'], previous: state('j-1', 'new', 0) });
		const tries = before.emitted.length;
		await until(() => before.emitted.length > tries + 1, 10_000);
		await before.close();
		await until(() => fondo.connections === 0);
		const after = await listen(['order', 'journey'], options, { activation: 'init', staticData: before.saved });
		await until(() => statuses(after.of('j-1')).includes('complete'), 10_000);
		expect(statuses(after.of('j-1')).filter((status) => status === 'complete')).toHaveLength(1);
	});

	it.each(['init', 'update'] as const)('E2: an object without a list that is queued is handed over (%s)', async (activation) => {
		const settings = { otherObjects: 'plan', options: { oneAtATime: true } };
		const around = { workflowId: `wf-E2-${activation}` };
		const before = await listen(['order', 'other'], settings, { ...around, execute: refuse });
		await live();
		fondo.send(update(state('o-1', 'sent')));
		await until(() => before.emitted.length > 0);
		const plan = { eventType: 'plan.update', current: { id: 'p-1', share: 2 } };
		fondo.send(plan, { eventType: 'plan.update', current: state('p-2', 'new') });
		const tries = before.emitted.length;
		await until(() => before.emitted.length > tries + 1, 10_000);
		await before.close();
		await until(() => fondo.connections === 0);
		// A changed workflow opens in the same process, with what n8n has stored before.
		const staticData = before.saved;
		const after = await listen(['order', 'other'], settings, {
			...around,
			activation,
			staticData,
			workflowId: activation === 'init' ? 'wf-E2-other-process' : around.workflowId,
		});
		await until(() => after.of('p-1').length > 0 && after.of('p-2').length > 0, 10_000);
		await pass(10_000);
		expect([after.of('p-1'), after.of('p-2')].map((events) => events.length)).toEqual([1, 1]);
		fondo.send(plan);
		await pass(10_000);
		expect(after.of('p-1')).toHaveLength(1);
	});
});

describe('E3', () => {
	it('E3: a trigger that is published while a list answers 503 begins at the time of publishing', async () => {
		fondo.lists.order = [state('o-0', 'sent', clock.now() - 10_000)];
		fondo.refused['/order'] = 503;
		const trigger = await listen(['order']);
		await pass(5_000);
		fondo.lists.order.push(state('o-1', 'received'));
		await pass(5_000);
		delete fondo.refused['/order'];
		await until(() => trigger.of('o-1').length > 0, 10_000);
		expect(trigger.events().map(({ id }) => id)).toEqual(['o-1']);
	});

	it('E3: a polling trigger that is published while Fondo is down begins at the time of publishing', async () => {
		fondo.lists.order = [state('o-0', 'sent', clock.now() - 10_000)];
		fondo.refused[''] = 503;
		const poll = poller(['order'], { activation: 'activate' });
		expect((await poll()).json).toEqual([]);
		await pass(5_000);
		fondo.lists.order.push(state('o-1', 'received'));
		await pass(5_000);
		delete fondo.refused[''];
		expect((await poll()).json.map(({ id }) => id)).toEqual(['o-1']);
	});
});

it('E4: 130,000 changes since the last poll are delivered', async () => {
	fondo.lists.order = [];
	const poll = poller(['order']);
	await poll();
	const now = clock.now();
	fondo.lists.order = Array.from({ length: 130_000 }, (_, index) => state(`o-${String(index).padStart(6, '0')}`, 'sent', now + index));
	expect((await poll()).json).toHaveLength(130_000);
});

it('E6: a list that is ahead of the frames does not swallow the states between', async () => {
	const trigger = await listen(['order'], { options: { checkMinutes: 0.1 } });
	await live();
	const now = clock.now();
	const [sent, confirmed, settled] = ['sent', 'confirmed', 'settled'].map((status, index) => state('o-1', status, now + index));
	fondo.send(update(sent));
	fondo.lists.order = [settled];
	const reads = () => fondo.reads.filter((path) => path.endsWith('/order')).length;
	const before = reads();
	await until(() => reads() > before, 10_000);
	await pass(4_000);
	fondo.send(update(confirmed, sent), update(settled, confirmed));
	await until(() => statuses(trigger.of('o-1')).includes('settled'), 10_000);
	await pass(60_000);
	expect(statuses(trigger.of('o-1'))).toEqual(['sent', 'confirmed', 'settled']);
});

it('E6: a filter for a status that the list has passed gets it from its late frame', async () => {
	const trigger = await listen(['order'], { options: { checkMinutes: 0.1, statuses: 'confirmed' } });
	await live();
	const now = clock.now();
	const [sent, confirmed, settled] = ['sent', 'confirmed', 'settled'].map((status, index) => state('o-1', status, now + index));
	fondo.lists.order = [settled];
	await pass(20_000);
	fondo.send(update(confirmed, sent), update(settled, confirmed));
	await until(() => trigger.events().length > 0, 10_000);
	expect(statuses(trigger.events())).toEqual(['confirmed']);
});

it('E7: a change that is handed over again starts the workflow once, also where n8n keeps no successful executions', async () => {
	let saved: IDataObject | undefined;
	const items: IDataObject[][] = [];
	for (let restart = 0; restart < 3; restart += 1) {
		// A new engine knows no key: n8n has removed the execution. Another workflow ID is another process to the trigger.
		const engine = fondo.engine();
		const trigger = await engine.trigger(parametersOf(['order']), {
			activation: 'init',
			staticData: saved,
			workflowId: `wf-E7-${restart}`,
		});
		await live();
		if (restart === 0) fondo.send(update((fondo.lists.order = [state('o-1', 'settled')])[0]));
		await until(() => trigger.emitted.length > 0, 10_000);
		({ saved } = trigger);
		const around = { mode: 'trigger' as const, workflowId: 'wf-E7', executionId: `e-${restart}` };
		const [{ json }] = trigger.emitted;
		items.push((await engine.run(parametersOf(['order']), json, around)).json);
		// Bull gives the job of a worker that died to another one: the same execution begins again.
		if (restart === 0) expect((await engine.run(parametersOf(['order']), json, around)).json).toEqual(json);
		await trigger.close();
		await until(() => fondo.connections === 0);
	}
	expect(items.map((json) => json.map(({ id }) => id))).toEqual([['o-1'], [], []]);
});

describe('E8', () => {
	it('E8: a list that writes a field otherwise than the stream reports the same change', async () => {
		const trigger = await listen(['order'], { options: { checkMinutes: 0.1 } });
		await live();
		const second = Math.floor(clock.now() / 1000) * 1000;
		fondo.send(update(state('o-1', 'sent', second, { amount: 100 })));
		const written = new Date(second).toISOString().replace('.000Z', '');
		for (const date of [`${written}Z`, `${written}.000Z`, `${written}+00:00`]) {
			fondo.lists.order = [state('o-1', 'sent', date, { amount: '100.00' })];
			await pass(40_000);
		}
		expect(trigger.events().map(({ id }) => id)).toEqual(['o-1']);
	});

	it('E8: one instant is one identity, another instant or another object is not', () => {
		const identities = ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00+00:00', '2026-01-01T11:00:00+01:00'].map(
			(date) => identityOf(changeOfRow('order', state('o-1', 'sent', date), 0)),
		);
		expect(new Set(identities).size).toBe(1);
		const others = [
			changeOfRow('order', state('o-1', 'sent', '2026-01-01T10:00:00.001Z'), 0),
			changeOfRow('order', state('o-2', 'sent', '2026-01-01T10:00:00Z'), 0),
			changeOfRow('account', state('o-1', 'sent', '2026-01-01T10:00:00Z'), 0),
		];
		expect(new Set([identities[0], ...others.map(identityOf)]).size).toBe(4);
	});
});

it('E11: an execution that n8n refuses starts before a later change of the same object', async () => {
	let refusals = 1;
	const trigger = await listen(['order'], {}, { execute: async () => (refusals-- > 0 ? await refuse() : undefined) });
	await live();
	const now = clock.now();
	const [sent, settled] = ['sent', 'settled'].map((status, index) => state('o-1', status, now + index));
	fondo.send(update(sent), update(settled, sent), update(state('o-2', 'sent')));
	await until(() => statuses(trigger.of('o-1')).includes('settled'), 10_000);
	expect(statuses(trigger.of('o-1'))).toEqual(['sent', 'sent', 'settled']);
	// Another object does not wait.
	expect(trigger.events().findIndex(({ id }) => id === 'o-2')).toBeLessThan(3);
});

it('E11: a later change of the same object waits for a slow execution only until it has begun', async () => {
	const begin = async (json: IDataObject[]) => {
		await fondo.engine().run(parametersOf(['order']), json, { mode: 'trigger', workflowId: 'wf-E11' });
		await pass(4_000);
	};
	const trigger = await listen(['order'], {}, { workflowId: 'wf-E11', execute: begin });
	await live();
	speedUp(1);
	const now = clock.now();
	fondo.send(...Array.from({ length: 10 }, (_, index) => update(state('o-1', `s${index}`, now + index))));
	await until(() => trigger.events().length >= 10, 60_000);
	expect(clock.now() - now).toBeLessThan(9_000);
	expect(statuses(trigger.of('o-1'))).toEqual(Array.from({ length: 10 }, (_, index) => `s${index}`));
});

describe('E13', () => {
	it.each(['orderUpdate', 'ORDER_UPDATED', 'orders.update', 'order:updated', 'order.changed', 'fondo.order.updated', 'updated'])(
		"E13: '%s' is an update of an order",
		async (name) => {
			const trigger = await listen(['order'], { kinds: ['updated'] });
			await live();
			const current = state('o-1', 'sent', clock.now(), { orderType: 'subscription', instrument: 'SE0001862426SEK' });
			fondo.send({ eventType: name, current, previous: { ...current, status: 'received', modifiedDate: current.createdDate } });
			fondo.lists.order = [current];
			await until(() => trigger.events().length > 0, 5_000);
			fondo.cut();
			await pass(20_000);
			expect(trigger.events()).toMatchObject([{ id: 'o-1', object: 'order', change: 'updated', source: 'stream' }]);
		},
	);

	it('E13: an unknown verb without a current state is no deletion, and the list delivers the change', async () => {
		const trigger = await listen(['order'], { options: { checkMinutes: 0.5 } });
		await live();
		const at = clock.now();
		fondo.send({ eventType: 'order.touch', previous: state('o-1', 'sent', at - 1_000) });
		fondo.lists.order = [state('o-1', 'settled', at)];
		await until(() => trigger.events().length > 0, 10_000);
		expect(trigger.events()).toMatchObject([{ id: 'o-1', change: 'updated', current: { status: 'settled' } }]);
		expect(warnings().filter((text) => text.includes("'order.touch'"))).toHaveLength(1);
	});

	it('E13: an event of an unknown object is reported once, and starts nothing', async () => {
		const trigger = await listen(['order']);
		await live();
		for (let index = 0; index < 3; index += 1) fondo.send({ eventType: 'moon.rise', current: state(`m-${index}`, 'full') });
		await pass(10_000);
		expect(trigger.events()).toEqual([]);
		expect(warnings().filter((text) => text.includes("'moon.rise'"))).toHaveLength(1);
	});

	it('E13: a change that the filter leaves out is not marked as delivered', async () => {
		const trigger = await listen(['order'], { kinds: ['updated'], options: { checkMinutes: 0.5 } });
		await live();
		const current = state('o-1', 'sent');
		fondo.send({ eventType: 'order.create', current });
		fondo.lists.order = [current];
		await until(() => trigger.events().length > 0, 10_000);
		expect(trigger.events()).toMatchObject([{ id: 'o-1', change: 'updated' }]);
	});
});

describe('E14', () => {
	const first = async () => {
		fondo.lists.order = [];
		const poll = poller(['order']);
		await poll();
		await pass(10_000);
		return { poll, now: clock.now() };
	};

	it.each<[string, (now: number) => IDataObject]>([
		['null until the first change', (now) => ({ modifiedDate: null, createdDate: new Date(now).toISOString() })],
		['missing', (now) => ({ modifiedDate: undefined, createdDate: new Date(now).toISOString() })],
		['in seconds since 1970', (now) => ({ modifiedDate: Math.floor(now / 1000) })],
		['in milliseconds since 1970', (now) => ({ modifiedDate: now })],
		['in milliseconds since 1970 as text', (now) => ({ modifiedDate: String(now) })],
		['without a zone', (now) => ({ modifiedDate: new Date(now).toISOString().slice(0, -1) })],
		['without a zone or a T', (now) => ({ modifiedDate: new Date(now).toISOString().slice(0, -5).replace('T', ' ') })],
	])('E14: a modifiedDate %s is delivered once', async (_, dates) => {
		const { poll, now } = await first();
		fondo.lists.order = [{ ...state('o-1', 'received'), ...dates(now) }];
		expect((await poll()).json.map(({ id }) => id)).toEqual(['o-1']);
		expect((await poll()).json).toEqual([]);
	});

	it('E14: a date without a zone is UTC, wherever n8n runs', () => {
		const identity = (date: unknown) => identityOf(changeOfRow('order', { ...state('o-1', 'sent'), modifiedDate: date as string }, 0));
		expect(identity('2026-07-01T10:00:00')).toBe(identity('2026-07-01T10:00:00Z'));
		expect(identity(1_782_900_000)).toBe(identity('2026-07-01T10:00:00Z'));
	});

	it('E14: a row that becomes visible four minutes late is delivered', async () => {
		const { poll, now } = await first();
		await pass(4 * MINUTE);
		await poll();
		fondo.lists.order = [state('o-1', 'received', now)];
		expect((await poll()).json.map(({ id }) => id)).toEqual(['o-1']);
	});

	it('E14: rows whose dates cannot be read are reported', async () => {
		fondo.lists.order = [];
		const poll = fondo.engine('fondoPollingTrigger').poller(parametersOf(['order'], { options: { reportAfterMinutes: 0 } }));
		await poll();
		fondo.lists.order = [{ ...state('o-1', 'received'), modifiedDate: 'yesterday', createdDate: undefined }, state('o-2', 'received')];
		const { json, errors } = await poll();
		expect(json.map(({ id }) => id)).toEqual(['o-2']);
		expect(errors.map((error) => (error as Error & { description?: string }).description)).toEqual([
			expect.stringContaining('has no date that can be read'),
		]);
	});
});

describe('E15', () => {
	it('E15: an ID that is a number in the stream and a text in the list is one object, and another type of object is another', async () => {
		const trigger = await listen(['order', 'account'], { options: { checkMinutes: 0.1 } });
		await live();
		const at = clock.now();
		fondo.send(update(state(17, 'sent', at)), update(state(17, 'active', at), undefined, 'account.update'));
		fondo.lists.order = [state('17', 'sent', at)];
		fondo.lists.account = [state(17, 'active', at)];
		await pass(60_000);
		expect(trigger.events().map(({ id, object }) => [object, id])).toEqual([
			['order', '17'],
			['account', '17'],
		]);
	});

	it('E15: a callback for a journey whose ID is a number starts the workflow', async () => {
		fondo.journeys['17'] = state(17, 'complete');
		const body = { current: { id: 17, clientId: CLIENT, status: 'complete' } };
		const parameters = { parameters: { outcomes: ['complete'], clients: [] } as never };
		const { json, status } = await fondo.engine('fondoJourneyTrigger').webhook(parameters, { body });
		expect(status).toBe(200);
		expect(json).toMatchObject([{ id: '17', outcome: 'complete' }]);
	});
});

it('E3: what existed before the publishing is history, also where its dates are ahead of the time that Fondo tells', async () => {
	fondo.lists.order = [state('o-1', 'sent', clock.now() + 10 * MINUTE)];
	const trigger = await listen(['order']);
	await live();
	fondo.lists.order = [...fondo.lists.order, state('o-2', 'sent', clock.now() + 10 * MINUTE)];
	fondo.cut();
	await until(() => trigger.of('o-2').length > 0, 10_000);
	expect(trigger.of('o-1')).toEqual([]);
});

describe('E12: a trigger with 40 clients', () => {
	const clients = Array.from({ length: 40 }, (_, index) => `client-${index}`);
	const all = async () => await until(() => fondo.connections === clients.length, 20_000);

	it('E12: begins at the time of publishing for a client that waits for its turn', async () => {
		fondo.delayMs = 20;
		fondo.lists.order = [];
		const trigger = await listen(['order'], { clients });
		expect(fondo.connections).toBeLessThan(clients.length);
		const at = clock.now() + 30_000;
		fondo.rowsAt = (path) => [state(`order of ${path.split('/').at(-2)}`, 'sent', at)];
		await all();
		await until(() => trigger.events().length >= clients.length, 20_000);
		expect(new Set(trigger.events().map(({ clientId }) => clientId)).size).toBe(clients.length);
	});

	it('E12: asks for a few of them at a time, at the start and after an outage of all', async () => {
		fondo.delayMs = 5;
		await listen(['order'], { clients }, { activation: 'init' });
		await all();
		await pass(30_000);
		expect(fondo.mostAtOnce).toBeLessThanOrEqual(11);
		fondo.mostAtOnce = 0;
		fondo.cut();
		await until(() => fondo.connections === 0);
		await all();
		await pass(30_000);
		expect(fondo.mostAtOnce).toBeGreaterThan(1);
		expect(fondo.mostAtOnce).toBeLessThanOrEqual(11);
	});
});

it.each([
	['new', undefined],
	['pending', undefined],
	['PENDING', undefined],
	['signing', undefined],
	['in_progress', undefined],
	['', undefined],
	[null, undefined],
	['complete', 'complete'],
	['Completed', 'complete'],
	['CANCELED', 'canceled'],
	['cancelled', 'canceled'],
	['error', 'error'],
	['failed', 'error'],
	['expired', 'expired'],
	['rejected', 'rejected'],
])('E18: the journey status %j has the outcome %j', (status, outcome) => {
	expect(journeyOutcomeOf({ status })).toBe(outcome);
});

describe('E19', () => {
	it('E19: a server that closes the stream every minute is no outage', async () => {
		const closing = setInterval(() => fondo.end(1001), MINUTE / SPEED);
		closers.push(async () => clearInterval(closing));
		const trigger = await listen(['order'], { options: { reportAfterMinutes: 5 } });
		for (let minute = 0; minute < 15; minute += 1) {
			fondo.lists.order = [...(fondo.lists.order ?? []), state(`o-${String(minute).padStart(2, '0')}`, 'sent')];
			await pass(MINUTE);
		}
		await pass(MINUTE);
		expect(trigger.failed).toEqual([]);
		expect(trigger.events()).toHaveLength(15);
		expect(warnings().filter((text) => text.includes('is interrupted')).length).toBeLessThanOrEqual(1);
	});

	it.each<[string, string, string]>([
		['302', 'HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/subscribe\r\nContent-Length: 0\r\n\r\n', '302'],
		['404', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', '404'],
		['a demand for a subprotocol', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 20\r\n\r\nSubprotocol required', 'Subprotocol required'],
	])('E19: without a stream (%s) the lists are still read, and the report names the reason', async (_, answer, reason) => {
		fondo.onUpgrade = (_request, socket) => Boolean(socket.end(answer));
		const trigger = await listen(['order'], { options: { reportAfterMinutes: 2, checkMinutes: 1 } });
		await pass(10_000);
		fondo.lists.order = [state('o-1', 'sent')];
		await until(() => trigger.of('o-1').length > 0, 10_000);
		await until(() => trigger.failed.length > 0, 10_000);
		await pass(3 * MINUTE);
		expect(trigger.of('o-1')).toHaveLength(1);
		expect(trigger.failed).toHaveLength(1);
		expect((trigger.failed[0] as Error & { description: string }).description).toContain(reason);
	});
});

it('a change in a frame has its ID as text', () => {
	expect(changeOf(update(state(17, 'sent')), 0)?.id).toBe('17');
});
