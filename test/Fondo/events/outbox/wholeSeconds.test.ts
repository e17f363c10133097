import type { Change } from '../../../../nodes/Fondo/events/changes/change';
import { changeOfRow, identityOf } from '../../../../nodes/Fondo/events/changes/change';
import { Journal } from '../../../../nodes/Fondo/events/outbox/journal';

/** A stream that writes whole seconds, and lists that write milliseconds: one state is one change. */

const at = (time: string) => `2027-03-05T10:00:${time}Z`;
const rowAt = (time: string, id = 'o-1') =>
	changeOfRow('order', { id, status: 'sent', createdDate: at('00'), modifiedDate: at(time) }, Date.parse(at('00')));
const heardAt = (time: string, id?: string): Change => ({ ...rowAt(time, id), source: 'stream' });
const journal = () => new Journal({ readTo: Date.parse(at('00')) } as never);

it('a row is the change that the stream has shown', () => {
	const one = journal();
	expect(one.take([heardAt('14')])).toHaveLength(1);
	expect(one.take([rowAt('14.193')])).toEqual([]);
});

it('also where the frame and the row come together', () => {
	expect(journal().take([heardAt('14'), rowAt('14.193')])).toHaveLength(1);
});

it('a row of another second, or of another object, is a change of its own', () => {
	const one = journal();
	one.take([heardAt('14')]);
	expect(one.take([rowAt('15.193'), rowAt('14.193', 'o-2')])).toHaveLength(2);
});

it('rows alone keep their milliseconds', () => {
	const one = journal();
	expect(one.take([rowAt('14.193')])).toHaveLength(1);
	expect(one.take([rowAt('14.694')])).toHaveLength(1);
});

it('a frame after its row says nothing new', () => {
	const one = journal();
	one.confirm(one.take([rowAt('14.193')])[0]);
	expect(one.take([heardAt('14')])).toEqual([]);
});

it('a stream that writes milliseconds means the beginning of the second where it writes a whole one', () => {
	const one = journal();
	expect(one.take([heardAt('13.500', 'o-2'), heardAt('14.000')])).toHaveLength(2);
	expect(one.take([rowAt('14.480')])).toHaveLength(1);
});

it('after a restart a row goes to n8n under the identity that the stream had', () => {
	const before = journal();
	const [heard] = before.take([heardAt('14')]);
	before.startBatch([heard], [identityOf(heard)]);
	const after = new Journal(JSON.parse(JSON.stringify(before.saved())));
	const [row] = after.take([rowAt('14.193')]);
	expect(identityOf(row)).toBe(identityOf(heard));
	expect(after.takeInterrupted([row])).toEqual([{ batch: [identityOf(heard)], members: [row] }]);
});
