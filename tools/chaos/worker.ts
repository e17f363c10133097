import { setTimeout as sleep } from 'node:timers/promises';
import { FINVIS_DEMO, FONDO_DEMO, Random, startSandbox, type Identity, type Sandbox } from '../../sandbox';
import { FinvisClient, FondoClient } from '../harness/apiClient';
import { auditLedger, countBy } from '../harness/ledgerAudit';
import { EngineProcess } from './engineProcess';
import { FaultSwitch, TIMEOUT_S } from './faultPlan';
import { itemOf, makesBatch, nodeOf, OPERATIONS, readSeedData, type Item, type OnceOperation, type SeedData } from './operations';
import { targetsIn, type Batch, type Targets } from './targets';
import { isDone, itemReports, violation, type ItemReport, type Write } from './violation';

/** A workflow that runs until all its items are done, or until its user gives up. */
interface WorkflowCase {
	readonly operation: OnceOperation;
	readonly items: readonly Item[];
	readonly writes: readonly Write[];
	readonly settings: object;
	readonly itemsAtOnce: number;
}

export interface WorkerPlan {
	readonly seed: number;
	readonly writes: number;
	readonly speed: number;
	/** The share of all calls that a fault hits. */
	readonly faults: number;
	/** Names of vendor positions. */
	readonly vendor: readonly string[];
}

export interface WorkerResult {
	readonly writes: readonly Write[];
	/** How often each reference moved money. */
	readonly executed: ReadonlyMap<Write, number>;
	/** What executions reported and is not true, a line each. */
	readonly violations: readonly string[];
	/** How many calls each kind of fault hit. */
	readonly hits: ReadonlyMap<string, number>;
	readonly calls: number;
	readonly executions: number;
	readonly crashes: number;
	readonly restarts: number;
	/** Payments of Finvis in the ledger: how many of the expected ones are there once, and which payments are there otherwise. */
	readonly payments: { readonly once: number; readonly otherwise: readonly string[] };
}

interface Execution {
	/** The same event arrives twice at the same time. */
	readonly isDoubled?: boolean;
	/** The process of the nodes is killed meanwhile. */
	readonly isKilled?: boolean;
	/** There are no faults, so that the timeout is long and a failed item stops no other item. */
	readonly isUndisturbed?: boolean;
}

/** Other tests prove that long lists are read to their end. */
const PAST_TRANSACTIONS = 3_000;
const MAX_ITEMS = 24;
const MAX_ROWS = 4;
/** How often a case runs under faults. */
const MAX_RUNS = 4;
const TEN_MINUTES_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** An order can be cancelled for half a day. */
const ORDER_STEPS = { received: 300, pending: 43_200, sent: 86_400, confirmed: 172_800 };
/** Longer than the slowest call. */
const SLOWEST_CALL_MS = 50_000;
/** A crash costs a new process, so one write in this many meets a crash. */
const WRITES_PER_CRASH = 800;
const LOG_EVERY = 500;

interface Apis {
	readonly fondo: FondoClient;
	readonly finvis: FinvisClient;
}

const credential = (baseUrl: string, { clientId, clientSecret }: Identity) => ({ environment: 'custom', baseUrl, clientId, clientSecret });

/** The payments of Finvis that the items of a case ask for, by their references in the ledger. */
const paymentsOf = ({ operation, items }: WorkflowCase): string[] =>
	items.map(({ reference }, index) => (operation.definition.perRow && items.length > 1 ? `${reference}+${index + 1}` : reference));

/** One sandbox, one n8n engine, and a share of the writes, one case after the other. Every random choice follows from the seed. */
export class Worker {
	private readonly random: Random;
	private readonly faults: FaultSwitch;
	private readonly cases: WorkflowCase[] = [];
	private readonly violations: string[] = [];
	private readonly counts = { executions: 0, crashes: 0, restarts: 0 };
	private readonly targets: (target: string) => Targets;
	private readonly prefix: string;
	private lastNumber = 0;

