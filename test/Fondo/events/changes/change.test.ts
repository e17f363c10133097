import type { IDataObject } from 'n8n-workflow';
import type { Change } from '../../../../nodes/Fondo/events/changes/change';
import type { SavedJournal } from '../../../../nodes/Fondo/events/delivery/journal';
import { changeOf, changeOfRow, identityOf } from '../../../../nodes/Fondo/events/changes/change';
import { Journal } from '../../../../nodes/Fondo/events/delivery/journal';
import { ClientFeed } from '../../../../nodes/Fondo/events/changes/clientFeed';
import type { EventFilter } from '../../../../nodes/Fondo/events/changes/eventFilter';
import { ANY, isWanted, itemOf, objectsToRead } from '../../../../nodes/Fondo/events/changes/eventFilter';

const at = (second: number) => new Date(Date.UTC(2026, 2, 6, 9, 0, second)).toISOString();
const order = (more: IDataObject = {}): IDataObject => ({
	id: 'o1',
	status: 'received',
	account: 'a1',
	createdDate: at(0),
	modifiedDate: at(0),
	...more,
});
const told = (frame: unknown) => {
	const change = changeOf(frame, 0);
	if (change === undefined) throw new Error('not a change');
	return change;
};
const all: EventFilter = { objects: [ANY], kinds: [], statuses: [], accounts: [] };

test.each([
	['a heartbeat', { eventType: 'heartbeat' }],
	['a text that is no JSON', 'garbage'],
	['a list', []],
	['nothing', undefined],
	['null', null],
	['an object without meaning', {}],
	['an event type that is no text, without states', { eventType: 7 }],
])('%s tells of no change', (_, frame) => {
	expect(changeOf(frame, 0)).toBeUndefined();
});

test.each([
	['order.create', { current: order() }, 'order', 'created'],
	['order.update', { current: order(), previous: order() }, 'order', 'updated'],
	['order.delete', { previous: order() }, 'order', 'deleted'],
	['account.update', { current: order({ deleted: true }), previous: order() }, 'account', 'deleted'],
	['order.updated', { current: order() }, 'order', 'updated'],
	['cashTransaction.create', { current: order() }, 'transaction', 'created'],
	['allocationplan.update', { current: order(), previous: order() }, 'allocationplan', 'updated'],
	['client.renamed', { current: order(), previous: order() }, 'client', 'updated'],
	['client.joined', { current: order() }, 'client', 'created'],
	['', { current: order() }, '', 'created'],
])("'%s' with %j is told as %s %s", (eventType, states, object, kind) => {
	expect(told({ eventType, ...states })).toMatchObject({ eventType, object, kind, id: 'o1', source: 'stream' });
});

test('stream and list know a change by the same identity, however they write the time', () => {
	const frame = told({ eventType: 'order.update', current: order({ modifiedDate: '2026-03-06T09:00:05.000Z' }), previous: order() });
	const row = changeOfRow('order', order({ modifiedDate: '2026-03-06T10:00:05+01:00', price: 1 }), 0);
	expect(identityOf(frame)).toBe(identityOf(row));
	expect(identityOf(frame)).not.toBe(identityOf(changeOfRow('order', order(), 0)));
	const gone = told({ eventType: 'account.delete', previous: order() });
	expect(identityOf(gone)).toBe(identityOf(changeOfRow('account', order({ deleted: true, modifiedDate: at(9) }), 0)));
});

test('a row tells whether it is new, changed or gone, and whether it was made while nobody listened', () => {
	const gap = Date.parse(at(10));
	expect(changeOfRow('order', order({ createdDate: at(20), modifiedDate: at(20) }), gap)).toMatchObject({
		kind: 'created',
		madeInGap: false,
	});
	expect(changeOfRow('order', order({ createdDate: at(20), modifiedDate: at(30) }), gap)).toMatchObject({
		kind: 'updated',
		madeInGap: true,
	});
	expect(changeOfRow('order', order({ modifiedDate: at(30) }), gap)).toMatchObject({ kind: 'updated', madeInGap: false });
	expect(changeOfRow('order', order({ deleted: true, modifiedDate: at(30) }), gap)).toMatchObject({
		kind: 'deleted',
		previous: { id: 'o1' },
	});
});

