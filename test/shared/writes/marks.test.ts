import { WriteMarks } from '../../../nodes/shared/writes/marks';
import type { Memory } from '../../../nodes/shared/writes/memory';
import type { Write } from '../../../nodes/shared/writes/write';
import { giveTimeBack, skipWaits } from '../../support/time';

beforeEach(() => void skipWaits());
afterEach(giveTimeBack);

const write = { key: 'key', name: 'reference', content: ['route', {}], request: { route: 'POST /orders' } } as unknown as Write;
const FINGERPRINT = 'f'.repeat(64);

/** Marks that outlive the process, and a process that dies before its nth act on them. */
function memoryThatDies(marks: Set<string>, nth = Infinity): Memory {
	let acts = 0;
	const act = () => {
		acts += 1;
		if (acts === nth) throw new Error('n8n died');
	};
	return {
		settlingMs: 0,
		mark: async (all) => {
			act();
			const before = new Set(all.filter((mark) => marks.has(mark)));
			for (const mark of all) marks.add(mark);
			return before;
		},
		forget: async (all) => {
			act();
			for (const mark of all) marks.delete(mark);
		},
	};
}

test.each([1, 2, 3, 4])('a look at the marks that dies before act %i leaves nothing that looks like other content', async (nth) => {
	const marks = new Set<string>();
	await new WriteMarks(memoryThatDies(marks, nth), write, FINGERPRINT).isSent().catch(() => undefined);
	expect(await new WriteMarks(memoryThatDies(marks), write, FINGERPRINT).begin()).toBe('first');
});
