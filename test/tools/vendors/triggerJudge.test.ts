/** The judge of the triggers in `npm run vendors` must be able to fail. */
import { judgeTrigger, type OwedChange, type TriggerRun } from '../../../tools/vendors/triggerJudge';

const owed: OwedChange[] = [
	{ id: 'o-0', status: 'received', isEarlier: true },
	{ id: 'o-1', status: 'received' },
	{ id: 't-1' },
	{ id: 'o-1', status: 'sent' },
	{ id: 't-2', isHidden: true },
];
const received = { id: 'o-1', status: 'received' };
const sent = { id: 'o-1', status: 'sent' };
const transaction = { id: 't-1' };
const all = [received, transaction, sent];
const judge = (delivered: TriggerRun['delivered'], more: Partial<TriggerRun> = {}) =>
	judgeTrigger({ owed, delivered, errors: [], warnings: [], calls: 9, ...more });
const error = { name: 'NodeApiError', message: 'Fondo refuses', description: 'Ask Fondo.' };

test('each change once and in the order of its object works, also what no list shows', () => {
	expect(judge(all)).toEqual({ verdict: 'works' });
	expect(judge([{ id: 't-2' }, received, sent, transaction])).toEqual({ verdict: 'works' });
});

test('missing changes are refused where an error or a warning says why', () => {
	expect(judge([received], { errors: [error] })).toEqual({ verdict: 'refused', message: 'Fondo refuses' });
	expect(judge([received], { warnings: ['The stream is interrupted'] })).toEqual({
		verdict: 'refused',
		message: 'The stream is interrupted',
	});
});

test('a trigger that speaks and delivers all the same works', () => {
	expect(judge(all, { errors: [error], warnings: ['The stream is interrupted'] })).toEqual({ verdict: 'works' });
});

test('where the vendor sends in another order, the order is free', () => {
	expect(judge([sent, received, transaction], { isOrdered: false })).toEqual({ verdict: 'works' });
});

test.each<[string, ReturnType<typeof judge>, string]>([
	['a lost change', judge([received, sent]), 'loses 1 of 3 changes: t-1'],
	['a change delivered twice', judge([...all, transaction]), 'delivers t-1 twice'],
	['a change delivered twice, with words', judge([...all, transaction], { errors: [error] }), 'delivers t-1 twice'],
	['a hidden change delivered twice', judge([...all, { id: 't-2' }, { id: 't-2' }]), 'delivers t-2 twice'],
	['the wrong order', judge([sent, received, transaction]), 'delivers o-1 received after a later state of the object'],
	['a change from before publishing', judge([{ id: 'o-0', status: 'received' }, ...all]), 'which came before publishing'],
	['another status', judge([{ id: 'o-1', status: 'RECEIVED' }, transaction, sent]), 'delivers o-1 RECEIVED, which no object has been'],
	['another ID', judge([{ id: 'T-1' }, received, sent]), 'delivers T-1, which no object has been'],
	['no status', judge([{ id: 'o-1' }, transaction, sent]), 'delivers o-1, which no object has been'],
	[
		'a crash while publishing',
		judge([], { errors: [{ name: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" }] }),
		'in the words of a program',
	],
	['an error without advice', judge([], { errors: [{ ...error, description: '' }] }), 'an error without advice'],
	[
		'a crash that the log shows, beside all changes',
		judge(all, { warnings: ['order is not iterable'] }),
		'a warning in the words of a program',
	],
	['a storm of calls', judge(all, { calls: 2_000 }), '2000 calls for one trigger'],
])('%s is a defect', (_, judged, message) => {
	expect(judged).toEqual({ verdict: 'defect', message: expect.stringContaining(message) });
});