const settled = told({ eventType: 'order.update', current: order({ status: 'settled' }), previous: order({ status: 'confirmed' }) });
test.each<[string, Partial<EventFilter>, unknown, boolean]>([
	['any object takes unknown ones', {}, { eventType: 'moon.update', current: { id: 'x' }, previous: { id: 'x' } }, true],
	['an object that was not chosen', { objects: ['account'] }, settled, false],
	['an object typed in', { objects: ['allocationplan'] }, { eventType: 'allocationplan.update', current: order() }, true],
	['an event typed in', { objects: ['order.update'] }, settled, true],
	['another event of the same object', { objects: ['order.create'] }, settled, false],
	['a kind that was not chosen', { kinds: ['created'] }, settled, false],
	['a status that was reached', { statuses: ['settled'] }, settled, true],
	[
		'a status that was there before',
		{ statuses: ['settled'] },
		{ eventType: 'order.update', current: order({ status: 'settled' }), previous: order({ status: 'settled' }) },
		false,
	],
	['another status', { statuses: ['canceled'] }, settled, false],
	['an order of the account', { accounts: ['a1'] }, settled, true],
	['an order of another account', { accounts: ['a2'] }, settled, false],
	['cash out of the account', { accounts: ['a1'] }, { eventType: 'transaction.create', current: { id: 't', debitAccount: 'a1' } }, true],
	['the account itself', { accounts: ['a1'] }, { eventType: 'account.update', current: { id: 'a1' }, previous: { id: 'a1' } }, true],
	[
		'the account that a journey opened',
		{ accounts: ['a1'] },
		{ eventType: 'journey.update', current: { id: 'j', result: { account: 'a1' } } },
		true,
	],
	['something without an account', { accounts: ['a1'] }, { eventType: 'client.update', current: { id: 'c' } }, false],
])('filter: %s', (_, filter, change, expected) => {
	expect(isWanted({ ...all, ...filter }, 'source' in Object(change) ? (change as typeof settled) : told(change))).toBe(expected);
});

test('an object made and changed while nobody listened is new to whoever waits for new ones, and changed to whoever waits for changes', () => {
	const row = changeOfRow('order', order({ createdDate: at(20), modifiedDate: at(30) }), Date.parse(at(10)));
	const kindFor = (kinds: string[]) => isWanted({ ...all, kinds }, row) && itemOf({ ...all, kinds }, 'c', row, 0).change;
	expect(kindFor(['created'])).toBe('created');
	expect(kindFor(['updated'])).toBe('updated');
	expect(kindFor([])).toBe('updated');
	expect(kindFor(['created', 'updated'])).toBe('created');
	expect(kindFor(['deleted'])).toBe(false);
});

test('lists are read only for what is waited for', () => {
	expect(objectsToRead(all)).toEqual(['account', 'client', 'journey', 'order', 'transaction']);
	expect(objectsToRead({ ...all, objects: ['order.update', 'allocationplan'] })).toEqual(['order']);
});

test('an item has what happened, what was before, what differs, and all that the frame had', () => {
	const frame = {
		eventType: 'order.update',
		current: order({ status: 'sent', modifiedDate: at(3) }),
		previous: order(),
		trace: 'x',
		error: 'no',
	};
	expect(itemOf(all, 'c1', told(frame), Date.UTC(2026, 2, 6))).toEqual({
		trace: 'x',
		apiError: 'no',
		eventId: identityOf(told(frame)),
		eventType: 'order.update',
		object: 'order',
		change: 'updated',
		id: 'o1',
		clientId: 'c1',
		current: frame.current,
		previous: frame.previous,
		changed: ['status', 'modifiedDate'],
		source: 'stream',
		receivedAt: '2026-03-06T00:00:00.000Z',
	});
});

