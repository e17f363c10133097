import { trendsOf } from '../tools/soak/trend';
import { verdictOnEvents, verdictOnStates, type StateItem } from '../tools/soak/verdict';

const steady = { rss: 700, files: 50, sockets: 4, timers: 20, listeners: 10 };
const measured = (heapAt: (round: number) => number) =>
	Array.from({ length: 20 }, (_, round) => ({ at: round * 60_000, ...steady, heap: heapAt(round) }));
const notHeld = (heapAt: (round: number) => number) =>
	trendsOf(measured(heapAt))
		.filter(({ isHeld }) => !isHeld)
		.map(({ what }) => what);

test('finds what grows beyond its bound, and not what only swings or warms up', () => {
	expect(notHeld((round) => 180 + 3 * round)).toEqual(['heap']);
	expect(notHeld((round) => 180 + (round % 2) * 30)).toEqual([]);
	expect(notHeld((round) => (round < 5 ? 60 + 20 * round : 180))).toEqual([]);
});

const run = (...ids: string[]) => ({ status: 'success', startedAt: 5, items: ids.map((id) => ({ id })) });
const made = ['a', 'b', 'c'].map((id) => ({ id, at: 1 }));

test('finds a lost event, a doubled event and an event that did not happen', () => {
	const found = verdictOnEvents([run('a', 'b'), run('b'), run('x')], made);
	expect(found).toMatchObject({ events: 3, losses: 1, lost: [{ id: 'c' }], doubles: 1, unexpected: 1 });
	const right = verdictOnEvents([run('a', 'b'), run('c')], made);
	expect(right).toMatchObject({ losses: 0, doubles: 0, unexpected: 0 });
});

test('finds a doubled state, a state out of order and a last state that did not arrive', () => {
	const item = (id: string, modifiedDate: string) => ({ id, eventId: `${id} ${modifiedDate}`, current: { modifiedDate } });
	const accounts = [
		{ id: 'a', modifiedDate: '3' },
		{ id: 'b', modifiedDate: '1' },
		{ id: 'silent', modifiedDate: '1' },
		{ id: 'unmoved', modifiedDate: '0' },
	];
	const states = (items: StateItem[]) => verdictOnStates([{ startedAt: 1, items }], accounts, new Set(['a', 'b', 'silent']));
	expect(states([item('a', '2'), item('a', '1'), item('a', '1'), item('b', '1')])).toMatchObject({ doubles: 1, backwards: 1, outdated: 2 });
	expect(states([item('a', '3'), item('b', '1'), item('silent', '1')])).toMatchObject({ doubles: 0, backwards: 0, outdated: 0 });
});
