// `npm run soak`: an hour of mixed work on a real n8n, or, with `--only events`, the proof that no event is lost or told twice.
import { parseArgs } from 'node:util';
import { Failure } from '../failure.mjs';
import { runTool } from '../tool.mjs';
import { soakEvents } from './events.mjs';
import { soakWork } from './work.mjs';

const { values } = parseArgs({
	options: {
		only: { type: 'string', default: 'work' },
		minutes: { type: 'string' },
		events: { type: 'string', default: '10000' },
		cuts: { type: 'string', default: '200' },
		gatherers: { type: 'string', default: '3' },
	},
});

function amount(name, otherwise) {
	const value = Number(values[name] ?? otherwise);
	if (value > 0) return value;
	throw new Failure(`--${name} must be a number above 0, not '${values[name]}'`);
}

const soaks = {
	work: async () => await soakWork({ minutes: amount('minutes', 60) }),
	events: async () =>
		await soakEvents({
			events: amount('events'),
			cuts: amount('cuts'),
			seconds: amount('minutes', 12) * 60,
			gatherers: amount('gatherers'),
		}),
};

await runTool(async () => {
	if (!(values.only in soaks)) throw new Failure(`There is no soak '${values.only}'`, 'use --only work or --only events');
	await soaks[values.only]();
});
