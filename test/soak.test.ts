import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Calls a function of tools/soak, which are programs of their own. */
function judged(file: string, name: string, ...values: unknown[]) {
	const address = JSON.stringify(join(__dirname, '../tools/soak', file));
	const script = `import * as judge from ${address};
		const revive = (_, value) => (value?.set ? new Set(value.set) : value);
		console.log(JSON.stringify(judge[${JSON.stringify(name)}](...JSON.parse(process.argv[1], revive))));`;
	return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(values)], { encoding: 'utf8' }));
}

const steady = { rss: 700, files: 50, sockets: 4, timers: 20, listeners: 10 };
const measured = (heapAt: (round: number) => number) =>
	Array.from({ length: 20 }, (_, round) => ({ at: round * 60_000, ...steady, heap: heapAt(round) }));
const notHeld = (heapAt: (round: number) => number) =>
	judged('trend.mjs', 'trendsOf', measured(heapAt))
		.filter(({ isHeld }: { isHeld: boolean }) => !isHeld)
		.map(({ what }: { what: string }) => what);

test('what grows beyond its bound is found, what only swings or was still warming up is not', () => {
	expect(notHeld((round) => 180 + 3 * round)).toEqual(['heap']);
	expect(notHeld((round) => 180 + (round % 2) * 30)).toEqual([]);
	expect(notHeld((round) => (round < 5 ? 60 + 20 * round : 180))).toEqual([]);
});

const run = (...ids: string[]) => ({ status: 'success', startedAt: 5, items: ids.map((id) => ({ id })) });
const made = ['a', 'b', 'c'].map((id) => ({ id, at: 1 }));

test('an event that was lost, one that was told twice and one that nobody made are found', () => {
	const found = judged('verdict.mjs', 'verdictOnNew', [run('a', 'b'), run('b'), run('x')], made);
	expect(found).toMatchObject({ events: 3, losses: 1, lost: [{ id: 'c' }], doubles: 1, strangers: 1 });
	const right = judged('verdict.mjs', 'verdictOnNew', [run('a', 'b'), run('c')], made);
	expect(right).toMatchObject({ losses: 0, doubles: 0, strangers: 0 });
});

test('a state that was told twice, one that went backwards and a last one that was not told are found', () => {
	const told = (id: string, modifiedDate: string) => ({ id, eventId: `${id} ${modifiedDate}`, current: { modifiedDate } });
	const accounts = [
		{ id: 'a', modifiedDate: '3' },
		{ id: 'b', modifiedDate: '1' },
		{ id: 'silent', modifiedDate: '1' },
		{ id: 'unmoved', modifiedDate: '0' },
	];
	const states = (items: unknown[]) =>
		judged('verdict.mjs', 'verdictOnStates', [{ startedAt: 1, items }], accounts, { set: ['a', 'b', 'silent'] });
	expect(states([told('a', '2'), told('a', '1'), told('a', '1'), told('b', '1')])).toMatchObject({ doubles: 1, backwards: 1, outdated: 2 });
	expect(states([told('a', '3'), told('b', '1'), told('silent', '1')])).toMatchObject({ doubles: 0, backwards: 0, outdated: 0 });
});
