/**
 * Deterministic simulation of the write path: the layers of an API's writes and the retry, without HTTP, over a vendor with
 * positions, faults, deaths, workers and time. One seed decides everything; a schedule is plain data, so that it can be shrunk.
 */
import type { IDataObject } from 'n8n-workflow';
import { finvis } from '../../nodes/Finvis/api';
import { resources as finvisResources } from '../../nodes/Finvis/resources';
import { fondo } from '../../nodes/Fondo/api';
import { resources as fondoResources } from '../../nodes/Fondo/resources';
import { foldLookAlikes } from '../../nodes/shared/core/lookAlikes';
import { UserError } from '../../nodes/shared/core/userError';
import { readFields } from '../../nodes/shared/fields/readFields';
import { errorMessage } from '../../nodes/shared/http/errorMessages';
import { isSuccess, outcomeOf } from '../../nodes/shared/http/errors';
import type { Connection } from '../../nodes/shared/http/connection';
import { fitPageSize } from '../../nodes/shared/http/pageSize';
import type { ApiRequest } from '../../nodes/shared/http/request';
import { compose } from '../../nodes/shared/http/request';
import { retry } from '../../nodes/shared/http/retry';
import type { Operation } from '../../nodes/shared/operation';
import type { Resources } from '../../nodes/shared/resource';
import { isRecorded } from '../../nodes/shared/resource';
import { receiptOf } from '../../nodes/shared/output/receipt';
import { MODELLED, positionsOf } from '../../sandbox/vendors';
import { finvisVendor } from '../../sandbox/vendors/model/finvis';
import { fondoVendor } from '../../sandbox/vendors/model/fondo';
import type { Defect } from './defects';
import type { Outcome, Violation } from './oracle';
import { Judge } from './oracle';
import type { Fault } from './world';
import { Worker, World } from './world';

export type ApiName = 'fondo' | 'finvis';

/** One write that a user wants. `like` repeats an earlier one; `twist` says in what it differs from it. */
export interface Item {
	readonly operation: string;
	readonly like?: number;
	readonly twist?: Twist;
	readonly seed: number;
}

export type Twist = 'writing' | 'reference writing' | 'amount' | 'other operation' | 'other client' | 'longer reference';

export interface Step {
	/** ms that pass before it. */
	readonly gap: number;
	readonly worker: number;
	readonly items: readonly Item[];
	/** What strikes the calls of this step, by the number of the call. */
	readonly faults: ReadonlyArray<readonly [call: number, fault: Fault]>;
	/** Calls and memory steps until the worker dies. */
	readonly diesAfter?: number;
	/** Another worker runs the same items at the same time. */
	readonly twin?: boolean;
}

export interface Schedule {
	readonly seed: number;
	readonly api: ApiName;
	readonly positions: readonly string[];
	readonly workers: 1 | 2;
	readonly steps: readonly Step[];
}

/** mulberry32: a small generator with a state of 32 bits. */
export function generator(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const CLIENTS = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

const keptOperations = (resources: Resources): Readonly<Record<string, Operation>> =>
	Object.fromEntries(
		Object.entries(resources).flatMap(([resource, { operations }]) =>
			Object.entries(operations)
				.filter(([, operation]) => isRecorded(operation))
				.map(([name, operation]) => [`${resource}.${name}`, operation]),
		),
	);

/** Operations that the record of writes keeps: straight from the registry, so a new one is simulated without an edit here. */
const OPERATIONS: Readonly<Record<ApiName, Readonly<Record<string, Operation>>>> = {
	fondo: keptOperations(fondoResources),
	finvis: keptOperations(finvisResources),
};

/** What the fields of an operation read from their examples. Reading dates is slow, so it happens once. */
const exampleValues = new Map<Operation, Readonly<Record<string, unknown>>>();
function examplesOf(operation: Operation): Readonly<Record<string, unknown>> {
	const known = exampleValues.get(operation);
	if (known) return known;
	const { fields, perRow = {} } = operation;
	const read = readFields({ ...fields, ...perRow }, (name) => fields[name]?.example ?? perRow[name]?.example, {
		timezone: 'Europe/Stockholm',
	});
	exampleValues.set(operation, read);
	return read;
}

const NO_DEFECT: Partial<Defect> = {};

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)];

