import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { chaos } from './chaos';

/** Positions that writes and look-ups meet, and over which every write can be known in the end. */
const VENDOR = [
	'references-not-in-answers',
	'used-references-409',
	'fondo-rows-8-seconds-late',
	'fondo-lists-in-results',
	'fondo-answers-202',
	'fondo-answers-id-only',
	'fondo-amounts-as-text',
	'cancelled-again-409',
	'names-upper-case',
	'finvis-rows-8-seconds-late',
	'finvis-lists-in-data',
	'finvis-answers-in-data',
	'finvis-amounts-as-number',
	'finvis-days-with-zone',
	'keys-forgotten-after-30-seconds',
	'acts-again-executed',
];

const OPTIONS = {
	writes: { type: 'string', default: '10000' },
	seed: { type: 'string', default: String(Date.now() % 1_000_000) },
	/** How many times faster than real time everything runs: pauses, timeouts, slow answers, the clocks of both APIs. */
	speed: { type: 'string', default: '50' },
	workers: { type: 'string', default: '3' },
	/** The share of all calls that a fault hits. */
	faults: { type: 'string', default: '0.3' },
	/** Positions of the vendor, by name; empty for APIs as the contract is written. */
	vendor: { type: 'string', default: VENDOR.join() },
} as const;

/** `npm run chaos`: thousands of writes that move money, with faults at every third call, compared with the ledgers. */
export async function main(args: string[]): Promise<void> {
	const { values } = parseArgs({ args, options: OPTIONS });
	const numberOf = (name: keyof typeof OPTIONS) => {
		const value = Number(values[name]);
		if (Number.isFinite(value) && value >= 0) return value;
		throw new Failure(`--${name} must be a number from 0, not '${values[name]}'`);
	};
	const plan = {
		writes: numberOf('writes'),
		seed: numberOf('seed'),
		speed: numberOf('speed'),
		workers: numberOf('workers'),
		faults: numberOf('faults'),
		vendor: values.vendor.split(',').filter(Boolean),
	};
	const { report, passed } = await chaos(plan, (line) => console.log(`  ${line}`));
	console.log(report);
	if (!passed) {
		const advice = `see the lines above; --seed ${plan.seed} repeats the run`;
		throw new Failure('Not every reference was executed exactly once and reported truly', advice);
	}
}