describe('the journal', () => {
	const begun = () => Object.assign(new Journal(), { readTo: Date.parse(at(0)) });
	const statuses = (changes: ReturnType<Journal['news']>) => changes.map(({ current }) => current?.status);

	test('a frame that overtook another brings along what it knows of it; the late one is not told again', () => {
		const journal = begun();
		const [first, second, third] = [1, 2, 3].map((second) => order({ status: `s${second}`, modifiedDate: at(second) }));
		expect(statuses(journal.news([told({ eventType: 'order.create', current: { ...first, createdDate: at(1) } })]))).toEqual(['s1']);
		expect(statuses(journal.news([told({ eventType: 'order.update', current: third, previous: second })]))).toEqual(['s2', 's3']);
		expect(journal.news([told({ eventType: 'order.update', current: second, previous: first })])).toEqual([]);
	});

	test('two states within one millisecond are two changes; a row that says less of one of them is not a third', () => {
		const journal = begun();
		const first = order({ status: 'received', modifiedDate: at(5) });
		const second = order({ status: 'pending', modifiedDate: at(5) });
		const frames = [
			told({ eventType: 'order.update', current: first, previous: order() }),
			told({ eventType: 'order.update', current: second, previous: first }),
		];
		expect(statuses(journal.news(frames))).toEqual(['received', 'pending']);
		expect(journal.news(frames)).toEqual([]);
		expect(journal.news([changeOfRow('order', { id: 'o1', status: 'pending', modifiedDate: at(5), fee: 1 }, 0)])).toEqual([]);
	});

	test('more than is kept at least, read twice, is told once', () => {
		const journal = begun();
		const rows = Array.from({ length: 100_010 }, (_, number) => changeOfRow('order', order({ id: `o${number}`, modifiedDate: at(4) }), 0));
		expect(journal.news(rows)).toHaveLength(100_010);
		expect(journal.news(rows)).toEqual([]);
	}, 60_000);

	test('what was before is filled in where a list cannot tell it', () => {
		const journal = begun();
		journal.news([told({ eventType: 'order.create', current: order({ createdDate: at(1), modifiedDate: at(1) }) })]);
		const [row] = journal.news([changeOfRow('order', order({ status: 'sent', modifiedDate: at(4) }), 0)]);
		expect(row.previous?.status).toBe('received');
	});

	test('what has no date is told again when it happens again, and not when it only comes twice', () => {
		const journal = begun();
		const plan = (from: number, to: number, heardAt: number) =>
			changeOf({ eventType: 'plan.update', current: { id: 'p', share: to }, previous: { id: 'p', share: from } }, heardAt) ?? [];
		const [up, down, upAgain] = [plan(1, 2, 10), plan(2, 1, 20), plan(1, 2, 30)].flat();
		expect(journal.news([up, up, down, upAgain])).toEqual([up, down, upAgain]);
		expect(new Set([up, down, upAgain].map(identityOf)).size).toBe(3);
		const moon = changeOf({ eventType: 'moon.update', phase: 'full' }, 40);
		expect(moon && journal.news([moon, moon])).toHaveLength(1);
	});

	test('a status is reached once: that the object changes in another way is not told as reaching it again, also after a restart', () => {
		const wanted = { ...all, statuses: ['settled'] };
		const row = (second: number, status: string) => changeOfRow('order', order({ status, modifiedDate: at(second) }), 0);
		let watch = new ClientFeed('c', wanted);
		watch.journal.highWatermark = Date.parse(at(0));
		expect(watch.take([row(1, 'settled')])).toHaveLength(1);
		watch = new ClientFeed('c', wanted, watch.journal.saved());
		// n8n died before it had it: told again.
		const [again] = watch.take([row(1, 'settled')]);
		watch.done(again);
		watch = new ClientFeed('c', wanted, JSON.parse(JSON.stringify(watch.journal.saved())));
		expect(watch.take([row(7, 'settled')])).toEqual([]);
		watch = new ClientFeed('c', wanted, watch.journal.saved());
		const [left] = watch.journal.news([row(8, 'hold')]);
		expect(left.current?.status).toBe('hold');
		expect(
			watch.take([told({ eventType: 'order.update', current: order({ status: 'settled', modifiedDate: at(9) }), previous: left.current })]),
		).toHaveLength(1);
	});

	test('a second state within the same millisecond has an identity of its own', () => {
		const journal = begun();
		const [first, second] = ['received', 'pending'].map((status) =>
			told({ eventType: 'order.update', current: order({ status, modifiedDate: at(5) }), previous: order() }),
		);
		expect(new Set(journal.news([first, second]).map(identityOf)).size).toBe(2);
	});

	test('a status that was left can be reached again', () => {
		const wanted = { ...all, statuses: ['active'] };
		const row = (second: number, status: string) => changeOfRow('account', order({ status, modifiedDate: at(second) }), 0);
		let saved: SavedJournal | undefined;
		const poll = (change: Change) => {
			const watch = new ClientFeed('c', wanted, saved);
			watch.journal.highWatermark ??= Date.parse(at(0));
			const news = watch.take([change]);
			for (const one of news) watch.done(one);
			saved = JSON.parse(JSON.stringify(watch.journal.saved()));
			return news.length;
		};
		expect([row(1, 'active'), row(2, 'active'), row(3, 'confirm'), row(4, 'active')].map(poll)).toEqual([1, 0, 0, 1]);
	});

	test('a date in the future blinds nobody', () => {
		const journal = begun();
		journal.advance([changeOfRow('order', order({ modifiedDate: '2999-01-01T00:00:00Z' }), 0)], Date.parse(at(30)));
		expect(journal.readFrom).toBeLessThan(Date.parse(at(30)));
	});

	test('a flood of changes under way is written down like any other', () => {
		const journal = begun();
		for (let index = 0; index < 200_000; index += 1)
			journal.handOver(changeOfRow('order', order({ id: `o${index}`, modifiedDate: at(5) }), 0));
		expect(journal.saved().readTo).toBe(Date.parse(at(0)));
	});

	test('journeys that have not ended are remembered over a restart', () => {
		const journal = begun();
		const journey = (id: string, status: string, second: number) =>
			told({ eventType: 'journey.update', current: { id, status, modifiedDate: at(second) } });
		journal.news([journey('j1', 'new', 1), journey('j2', 'pending', 2), journey('j1', 'complete', 3)]);
		expect(new Journal(journal.saved()).journeys).toEqual(['j2']);
	});

	test('an execution that runs long makes nothing told again that has arrived after it, and is itself known again by its offer', () => {
		const journal = begun();
		const rows = Array.from({ length: 5_000 }, (_, index) =>
			changeOfRow('order', order({ id: `o${index}`, modifiedDate: new Date(Date.parse(at(1)) + index).toISOString() }), 0),
		);
		const [long, ...others] = journal.news(rows);
		for (const change of [long, ...others]) journal.handOver(change);
		journal.pendingBatches.make([identityOf(long)]);
		for (const change of others.slice(0, 4_000)) {
			journal.pendingBatches.make([identityOf(change)]);
			journal.done(change);
			journal.pendingBatches.close([identityOf(change)]);
			if (others.indexOf(change) % 500 === 0) journal.saved();
		}
		journal.advance([], Date.parse(at(30)));
		const again = new Journal(JSON.parse(JSON.stringify(journal.saved())));
		const told = again.news(rows.filter(({ at = 0 }) => at >= again.readFrom));
		expect(told.map(({ id }) => id)).toEqual([long, ...others.slice(4_000)].map(({ id }) => id));
		expect(again.pendingBatches.recover()).toEqual([[identityOf(long)]]);
	});

	test('what is kept stays small, and nothing is told again for it', () => {
		const journal = begun();
		const rows = Array.from({ length: 5_000 }, (_, index) =>
			changeOfRow('order', order({ id: `o${index}`, modifiedDate: new Date(Date.parse(at(1)) + index).toISOString() }), 0),
		);
		for (const change of journal.news(rows)) {
			journal.handOver(change);
			journal.done(change);
		}
		journal.advance(rows, undefined);
		const saved = JSON.parse(JSON.stringify(journal.saved()));
		expect(saved.delivered).toHaveLength(1_000);
		const again = new Journal(saved);
		expect(again.news(rows.filter(({ at = 0 }) => at >= again.readFrom))).toEqual([]);
	});
});
