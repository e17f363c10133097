// `node --expose-gc identities.js <count>…`: the journal of one client takes changes of as many objects. At each count, in ascending order,
// it prints a line of JSON: `Known`.
import type { Change } from '../../../nodes/Fondo/events/changes/change';
import { Journal } from '../../../nodes/Fondo/events/outbox/journal';

/** What so many known changes cost. */
export interface Known {
	readonly count: number;
	/** Microseconds of one change, since the count before. */
	readonly microseconds: number;
	/** Bytes of the live heap. */
	readonly heap: number;
	/** Bytes of the saved journal. */
	readonly saved: number;
}

const FIRST = Date.UTC(2026, 0, 1);
/** 100 changes a second. */
const APART_MS = 10;

function changeOf(index: number): Change {
	const at = FIRST + index * APART_MS;
	const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
	const current = { id, status: 'active', amount: 100, modifiedDate: new Date(at).toISOString() };
	return { eventType: 'order.update', object: 'order', kind: 'updated', id, at, current, source: 'stream' };
}

const journal = new Journal();
journal.startAt(FIRST);
let index = 0;
let began = performance.now();
for (const count of process.argv.slice(2).map(Number)) {
	const before = index;
	for (; index < count; index += 1) {
		const changes = journal.take([changeOf(index)]);
		if (changes.length !== 1) throw new Error(`change ${index} counts as known`);
		journal.confirm(changes[0]);
		if (index % 100 > 0) continue;
		journal.advance(changes, undefined);
		journal.saved();
	}
	const microseconds = ((performance.now() - began) * 1_000) / (count - before);
	const again = journal.take([changeOf(count - 1)]);
	if (again.length > 0) throw new Error(`change ${count - 1} counts as new a second time`);
	globalThis.gc?.();
	const known: Known = { count, microseconds, heap: process.memoryUsage().heapUsed, saved: JSON.stringify(journal.saved()).length };
	console.log(JSON.stringify(known));
	began = performance.now();
}