	private constructor(
		private readonly plan: WorkerPlan,
		private readonly sandbox: Sandbox,
		private readonly engine: EngineProcess,
		private readonly apis: Apis,
		private readonly data: SeedData,
	) {
		this.random = new Random(plan.seed);
		this.faults = new FaultSwitch(sandbox.admin, plan);
		this.prefix = `chaos-${plan.seed}-`;
		this.targets = targetsIn({ ...apis, saver: () => this.pick(data.savers), batches: async () => await this.readBatches() });
	}

	static async run(plan: WorkerPlan, log: (line: string) => void): Promise<WorkerResult> {
		const { seed, speed } = plan;
		const began = Date.now();
		const sandbox = await startSandbox({
			seed,
			transactions: PAST_TRANSACTIONS,
			speed,
			settings: { fondo: { orderSteps: ORDER_STEPS }, finvis: { rateLimit: null, waitForExecutionDate: false, maxPageSize: 200 } },
		});
		const apis = { fondo: new FondoClient(sandbox.fondoUrl), finvis: new FinvisClient(sandbox.finvisUrl) };
		const data = await readSeedData(apis);
		for (const { account } of data.savers) sandbox.admin.deposits({ accountId: account, amount: 1_000_000 });
		const engine = new EngineProcess(
			{ fondo: credential(sandbox.fondoUrl, FONDO_DEMO), finvis: credential(sandbox.finvisUrl, FINVIS_DEMO) },
			{ began, speed, skipped: 0 },
		);
		try {
			await engine.start();
			return await new Worker(plan, sandbox, engine, apis, data).runAll(log);
		} finally {
			engine.stop();
			await sandbox.stop();
		}
	}

	private async runAll(log: (line: string) => void): Promise<WorkerResult> {
		this.faults.on();
		let logged = 0;
		for (let done = 0; done < this.plan.writes;) {
			done += await this.runCase(this.pick(OPERATIONS), this.plan.writes - done);
			if (done - logged >= LOG_EVERY) {
				logged = done;
				log(`${done} of ${this.plan.writes} writes with seed ${this.plan.seed}`);
			}
		}
		await this.finishBatches();
		await this.runAllOnceMore();
		await this.finishBatches();
		return await this.result();
	}

	private chance(share: number): boolean {
		return this.random.next() < share;
	}

	private pick<T>(choices: readonly T[]): T {
		return choices[this.random.integer(0, choices.length - 1)];
	}

	private settings() {
		const stopsOnError = this.chance(0.25);
		return {
			...(stopsOnError ? {} : { onError: 'continueRegularOutput' as const }),
			...(this.chance(0.5) ? { retryOnFail: true, maxTries: this.random.integer(2, 4), waitBetweenTries: 1_000 / this.plan.speed } : {}),
		};
	}

	private amount = () => this.random.integer(1, 900) / 100;

	/** Runs an operation on at most `max` items under faults; returns how many writes that were. */
	private async runCase(operation: OnceOperation, max: number): Promise<number> {
		const items = await this.itemsFor(operation, this.random.integer(1, Math.min(max, MAX_ITEMS)));
		if (items.length === 0) return 0;
		const { definition, target = 'reference' } = operation;
		const references = [...new Set(items.map((item) => item[target]))];
		const one: WorkflowCase = {
			operation,
			items,
			writes: references.map((reference) => ({ operation: operation.at, reference, reports: [], executions: 0 })),
			settings: this.settings(),
			itemsAtOnce: this.chance(0.3) ? 5 : 1,
		};
		this.cases.push(one);
		await this.runUnderFaults(one);
		// Acts follow on a batch, and what an act is for does not stay as it is.
		const isNeeded = definition.isAct === true || makesBatch(operation);
		if (isNeeded && !one.writes.every(({ reports }) => isDone(reports.at(-1))))
			await this.faults.paused(async () => await this.execute(one, { isUndisturbed: true }));
		return references.length;
	}

