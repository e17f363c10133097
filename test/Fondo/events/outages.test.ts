import '../../support/webSocket';
import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../nodes/shared/core/clock';
import { until } from '../../sandbox/caller';
import type { Listening } from '../../support/n8n';
import { giveTimeBack, speedUp } from '../../support/time';
import { CLIENT, Fondo, state, update } from './fondo';

/** What holds while Fondo answers in part, late or with old rows. Most seeds are those of the simulation that found the case. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
let fondo: Fondo;
const closers: Array<() => Promise<unknown>> = [];

beforeEach(async () => {
	fondo = await new Fondo().open();
	speedUp(50);
});
afterEach(async () => {
	for (const close of closers.splice(0)) await close();
	await fondo.close();
	giveTimeBack();
});

const pass = async (ms: number) => await clock.sleep(ms);
const parametersOf = (objects: string[], more: IDataObject = {}) => ({ parameters: { clients: [CLIENT], objects, ...more } as never });

let workflows = 0;
async function listen(objects: string[], more: IDataObject = {}, around: Listening = {}) {
	workflows += 1;
	const trigger = await fondo.engine().trigger(parametersOf(objects, more), { workflowId: `wf-outages-${workflows}`, ...around });
	closers.push(trigger.close);
	return trigger;
}
const live = async () => {
	await until(() => fondo.connections > 0, 10_000);
	await pass(8 * SECOND);
};
const gone = async () => await until(() => fondo.connections === 0);
const statuses = (events: IDataObject[]) => events.map(({ current }) => (current as IDataObject | null)?.status);
const idsOf = (events: IDataObject[]) => events.map(({ id }) => id);
const deletionOf = (row: IDataObject) => ({ eventType: 'order.delete', previous: row });

describe('published while Fondo or n8n does not answer at once', () => {
	it.each([['/client'], ['/order']])('seed 20262011: a deletion from before stays history (%s answers 500)', async (path) => {
		const at = clock.now() - 3 * MINUTE;
		const [before, after] = [state('o-1', 'sent', at, { deleted: true }), state('o-2', 'sent', at)];
		fondo.lists.order = [before];
		fondo.refused[path] = 500;
		const trigger = await listen(['order', 'account']);
		await pass(5 * SECOND);
		delete fondo.refused[path];
		await live();
		// Fondo repeats what was before.
		fondo.send(deletionOf(before), deletionOf(after));
		await until(() => trigger.of('o-2').length > 0, 10_000);
		await pass(10 * SECOND);
		expect(idsOf(trigger.events())).toEqual(['o-2']);
	});

	it.each([-10 * MINUTE, 10 * MINUTE])(
		'begins at the time of publishing by the clock of Fondo, also after a restart (%d ms ahead)',
		async (aheadMs) => {
			fondo.aheadMs = aheadMs;
			fondo.refused[''] = 503;
			const before = clock.now() + aheadMs - 3 * MINUTE;
			const first = await listen(['order']);
			await pass(MINUTE);
			await first.close();
			fondo.lists.order = [state('o-1', 'sent', before), state('o-2', 'sent', clock.now() + aheadMs)];
			delete fondo.refused[''];
			const trigger = await listen(['order'], {}, { activation: 'init', staticData: first.staticData });
			await until(() => trigger.of('o-2').length > 0, 10_000);
			await pass(10 * SECOND);
			expect(idsOf(trigger.events())).toEqual(['o-2']);
		},
	);

	it('on a slow n8n, what Fondo shows at the publishing is history, also where its dates are ahead', async () => {
		fondo.lists.order = [state('o-1', 'sent', clock.now() + 10 * MINUTE)];
		const engine = fondo.engine();
		// Each step of n8n takes longer than a second.
		speedUp(2_000);
		const trigger = await engine.trigger(parametersOf(['order']), { workflowId: 'wf-slow' });
		closers.push(trigger.close);
		speedUp(50);
		await live();
		fondo.lists.order = [...fondo.lists.order, state('o-2', 'sent', clock.now() + 20 * MINUTE)];
		fondo.cut();
		await until(() => trigger.of('o-2').length > 0, 10_000);
		expect(idsOf(trigger.events())).toEqual(['o-2']);
	});

	it.each([-10 * MINUTE, 10 * MINUTE])('the same for a poll (%d ms ahead)', async (aheadMs) => {
		fondo.aheadMs = aheadMs;
		fondo.refused[''] = 503;
		const before = clock.now() + aheadMs - 3 * MINUTE;
		const poll = fondo.engine('fondoPollingTrigger').poller(parametersOf(['order']), { activation: 'activate' });
		expect((await poll()).json).toEqual([]);
		await pass(MINUTE);
		fondo.lists.order = [state('o-1', 'sent', before), state('o-2', 'sent', clock.now() + aheadMs)];
		delete fondo.refused[''];
		expect(idsOf((await poll()).json)).toEqual(['o-2']);
		expect((await poll()).json).toEqual([]);
	});
});

describe('one list answers 503 for long', () => {
	it('only the frames of its objects wait for it, and then come in order', async () => {
		fondo.refused['/order'] = 503;
		const trigger = await listen(['order', 'account', 'other'], { otherObjects: 'plan' }, { activation: 'init' });
		await live();
		const [sent, settled] = [state('o-1', 'sent'), state('o-1', 'settled', clock.now() + 1)];
		fondo.send(update(settled), update(state('a-1', 'active'), undefined, 'account.update'));
		fondo.send(update(state('p-1', 'active'), undefined, 'plan.update'));
		await until(() => trigger.events().length > 1, 10_000);
		await pass(3 * MINUTE);
		expect(idsOf(trigger.events())).toEqual(['a-1', 'p-1']);
		fondo.lists.order = [sent];
		delete fondo.refused['/order'];
		await until(() => statuses(trigger.of('o-1')).includes('settled'), 10_000);
		expect(statuses(trigger.of('o-1'))).toEqual(['sent', 'settled']);
		expect(trigger.failed).toEqual([]);
	});

	it('a check that finds it so holds nothing back', async () => {
		const trigger = await listen(['order', 'account'], { options: { checkMinutes: 0.5 } }, { activation: 'init' });
		await live();
		// Live for certain.
		fondo.send(update(state('o-0', 'sent')));
		await until(() => trigger.of('o-0').length > 0, 10_000);
		fondo.refused['/order'] = 503;
		await pass(MINUTE);
		fondo.send(update(state('o-1', 'sent')));
		await until(() => trigger.of('o-1').length > 0, 10_000);
	});
});

it('seed 6023: after a restart a list that lags delivers no older state of an object', async () => {
	const before = await listen(['order']);
	await live();
	const now = clock.now();
	const [received, sent, settled] = ['received', 'sent', 'settled'].map((status, index) => state('o-1', status, now + index));
	fondo.send(update(sent), update(state('o-2', 'sent')));
	await until(() => before.events().length > 1, 10_000);
	await before.close();
	await gone();
	fondo.lists.order = [received];
	const after = await listen(['order'], { options: { checkMinutes: 0.5 } }, { activation: 'init', staticData: before.staticData });
	await live();
	fondo.lists.order = [settled];
	await until(() => statuses(after.of('o-1')).includes('settled'), 10_000);
	expect(statuses(after.of('o-1'))).toEqual(['settled']);
});

it('seed 20266811: a process that gets the trigger back continues where another one was, also where a list stays refused', async () => {
	fondo.refused['/account'] = 403;
	const listenAs = async (workflowId: string, staticData?: IDataObject) =>
		await listen(['order', 'account'], {}, { workflowId, activation: 'leadershipChange', staticData });
	const first = await listenAs('wf-returned');
	await live();
	await first.close();
	await gone();
	const other = await listenAs('wf-returned-other', first.staticData);
	await live();
	const now = clock.now();
	const [sent, settled] = ['sent', 'settled'].map((status, index) => state('o-1', status, now + index));
	fondo.send(update(settled));
	await until(() => other.events().length > 0, 10_000);
	await other.close();
	await gone();
	const back = await listenAs('wf-returned', other.staticData);
	await live();
	fondo.send(update(sent), update(state('o-2', 'sent')));
	await until(() => back.of('o-2').length > 0, 10_000);
	expect(idsOf(back.events())).toEqual(['o-2']);
});

it('seed 20266873: a deletion in a list that n8n did not start is delivered after a restart', async () => {
	const execute = async () => await Promise.reject(new Error('the database is locked'));
	const before = await listen(['order'], {}, { execute });
	await live();
	fondo.lists.order = [state('o-1', 'sent', clock.now(), { deleted: true })];
	fondo.cut();
	await until(() => before.emitted.length > 0, 10_000);
	await before.close();
	await gone();
	const after = await listen(['order'], {}, { activation: 'init', staticData: before.staticData });
	await until(() => after.events().length > 0, 10_000);
	expect(after.events()).toMatchObject([{ id: 'o-1', change: 'deleted' }]);
});