const GAPS = [0, 0, 300, 5_000, 60_000, 11 * 60_000, 26 * 3_600_000, 40 * 86_400_000];
const FAULTS: readonly Fault[] = [
	'unreachable',
	'lost before',
	'lost after',
	'late',
	'500 before',
	'500 after',
	'502 after',
	'503 before',
	'429 before',
	'refused',
	'empty after',
];
const TWISTS: readonly Twist[] = ['writing', 'reference writing', 'amount', 'other operation', 'other client', 'longer reference'];

const OF_API = (['fondo', 'finvis'] as const).map((api) => MODELLED.filter((one) => one.api === api));

/** A vendor of no, one or two positions. */
function vendorOf(random: () => number, among?: readonly string[]): Pick<Schedule, 'api' | 'positions'> {
	if (among !== undefined) {
		const [{ api, name }] = positionsOf([pick(random, among)]);
		return { api, positions: [name] };
	}
	const isFondo = random() < 0.5;
	const axes = new Map<string, string>();
	const count = Math.floor(random() * 3);
	for (let index = 0; index < count; index += 1) {
		const { axis, name } = pick(random, OF_API[isFondo ? 0 : 1]);
		axes.set(axis, name);
	}
	return { api: isFondo ? 'fondo' : 'finvis', positions: [...axes.values()] };
}

/**
 * A schedule of about `writes` items, decided by the seed alone.
 * @param among the vendor has one of these positions
 */
export function scheduleOf(seed: number, writes: number, among?: readonly string[]): Schedule {
	const random = generator(seed);
	const { api, positions } = vendorOf(random, among);
	// Where orders are cancelled by themselves, nothing tells a cancelled order from one that the node cancelled.
	const endsItself = positions.some((name) => name.startsWith('orders-cancel'));
	const operations = Object.keys(OPERATIONS[api]).filter((name) => !(endsItself && name === 'order.cancel'));
	const makers = operations.filter((name) => OPERATIONS[api][name].lookup !== undefined);
	const steps: Step[] = [];
	let items = 0;
	while (items < writes) {
		const size = 1 + Math.floor(random() * 4);
		const step: Item[] = [];
		for (let index = 0; index < size; index += 1) {
			const isRepeat = items > 0 && random() < 0.5;
			step.push({
				operation: pick(random, random() < 0.75 ? makers : operations),
				seed: Math.floor(random() * 2 ** 31),
				...(isRepeat ? { like: Math.floor(random() * items), ...(random() < 0.5 ? { twist: pick(random, TWISTS) } : {}) } : {}),
			});
			items += 1;
		}
		const faults: Array<[number, Fault]> = [];
		if (random() < 0.45)
			for (let index = 0; index < 1 + random() * 4; index += 1) faults.push([Math.floor(random() * size * 4), pick(random, FAULTS)]);
		steps.push({
			gap: pick(random, GAPS),
			worker: random() < 0.5 ? 0 : 1,
			items: step,
			faults,
			...(random() < 0.08 ? { diesAfter: 1 + Math.floor(random() * size * 12) } : {}),
			...(random() < 0.15 ? { twin: true } : {}),
		});
	}
	return { seed, api, positions, workers: random() < 0.5 ? 1 : 2, steps };
}

/** One thing that a user wants, made of an item and what it repeats. */
interface Wanted {
	readonly operation: string;
	readonly route: string;
	readonly reference?: string;
	readonly request: ApiRequest;
	/** What the user typed, for the judge. */
	readonly body: unknown;
}

export interface Result {
	readonly violations: readonly Violation[];
	readonly writes: number;
	readonly outcomes: Readonly<Record<string, number>>;
	/** What happened, for a report of a failure. */
	readonly log: readonly string[];
}

interface Options {
	readonly isLogged?: boolean;
	/** An old defect that is put back. */
	readonly defect?: Partial<Defect>;
}

