import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { soakEvents } from './events';
import { soakWork } from './work';

const OPTIONS = {
	only: { type: 'string', default: 'work' },
	minutes: { type: 'string' },
	events: { type: 'string', default: '10000' },
	cuts: { type: 'string', default: '200' },
	gatherers: { type: 'string', default: '3' },
} as const;

/** `npm run soak`: an hour of mixed work on a real n8n; with `--only events`, the proof that every event arrives exactly once. */
export async function main(args: string[]): Promise<void> {
	const { values } = parseArgs({ args, options: OPTIONS });
	const numberOf = (name: 'minutes' | 'events' | 'cuts' | 'gatherers', otherwise = 0) => {
		const value = Number(values[name] ?? otherwise);
		if (value > 0) return value;
		throw new Failure(`--${name} must be a number above 0, not '${values[name]}'`);
	};
	if (values.only === 'work') {
		await soakWork({ minutes: numberOf('minutes', 60) });
	} else if (values.only === 'events') {
		await soakEvents({
			events: numberOf('events'),
			cuts: numberOf('cuts'),
			seconds: numberOf('minutes', 12) * 60,
			gatherers: numberOf('gatherers'),
		});
	} else {
		throw new Failure(`There is no soak '${values.only}'`, 'use --only work or --only events');
	}
}
