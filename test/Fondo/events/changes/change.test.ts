import type { IDataObject } from 'n8n-workflow';
import { changeOf } from '../changeOf';
import type { Change } from '../../../../nodes/Fondo/events/changes/change';
import type { SavedJournal } from '../../../../nodes/Fondo/events/outbox/savedJournal';
import { changeOfRow, identityOf } from '../../../../nodes/Fondo/events/changes/change';
import { Journal } from '../../../../nodes/Fondo/events/outbox/journal';
import { ClientFeed } from '../../../../nodes/Fondo/events/changes/clientFeed';
import type { EventFilter } from '../../../../nodes/Fondo/events/changes/eventFilter';
import { ANY, matches, itemOf, objectsToRead } from '../../../../nodes/Fondo/events/changes/eventFilter';

const at = (second: number) => new Date(Date.UTC(2026, 2, 6, 9, 0, second)).toISOString();
const order = (more: IDataObject = {}): IDataObject => ({
	id: 'o1',
	status: 'received',
	account: 'a1',
	createdDate: at(0),
	modifiedDate: at(0),
	...more,
});
const frameChange = (frame: unknown) => {
	const change = changeOf(frame, 0);
	if (change === undefined) throw new Error('not a change');
	return change;
};
const all: EventFilter = { objects: [ANY], kinds: [], statuses: [], accounts: [] };

test.each([
	['a heartbeat', { eventType: 'heartbeat' }],
	['text that is not JSON', 'garbage'],
	['a list', []],
	['nothing', undefined],
	['null', null],
	['an object without meaning', {}],
	['an event type that is not text, without states', { eventType: 7 }],
])('%s contains no change', (_, frame) => {
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
])("'%s' with %j is the change: %s %s", (eventType, states, object, kind) => {
	expect(frameChange({ eventType, ...states })).toMatchObject({ eventType, object, kind, id: 'o1', source: 'stream' });
});

test('a change has the same identity in the stream and in a list, however they write the time', () => {
	const frame = frameChange({ eventType: 'order.update', current: order({ modifiedDate: '2026-03-06T09:00:05.000Z' }), previous: order() });
	const row = changeOfRow('order', order({ modifiedDate: '2026-03-06T10:00:05+01:00', price: 1 }), 0);
	expect(identityOf(frame)).toBe(identityOf(row));
	expect(identityOf(frame)).not.toBe(identityOf(changeOfRow('order', order(), 0)));
	const gone = frameChange({ eventType: 'account.delete', previous: order() });
	expect(identityOf(gone)).toBe(identityOf(changeOfRow('account', order({ deleted: true, modifiedDate: at(9) }), 0)));
});

test('a row shows whether the object is created, updated or deleted, and whether it was created in a gap of the stream', () => {
	const gap = Date.parse(at(10));
	expect(changeOfRow('order', order({ createdDate: at(20), modifiedDate: at(20) }), gap)).toMatchObject({
		kind: 'created',
		createdInGap: false,
	});
	expect(changeOfRow('order', order({ createdDate: at(20), modifiedDate: at(30) }), gap)).toMatchObject({
		kind: 'updated',
		createdInGap: true,
	});
	expect(changeOfRow('order', order({ modifiedDate: at(30) }), gap)).toMatchObject({ kind: 'updated', createdInGap: false });
	expect(changeOfRow('order', order({ deleted: true, modifiedDate: at(30) }), gap)).toMatchObject({
		kind: 'deleted',
		previous: { id: 'o1' },
	});
});