	private async itemsFor({ node, definition, target }: OnceOperation, count: number): Promise<Item[]> {
		if (target !== undefined) return await this.faults.asWritten(async () => await this.targets(target).take(count));
		// The items of one case are of one client, and a batch of items has one reference.
		const { client } = this.pick(this.data.savers);
		const ofClient = this.data.savers.filter((saver) => saver.client === client);
		const rows = definition.perRow && this.reference();
		return Array.from({ length: rows === undefined ? count : Math.min(count, MAX_ROWS) }, (_, index) => {
			const values = node === 'fondo' ? this.pick(ofClient) : this.data.payer;
			const item = itemOf(values, rows ?? this.reference(), this.amount());
			// The node refuses rows that are equal.
			return rows === undefined ? item : { ...item, message: `Row ${index + 1}` };
		});
	}

	private reference = () => `${this.prefix}${(this.lastNumber += 1)}`;

	/** Submits and approves what is left, so that the payments of every batch leave the bank. */
	private async finishBatches(): Promise<void> {
		const acts = OPERATIONS.filter(({ target = '' }) => ['paymentBatch', 'approval'].includes(target));
		let done: number;
		do {
			done = 0;
			for (const act of acts) done += await this.runCase(act, MAX_ITEMS);
		} while (done > 0);
	}

