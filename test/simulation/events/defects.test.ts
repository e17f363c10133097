import { runEventSchedules } from '../../../tools/simulate/eventSchedules';
import { EVENT_DEFECTS } from './defects';

/** A part of what a build runs, so that a defect that comes back cannot hide in it. */
const EVENTS = 20_000;

/** Where the search begins, a little before the schedule that finds the defect; 1 when left out. */
const FIRST_SEEDS: Readonly<Record<string, number>> = {
	'seen keys not saved': 93,
	'failed list counts as read': 151,
	'history read once': 20_262_008,
	'journeys forgotten when heard': 11,
	'buffered frames lost': 668,
};

test.each(Object.keys(EVENT_DEFECTS))(
	'the simulation finds the old defect "%s", and shows the seed and a short schedule',
	async (defect) => {
		const { failure } = await runEventSchedules({ seed: FIRST_SEEDS[defect] ?? 1, step: 1, events: EVENTS, defect });
		expect(failure).toMatch(/Schedule, shrunk: \{"seed":\d+[\s\S]+\n[A-Z][a-z]+ is broken with seed \d+ after \d+ events: /);
	},
	240_000,
);

test('the right trigger has no such failure', async () => {
	expect((await runEventSchedules({ seed: 1, step: 1, events: 2_000 })).failure).toBeUndefined();
});

test.each([6023, 20261727, 20261996, 20262011, 20263001, 20263407, 20266811, 20266873, 20267939, 20268452])(
	'seed %d, which once broke a promise',
	async (seed) => {
		expect((await runEventSchedules({ seed, step: 1, events: 1 })).failure).toBeUndefined();
	},
);

test('one seed decides everything', async () => {
	const run = async () => await runEventSchedules({ seed: 7, step: 1, events: 300 });
	expect(await run()).toEqual(await run());
});