const settled = frameChange({ eventType: 'order.update', current: order({ status: 'settled' }), previous: order({ status: 'confirmed' }) });
test.each<[string, Partial<EventFilter>, unknown, boolean]>([
	['any object includes unknown objects', {}, { eventType: 'moon.update', current: { id: 'x' }, previous: { id: 'x' } }, true],
	['an object that was not chosen', { objects: ['account'] }, settled, false],
	['an object entered by name', { objects: ['allocationplan'] }, { eventType: 'allocationplan.update', current: order() }, true],
	['an event entered by name', { objects: ['order.update'] }, settled, true],
	['another event of the same object', { objects: ['order.create'] }, settled, false],
	['a kind that was not chosen', { kinds: ['created'] }, settled, false],
	['a status that was reached', { statuses: ['settled'] }, settled, true],
	[
		'a status that the object had before',
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
	expect(matches({ ...all, ...filter }, 'source' in Object(change) ? (change as typeof settled) : frameChange(change))).toBe(expected);
});

test('an object created and changed in a gap matches a filter for created objects as created, and a filter for updated objects as updated', () => {
	const row = changeOfRow('order', order({ createdDate: at(20), modifiedDate: at(30) }), Date.parse(at(10)));
	const kindFor = (kinds: string[]) => matches({ ...all, kinds }, row) && itemOf({ ...all, kinds }, 'c', row).change;
	expect(kindFor(['created'])).toBe('created');
	expect(kindFor(['updated'])).toBe('updated');
	expect(kindFor([])).toBe('updated');
	expect(kindFor(['created', 'updated'])).toBe('created');
	expect(kindFor(['deleted'])).toBe(false);
});

test('only the lists that the filter needs are read', () => {
	expect(objectsToRead(all)).toEqual(['account', 'client', 'journey', 'order', 'transaction']);
	expect(objectsToRead({ ...all, objects: ['order.update', 'allocationplan'] })).toEqual(['order']);
});

test('an item has the change, the previous state, the changed fields, and all other fields of the frame', () => {
	const frame = {
		eventType: 'order.update',
		current: order({ status: 'sent', modifiedDate: at(3) }),
		previous: order(),
		trace: 'x',
		error: 'no',
	};
	expect(itemOf(all, 'c1', { ...frameChange(frame), receivedAt: Date.UTC(2026, 2, 6) })).toEqual({
		trace: 'x',
		apiError: 'no',
		eventId: identityOf(frameChange(frame)),
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
	const begun = () => Object.assign(new Journal(), { highWatermark: Date.parse(at(0)) });
	const statuses = (changes: ReturnType<Journal['take']>) => changes.map(({ current }) => current?.status);

	test('a frame that overtook another also delivers the missed state; the late frame is then a duplicate', () => {
		const journal = begun();
		const [first, second, third] = [1, 2, 3].map((second) => order({ status: `s${second}`, modifiedDate: at(second) }));
		expect(statuses(journal.take([frameChange({ eventType: 'order.create', current: { ...first, createdDate: at(1) } })]))).toEqual(['s1']);
		expect(statuses(journal.take([frameChange({ eventType: 'order.update', current: third, previous: second })]))).toEqual(['s2', 's3']);
		expect(journal.take([frameChange({ eventType: 'order.update', current: second, previous: first })])).toEqual([]);
	});

	test('a state at the same time as a delivered one is the same change, whatever its fields say', () => {
		const journal = begun();
		const first = order({ status: 'received', modifiedDate: at(5) });
		expect(statuses(journal.take([frameChange({ eventType: 'order.update', current: first, previous: order() })]))).toEqual(['received']);
		expect(journal.take([changeOfRow('order', { ...first, status: 'pending', amount: '1.00' }, 0)])).toEqual([]);
	});

	test('a read larger than the minimum capacity, repeated, is delivered once', () => {
		const journal = begun();
		const change = changeOfRow('order', order({ modifiedDate: at(4) }), 0);
		const rows = Array.from({ length: 100_010 }, (_, number) => ({ ...change, id: `o${number}` }));
		expect(journal.take(rows)).toHaveLength(100_010);
		expect(journal.take(rows)).toEqual([]);
	}, 60_000);

	test('the previous state is added to a row of a list, if it is known', () => {
		const journal = begun();
		journal.take([frameChange({ eventType: 'order.create', current: order({ createdDate: at(1), modifiedDate: at(1) }) })]);
		const [row] = journal.take([changeOfRow('order', order({ status: 'sent', modifiedDate: at(4) }), 0)]);
		expect(row.previous?.status).toBe('received');
	});

	test('an undated change is delivered again when it happens again, and not when its frame is repeated', () => {
		const journal = begun();
		const plan = (from: number, to: number, receivedAt: number) =>
			changeOf({ eventType: 'plan.update', current: { id: 'p', share: to }, previous: { id: 'p', share: from } }, receivedAt) ?? [];
		const [up, down, upAgain] = [plan(1, 2, 10), plan(2, 1, 20), plan(1, 2, 30)].flat();
		expect(journal.take([up, up, down, upAgain])).toEqual([up, down, upAgain]);
		expect(new Set([up, down, upAgain].map(identityOf)).size).toBe(3);
		const moon = changeOf({ eventType: 'moon.update', phase: 'full' }, 40);
		expect(moon && journal.take([moon, moon])).toHaveLength(1);
	});

	test('a status is reached once: another change of the object does not count as reaching it again, not even after a restart', () => {
		const filter = { ...all, statuses: ['settled'] };
		const row = (second: number, status: string) => changeOfRow('order', order({ status, modifiedDate: at(second) }), 0);
		let feed = new ClientFeed('c', filter);
		feed.journal.highWatermark = Date.parse(at(0));
		expect(feed.take([row(1, 'settled')])).toHaveLength(1);
		feed = new ClientFeed('c', filter, feed.journal.saved());
		// n8n died before it started the execution, so the change is delivered again.
		const [again] = feed.take([row(1, 'settled')]);
		feed.confirm(again);
		feed = new ClientFeed('c', filter, JSON.parse(JSON.stringify(feed.journal.saved())));
		expect(feed.take([row(7, 'settled')])).toEqual([]);
		feed = new ClientFeed('c', filter, feed.journal.saved());
		const [left] = feed.journal.take([row(8, 'hold')]);
		expect(left.current?.status).toBe('hold');
		expect(
			feed.take([
				frameChange({ eventType: 'order.update', current: order({ status: 'settled', modifiedDate: at(9) }), previous: left.current }),
			]),
		).toHaveLength(1);
	});

	test('a status can be reached again after another one', () => {
		const filter = { ...all, statuses: ['active'] };
		const row = (second: number, status: string) => changeOfRow('account', order({ status, modifiedDate: at(second) }), 0);
		let saved: SavedJournal | undefined;
		const poll = (change: Change) => {
			const feed = new ClientFeed('c', filter, saved);
			feed.journal.highWatermark ??= Date.parse(at(0));
			const taken = feed.take([change]);
			for (const one of taken) feed.confirm(one);
			saved = JSON.parse(JSON.stringify(feed.journal.saved()));
			return taken.length;
		};
		expect([row(1, 'active'), row(2, 'active'), row(3, 'confirm'), row(4, 'active')].map(poll)).toEqual([1, 0, 0, 1]);
	});

	test('a date in the future does not move the high watermark past the present', () => {
		const journal = begun();
		journal.advance([changeOfRow('order', order({ modifiedDate: '2999-01-01T00:00:00Z' }), 0)], Date.parse(at(30)));
		expect(journal.readFrom).toBeLessThan(Date.parse(at(30)));
	});

	test('the journal with 200,000 changes in flight can be saved', () => {
		const journal = begun();
		const change = changeOfRow('order', order({ modifiedDate: at(5) }), 0);
		journal.take(Array.from({ length: 200_000 }, (_, index) => ({ ...change, id: `o${index}` })));
		expect(journal.saved().readTo).toBe(Date.parse(at(0)));
	});

	test('open journeys are remembered across a restart', () => {
		const journal = begun();
		const journey = (id: string, status: string, second: number) =>
			frameChange({ eventType: 'journey.update', current: { id, status, modifiedDate: at(second) } });
		const taken = journal.take([journey('j1', 'new', 1), journey('j2', 'pending', 2), journey('j1', 'complete', 3)]);
		expect(new Journal(journal.saved()).journeys.keys).toEqual(['j2', 'j1']);
		for (const change of taken) journal.confirm(change);
		expect(new Journal(journal.saved()).journeys.keys).toEqual(['j2']);
	});

	test('a long execution does not cause later deliveries to be repeated, and is itself recognized by its pending batch', () => {
		const journal = begun();
		const rows = Array.from({ length: 5_000 }, (_, index) =>
			changeOfRow('order', order({ id: `o${index}`, modifiedDate: new Date(Date.parse(at(1)) + index).toISOString() }), 0),
		);
		const [long, ...others] = journal.take(rows);
		journal.startBatch([long], [identityOf(long)]);
		for (const change of others.slice(0, 4_000)) {
			journal.startBatch([change], [identityOf(change)]);
			journal.confirm(change);
			if (others.indexOf(change) % 500 === 0) journal.saved();
		}
		journal.advance([], Date.parse(at(30)));
		const again = new Journal(JSON.parse(JSON.stringify(journal.saved())));
		const delivered = again.take(rows.filter(({ at = 0 }) => at >= again.readFrom));
		expect(delivered.map(({ id }) => id)).toEqual([long, ...others.slice(4_000)].map(({ id }) => id));
		expect(again.takeInterrupted(delivered)).toEqual([{ batch: [identityOf(long)], members: [expect.objectContaining({ id: long.id })] }]);
	});

	test('the saved journal stays small, and no change is delivered again because of that', () => {
		const journal = begun();
		const rows = Array.from({ length: 5_000 }, (_, index) =>
			changeOfRow('order', order({ id: `o${index}`, modifiedDate: new Date(Date.parse(at(1)) + index).toISOString() }), 0),
		);
		for (const change of journal.take(rows)) journal.confirm(change);
		journal.advance(rows, undefined);
		const saved = JSON.parse(JSON.stringify(journal.saved()));
		expect(saved.delivered).toHaveLength(1_000);
		const again = new Journal(saved);
		expect(again.take(rows.filter(({ at = 0 }) => at >= again.readFrom))).toEqual([]);
	});
});
