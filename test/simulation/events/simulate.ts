/**
 * Deterministic simulation of the Fondo Trigger: the whole trigger (stream, lists, journal, outbox, execution) without HTTP, over a
 * Fondo with its own ways, cut connections, deaths, refusals and publishing. One seed decides everything.
 */
import { generator } from '../simulate';
import type { Violation } from './judge';
import { Judge } from './judge';
import { Database, Process } from './n8n';
import type { Act, Schedule } from './schedule';
import { KIND } from './schedule';
import { SimulatedSocket } from './socket';
import { Time, WORLD } from './time';
import { Vendor } from './vendor';

export interface Result {
	readonly violations: readonly Violation[];
	readonly events: number;
	readonly delivered: number;
	/** What happened, for a report of a failure. */
	readonly log: readonly string[];
}

const CLIENTS = ['client-a', 'client-b'];
const MINUTE = 60_000;
/** Longer than two checks of the lists, and the longest lag. */
const REST_MS = 15 * MINUTE;

export async function simulate(schedule: Schedule, isLogged = false): Promise<Result> {
	const { seed, vendor: ways, host, steps } = schedule;
	const time = new Time(generator(seed ^ 0x5bd1e995));
	const clients = CLIENTS.slice(0, host.clients);
	const vendor = new Vendor(time, ways, clients);
	const judge = new Judge(time, vendor, ways, host);
	const database = new Database();
	const log: string[] = [];
	if (isLogged) judge.log = (text) => void log.push(`${new Date(time.now).toISOString().slice(11, 23)} ${text}`);
	let events = 0;
	vendor.onChange = (change) => {
		events += 1;
		judge.changed(change);
	};
	vendor.onShown = (changes) => judge.shown(changes);
	const processes: Process[] = [];
	const newProcess = () => {
		const made = new Process(time, vendor, database, judge, host, clients);
		processes.push(made);
		return made;
	};
	let process = newProcess();
	let other = newProcess();

	async function perform(act: Act) {
		judge.log?.(JSON.stringify(act));
		switch (act.act) {
			case 'change': {
				const random = generator(act.seed);
				for (let index = 0; index < act.count; index += 1) time.after(index * act.everyMs, () => vendor.change(random), WORLD);
				return;
			}
			case 'cut':
				judge.cut(act.ms);
				return vendor.cut(act.ms);
			case 'lists':
				if (act.status >= 500) judge.block(act.path, time.now + act.ms);
				return void vendor.refused.push({ path: act.path, status: act.status, until: time.now + act.ms });
			case 'refuse':
				database.refusals += act.count;
				return;
			case 'kill':
				process.die();
				await time.pass(act.ms);
				process = newProcess();
				return await process.open('init');
			case 'term':
				process.close('term');
				await time.pass(act.ms);
				process = newProcess();
				return await process.open('init');
			case 'leader':
				process.close('leader');
				await time.pass(act.ms);
				[process, other] = [other, process];
				return await process.open('leadershipChange');
			case 'update':
				process.close('update');
				return await process.open('update');
			case 'republish':
				process.close('republish');
				if (!host.catchUpAfterPause) judge.pause();
				await time.pass(act.ms);
				judge.publish(host.catchUpAfterPause);
				return await process.open('activate');
		}
	}

	const releases = [time.own(), SimulatedSocket.own(time, vendor, judge)];
	try {
		await perform({ act: 'change', count: 12, everyMs: MINUTE, seed: seed ^ 1 });
		await time.pass(12 * MINUTE);
		judge.publish(false);
		await process.open('activate');
		for (const { gap, act } of steps) {
			await time.pass(gap);
			await perform(act);
			if (judge.violations.length > 0) break;
		}
		vendor.closedUntil = -Infinity;
		vendor.refused.length = 0;
		database.refusals = 0;
		await time.pass(REST_MS);
		judge.finish();
	} finally {
		// All calls of n8n's memory wait for each other: the next simulation must not wait for this one.
		for (const one of processes) one.end();
		await time.pass(0);
		for (const release of releases) release();
	}
	return { violations: judge.violations, events, delivered: judge.delivered, log };
}

/** The shortest schedule found that still breaks the same invariant. */
export async function shrink(schedule: Schedule, invariant: string): Promise<Schedule> {
	const fails = async (one: Schedule) => {
		const { violations } = await simulate(one);
		return violations.some((violation) => violation.invariant === invariant);
	};
	let best = schedule;
	for (let isShorter = true; isShorter;) {
		isShorter = false;
		for (const smaller of smallerOnes(best)) {
			if (!(await fails(smaller))) continue;
			best = smaller;
			isShorter = true;
			break;
		}
	}
	return best;
}

function* smallerOnes(schedule: Schedule): Generator<Schedule> {
	const { steps, vendor, host } = schedule;
	for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
		for (let from = steps.length - size; from >= 0; from -= size)
			yield { ...schedule, steps: [...steps.slice(0, from), ...steps.slice(from + size)] };
	for (const [name, value] of Object.entries(KIND.vendor))
		if (vendor[name as keyof typeof vendor] !== value) yield { ...schedule, vendor: { ...vendor, [name]: value } };
	for (const [name, value] of Object.entries(KIND.host))
		if (JSON.stringify(host[name as keyof typeof host]) !== JSON.stringify(value)) yield { ...schedule, host: { ...host, [name]: value } };
	for (const [index, { gap, act }] of steps.entries()) {
		const withStep = (step: Schedule['steps'][number]) => ({ ...schedule, steps: steps.map((one, at) => (at === index ? step : one)) });
		if (act.act === 'change' && act.count > 1) {
			yield withStep({ gap, act: { ...act, count: act.count >> 1 } });
			yield withStep({ gap, act: { ...act, count: act.count - 1 } });
		}
		if (gap > 0) yield withStep({ gap: 0, act });
	}
}