/** Runs a schedule and judges it after every report. */
export async function simulate(schedule: Schedule, { isLogged = false, defect = NO_DEFECT }: Options = {}): Promise<Result> {
	const { api, positions, workers: count, steps } = schedule;
	positionsOf(positions);
	const vendor = api === 'fondo' ? fondoVendor({ positions }) : finvisVendor({ positions });
	const world = new World(vendor, generator(schedule.seed ^ 0x5bd1e995));
	const release = world.own();
	const workers = Array.from({ length: count }, () => new Worker(world, count > 1));
	const judge = new Judge(true);
	const violations: Violation[] = [];
	const outcomes: Record<string, number> = {};
	const log: string[] = [];
	const note = (text: string) => void (isLogged && log.push(`${new Date(world.now).toISOString().slice(0, 19)} ${text}`));
	const connection: Connection =
		api === 'fondo'
			? { ...fondo.connectionOf({ environment: 'local', clientId: 'partner' }) }
			: { ...finvis.connectionOf({ environment: 'local', clientId: 'partner', clientSecret: 'secret', tenantMode: 'own' }) };
	const { writes } = api === 'fondo' ? fondo : finvis;
	const operations = OPERATIONS[api];
	const wanted: Wanted[] = [];
	let judgedEffects = 0;

	const judgeEffects = () => {
		const effects = vendor.effects();
		for (; judgedEffects < effects.length; judgedEffects += 1) {
			note(`  EFFECT ${effects[judgedEffects].operation} ${effects[judgedEffects].reference} of ${effects[judgedEffects].cause}`);
			violations.push(...judge.effect(effects[judgedEffects]));
		}
	};

	const report = (intent: number, outcome: Outcome, shown?: unknown, message?: string, advice?: string) => {
		judgeEffects();
		outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
		note(`${intent}: ${outcome}${message === undefined ? '' : `: ${message} ${advice}`}`);
		violations.push(...judge.report({ intent, at: world.now, outcome, shown, message, advice }));
	};

	async function runItem(worker: Worker, intent: number, { request }: Wanted, faultOf: () => Fault | undefined): Promise<void> {
		const send = worker.send(intent, faultOf, (heard) => {
			judgeEffects();
			judge.answer({ intent, at: world.now, heard });
		});
		const { layers = (all) => all, memory = (one) => one, request: changed = (one) => one } = defect;
		const stack = compose([
			...layers(writes(connection, memory(worker.memory()), worker.state), connection, worker.state),
			fitPageSize(worker.state.once('page sizes', () => new Map())),
			retry(),
		])(send);
		try {
			const response = await stack(changed(request));
			if (isSuccess(request, response)) {
				const { outcome } = receiptOf(request, response) as { outcome: Outcome };
				return report(intent, outcome, response.body);
			}
			const outcome = outcomeOf(request, response) ?? 'rejected';
			const [message, advice] = errorMessage('The API', request, { ...response, outcome });
			report(intent, outcome, undefined, message, advice);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			report(intent, 'refused', undefined, error.message, error.description);
		}
	}

	/** Tells the judge what the user wants. */
	function announce(intent: number, { route: operation, reference, request, body }: Wanted) {
		violations.push(...judge.intent({ id: intent, operation, reference, scope: `${api} partner`, path: request.path ?? {}, body }));
	}

	async function runStep(step: Step, worker: Worker, intents: readonly number[]): Promise<void> {
		let call = 0;
		const faults = new Map(step.faults);
		const faultOf = () => faults.get((call += 1) - 1);
		let finished = 0;
		let died = false;
		const death = new Promise<void>((resolve) => {
			worker.onDeath = () => {
				died = true;
				note('  the process dies');
				resolve();
			};
		});
		if (step.diesAfter !== undefined) worker.diesAfter = step.diesAfter;
		const work = (async () => {
			for (const intent of intents) {
				if (died) return;
				await runItem(worker, intent, wanted[intent], faultOf);
				finished += 1;
			}
		})();
		await Promise.race([work, death]);
		worker.diesAfter = Infinity;
		if (died && finished < intents.length) report(intents[finished], 'died');
	}

	try {
		for (const step of steps) {
			await world.pass(step.gap);
			if (step.gap >= (defect.forgetsAfter ?? Infinity)) {
				world.writeRow([]);
				for (const { state } of workers) state.known.clear();
			}
			const intents = step.items.map((item) => {
				const intent = wanted.length;
				const one = wantedOf(
					item,
					operations,
					wanted,
					vendor.effects().map(({ id }) => id),
					world,
				);
				wanted.push(one);
				note(`${intent} wants ${one.operation} '${one.reference ?? JSON.stringify(one.request.path)}' ${JSON.stringify(one.body)}`);
				announce(intent, one);
				return intent;
			});
			const worker = workers[step.worker % workers.length];
			const other = workers.find((one) => one !== worker);
			const runs = [runStep(step, worker, intents)];
			if (step.twin && other) {
				const twins = step.items.map((_, index) => {
					const intent = wanted.length;
					const one = wanted[intents[index]];
					wanted.push(one);
					announce(intent, one);
					// Two processes at the same reference at the same moment: neither can know what the other has done.
					judge.answer({ intent, at: world.now, heard: 'nothing' });
					return intent;
				});
				runs.push(runStep({ ...step, faults: [], diesAfter: undefined }, other, twins));
			}
			await world.run(Promise.all(runs));
			if (violations.length > 0) break;
		}
		await world.pass(3_600_000);
		judgeEffects();
	} finally {
		release();
	}
	return { violations, writes: wanted.length, outcomes, log };
}

