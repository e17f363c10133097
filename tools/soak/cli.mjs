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

const soaks = {
	work: async () => await soakWork({ minutes: Number(values.minutes ?? 60) }),
	events: async () =>
		await soakEvents({
			events: Number(values.events),
			cuts: Number(values.cuts),
			seconds: Number(values.minutes ?? 12) * 60,
			gatherers: Number(values.gatherers),
		}),
};

await runTool(async () => {
	if (!(values.only in soaks)) throw new Failure(`There is no soak '${values.only}'`, 'use --only work or --only events');
	await soaks[values.only]();
});