	private async readBatches(): Promise<Batch[]> {
		const batches = await this.apis.finvis.list<Batch & { readonly status: string }>('/payments/batches/');
		// The node ends the name of a batch with a mark.
		return batches
			.map(({ id, name, status }) => ({ id, status, name: name.replace(/ #[a-z0-9]{16}$/, '') }))
			.filter(({ name }) => name.startsWith(this.prefix));
	}

	/** Runs a case under faults, and again as people and n8n do, until all its items are done or the user has had enough. */
	private async runUnderFaults(one: WorkflowCase): Promise<void> {
		for (let run = 1; run <= MAX_RUNS; run += 1) {
			const isDoubled = this.chance(0.12);
			const isKilled = this.chance(one.writes.length / WRITES_PER_CRASH);
			const reports = await this.execute(one, { isDoubled, isKilled });
			// Sometimes an event comes again although everything is done.
			if (reports.every(isDone) && !this.chance(0.1)) return;
			if (this.chance(0.3)) await this.skipTime();
			else if (this.chance(0.02)) await this.restart();
		}
	}

	private async execute(
		one: WorkflowCase,
		{ isDoubled = false, isKilled = false, isUndisturbed = false }: Execution,
	): Promise<ItemReport[]> {
		const { node, ...parameters } = nodeOf(one.operation, one.items[0]);
		const options = { itemsAtOnce: one.itemsAtOnce, timeout: isUndisturbed ? TIMEOUT_S : TIMEOUT_S / this.plan.speed };
		const executions = Array.from({ length: isDoubled ? 2 : 1 }, async () => {
			this.counts.executions += 1;
			const shown = await this.engine.run({
				node,
				workflowId: one.operation.at,
				executionId: String(this.counts.executions),
				settings: {
					...parameters,
					...(isUndisturbed ? { onError: 'continueRegularOutput' as const } : one.settings),
					parameters: { ...parameters.parameters, options, additionalFields: { ifSentBefore: "={{ $json.ifSentBefore ?? 'stop' }}" } },
				},
				items: isUndisturbed ? await this.lookedAt(one) : [...one.items],
			});
			return itemReports(shown, one.writes.length);
		});
		if (isKilled) {
			await sleep(this.random.integer(0, 40 * one.writes.length));
			this.counts.crashes += 1;
			await this.engine.crash();
		}
		const reports = await Promise.all(executions);
		await this.judge(one, reports);
		return reports[0];
	}

	/** A person has looked at the API: what was sent, is not known and is not there is to be sent again. No list shows some of it. */
	private async lookedAt(one: WorkflowCase): Promise<Item[]> {
		if (one.operation.definition.lookup?.eventual) return [...one.items];
		await this.waitForCallsInFlight();
		const executed = await this.executedIn(one);
		const isAbsent = (write: Write) => write.reports.at(-1)?.outcome === 'unknown' && executed(write) === 0;
		return one.items.map((item, index) => (isAbsent(one.writes[index] ?? one.writes[0]) ? { ...item, ifSentBefore: 'send' } : item));
	}

	/** Compares the reports of executions with the ledger. */
	private async judge(one: WorkflowCase, reports: readonly ItemReport[][]): Promise<void> {
		// The API can still execute a call in flight, so a refusal is judged when no call is in flight.
		if (reports.flat().some(({ outcome }) => outcome === 'rejected')) await this.waitForCallsInFlight();
		const executed = await this.executedIn(one);
		one.writes.forEach((write, index) => {
			const ofWrite = reports.map((ofExecution) => ofExecution[index]);
			for (const report of ofWrite) {
				const found = violation(report, executed(write), [...write.reports, ...ofWrite]);
				if (found !== undefined) this.violations.push(this.lineOf(write, report, found));
			}
			write.reports.push(...ofWrite);
			write.executions += ofWrite.length;
		});
	}

	private lineOf({ operation, reference, reports }: Write, { outcome, text = '' }: ItemReport, found: string): string {
		const before = reports.map((one) => one.outcome).join(', ');
		return `${operation} '${reference}' reported as ${outcome}, but ${found} (reported before: ${before || 'nothing'}) ${text}`;
	}

	/** How often each write of this case was executed. What is acted on shows only whether it was. */
	private async executedIn({ operation, items }: WorkflowCase): Promise<(write: Write) => number> {
		const { target } = operation;
		const executed = await this.faults.asWritten(async () => {
			if (target !== undefined) return [...(await this.targets(target).executed(items))];
			return makesBatch(operation)
				? (await this.readBatches()).map(({ name }) => name)
				: this.sandbox.admin.ledger().map(({ reference }) => reference);
		});
		const counts = countBy(executed);
		return ({ reference }) => counts.get(reference) ?? 0;
	}

	private async waitForCallsInFlight(): Promise<void> {
		await sleep(SLOWEST_CALL_MS / this.plan.speed);
	}

	/** Moves the clocks of n8n and of both APIs forward, by eleven minutes when left out. */
	private async skipTime(ms = TEN_MINUTES_MS + 60_000): Promise<void> {
		await this.waitForCallsInFlight();
		this.engine.skip(ms);
		this.sandbox.admin.clock.advance(ms / 1000);
	}

	private async restart(): Promise<void> {
		this.counts.restarts += 1;
		await this.engine.crash();
	}

	/** Three days later, in a new process and without faults, runs every workflow once more. */
	private async runAllOnceMore(): Promise<void> {
		this.faults.off();
		await this.skipTime(3 * DAY_MS);
		await this.restart();
		for (const one of this.cases) {
			const reports = await this.execute(one, { isUndisturbed: true });
			// An execution that broke off says only now what is not known, and a person looks at that.
			if (!reports.every(isDone)) await this.execute(one, { isUndisturbed: true });
		}
	}

	private async result(): Promise<WorkerResult> {
		await this.skipTime(DAY_MS);
		const executed = new Map<Write, number>();
		for (const one of this.cases) {
			const timesOf = await this.executedIn(one);
			for (const write of one.writes) executed.set(write, timesOf(write));
		}
		const expected = this.cases.filter(({ operation }) => makesBatch(operation)).flatMap(paymentsOf);
		const audit = auditLedger(
			expected,
			this.sandbox.admin.ledger().filter(({ api }) => api === 'finvis'),
		);
		const otherwise = [...new Set([...audit.missing, ...audit.doubled, ...audit.unexpected])];
		return {
			writes: this.cases.flatMap(({ writes }) => writes),
			executed,
			violations: this.violations,
			hits: this.faults.hits,
			calls: this.sandbox.admin.requests().at(-1)?.seq ?? 0,
			...this.counts,
			payments: { once: audit.asked - audit.missing.length - audit.doubled.filter((one) => expected.includes(one)).length, otherwise },
		};
	}
}