/** What a user typed into the fields of an operation, from their examples, with this item's own amounts and references. */
function wantedOf(
	item: Item,
	operations: Readonly<Record<string, Operation>>,
	earlier: readonly Wanted[],
	effectIds: readonly string[],
	world: World,
): Wanted {
	const random = generator(item.seed);
	const repeated = item.like === undefined ? undefined : earlier[item.like];
	if (repeated !== undefined && item.twist === undefined) return repeated;
	const name = repeated !== undefined && item.twist !== 'other operation' ? repeated.operation : item.operation;
	const operation = operations[name];
	if (operation.isAct) return repeated?.operation === name ? repeated : actOf(name, operation, effectIds, random, world);
	const values: Record<string, unknown> = { ...examplesOf(operation) };
	values.client = repeated?.request.path?.client_id ?? CLIENTS[0];
	if (item.twist === 'other client') values.client = CLIENTS[1];
	const before = (repeated?.request.body ?? {}) as IDataObject;
	if ('amount' in values) values.amount = before.amount ?? amountOf(random, values.amount);
	if ('units' in values) values.units = before.units ?? 1 + Math.floor(random() * 900) / 10;
	if (operation.perRow !== undefined || 'payments' in values) {
		const row =
			operation.perRow === undefined
				? (values.payments as Array<Record<string, unknown>>)[0]
				: pickOf(values, Object.keys(operation.perRow));
		const size = Array.isArray(before.payments) ? before.payments.length : 1 + Math.floor(random() * 3);
		const rows = Array.from({ length: size }, (_, index) => {
			const its = (Array.isArray(before.payments) ? before.payments[index] : {}) as IDataObject;
			const typed = repeated === undefined ? (random() < 0.15 ? `PAY-${item.seed}-${index}` : undefined) : typedReference(its);
			return { ...row, amount: its.amount ?? amountOf(random, row.amount, 1_000 * index), clientRef: typed, endToEndId: undefined };
		});
		if (operation.perRow === undefined) values.payments = rows;
		else values.rows = rows;
	}
	const reference = repeated?.reference ?? `INV ${item.seed % 100_000}`;
	values.reference = reference;
	if (item.twist === 'longer reference') values.reference = `${reference}-1`;
	if (item.twist === 'reference writing') values.reference = reference.replace(' ', '\u00a0 ');
	values.reference = foldLookAlikes(String(values.reference));
	if (item.twist === 'amount') change(values, (amount) => (typeof amount === 'string' ? `${Number(amount) + 1}.00` : Number(amount) + 1));
	if (item.twist === 'writing') change(values, (amount) => (typeof amount === 'string' ? String(Number(amount)) : amount));
	if (operation.plan === 'execute') values.plan = { ...(values.plan as object), reference: values.reference };
	const built = operation.request(values);
	const { body = {} } = built;
	const derived = built.body === undefined ? undefined : operation.derivedFields?.(built.body);
	return {
		operation: name,
		route: operation.route,
		reference: String(values.reference),
		request: {
			route: operation.route,
			...built,
			controls: undefined,
			reference: String(values.reference),
			lookup: operation.lookup,
			derivedFields: derived,
		},
		body: typedBody(body, values),
	};
}

