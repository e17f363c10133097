import { runSchedules } from '../../tools/simulate/schedules';
import { DEFECTS } from './defects';

/** A part of what a build runs, so that a defect that comes back cannot hide in it. */
const WRITES = 8_000;

test.each(Object.keys(DEFECTS))(
	'the simulation finds the old defect %s, and shows the seed and a short schedule',
	async (defect) => {
		const { failure } = await runSchedules({ seed: 1, step: 1, writes: WRITES, defect });
		expect(failure).toMatch(/Schedule, shrunk: \{"seed":\d+[\s\S]+\nI\d is broken with seed \d+ after \d+ writes: /);
	},
	120_000,
);

test('the right write path has no such failure', async () => {
	expect((await runSchedules({ seed: 1, step: 1, writes: 1_000 })).failure).toBeUndefined();
});