/** Without the name and the references that the node makes. */
function typedBody({ name: _, ...body }: IDataObject, values: Record<string, unknown>): IDataObject {
	if (!Array.isArray(body.payments)) return body;
	const rows = (values.rows ?? values.payments ?? []) as Array<Record<string, unknown>>;
	return {
		...body,
		payments: (body.payments as IDataObject[]).map(({ clientRef, end_to_end_id, ...payment }, index) =>
			rows[index]?.clientRef === undefined ? payment : { ...payment, clientRef },
		),
	};
}

/** A payment reference that the user typed, as the request has it. */
const typedReference = ({ clientRef }: IDataObject) =>
	typeof clientRef === 'string' && clientRef.startsWith('PAY-') ? clientRef : undefined;

const amountOf = (random: () => number, example: unknown, above = 0) => {
	const amount = above + 100 + Math.floor(random() * 900);
	return typeof example === 'string' ? `${amount}.00` : amount;
};

const pickOf = (values: Record<string, unknown>, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, values[name]]));

/** Changes the first amount. */
function change(values: Record<string, unknown>, by: (amount: unknown) => unknown) {
	const rows = (values.rows ?? values.payments) as Array<Record<string, unknown>> | undefined;
	const place = rows?.[0] ?? values;
	const name = place.amount === undefined ? 'units' : 'amount';
	place[name] = by(place[name]);
}

/** An act on an object that is there: what earlier calls made, or what waits for a decision. */
function actOf(name: string, operation: Operation, effectIds: readonly string[], random: () => number, world: World): Wanted {
	const isApproval = operation.route.includes('/approvals/');
	const isMatch = operation.route.includes('/matches/');
	const list = isApproval ? '/approvals/pending' : isMatch ? '/reconciliation/matches' : undefined;
	const rows =
		list === undefined
			? []
			: rowsOf(world.vendor.handle({ method: 'GET', path: list, query: {}, headers: { 'x-tenant-id': 'tenant' } }, world.now).body);
	const ids = list === undefined ? effectIds : rows.map(({ id }) => String(id));
	const id = ids.length === 0 ? '99999999-9999-4999-8999-999999999999' : pick(random, ids);
	const values: Record<string, unknown> = Object.fromEntries(Object.keys(operation.fields).map((field) => [field, id]));
	if ('client' in values) values.client = CLIENTS[0];
	const built = operation.request(values);
	return {
		operation: name,
		route: operation.route,
		request: { route: operation.route, ...built, controls: undefined },
		body: {},
	};
}

function rowsOf(body: unknown): IDataObject[] {
	if (Array.isArray(body)) return body as IDataObject[];
	if (typeof body !== 'object' || body === null) return [];
	return (Object.values(body).find(Array.isArray) ?? []) as IDataObject[];
}

/** The shortest schedule found that still fails: without steps, items, faults and positions that it does not need. */
export async function shrink(schedule: Schedule, defect?: Defect): Promise<Schedule> {
	const fails = async (one: Schedule) => {
		const result = await simulate(one, { defect }).catch(() => undefined);
		return result === undefined || result.violations.length > 0;
	};
	let best = schedule;
	for (let again = true; again;) {
		again = false;
		for (const smaller of smallerOnes(best))
			if (await fails(smaller)) {
				best = smaller;
				again = true;
				break;
			}
	}
	return best;
}

function* smallerOnes(schedule: Schedule): Generator<Schedule> {
	const { steps, positions } = schedule;
	for (const position of positions) yield { ...schedule, positions: positions.filter((one) => one !== position) };
	for (let index = steps.length - 1; index >= 0; index -= 1) {
		// Items are referred to by number, so an earlier step is emptied by making its faults and death go, not its items.
		if (index === steps.length - 1 && steps.length > 1) yield { ...schedule, steps: steps.slice(0, -1) };
		const { faults, diesAfter, twin, items } = steps[index];
		const withStep = (step: Step): Schedule => ({ ...schedule, steps: steps.map((one, at) => (at === index ? step : one)) });
		if (twin) yield withStep({ ...steps[index], twin: undefined });
		if (diesAfter !== undefined) yield withStep({ ...steps[index], diesAfter: undefined });
		for (const fault of faults) yield withStep({ ...steps[index], faults: faults.filter((one) => one !== fault) });
		if (index === steps.length - 1 && items.length > 1) yield withStep({ ...steps[index], items: items.slice(0, -1) });
	}
	if (schedule.workers === 2) yield { ...schedule, workers: 1 };
}
