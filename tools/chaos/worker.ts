import { setTimeout as sleep } from 'node:timers/promises';
import { FINVIS_DEMO, FONDO_DEMO, Random, startSandbox, type Identity, type Sandbox } from '../../sandbox';
import { FinvisClient, FondoClient } from '../harness/apiClient';
import { auditLedger, countBy } from '../harness/ledgerAudit';
import { EngineProcess } from './engineProcess';
import { FaultSwitch, TIMEOUT_S } from './faultPlan';
import { FONDO_OPERATIONS, itemOf, nodeOf, readSeedData, type Item, type OperationName, type Saver, type SeedData } from './operations';
import { isDone, itemReports, violation, type ItemReport, type Write } from './violation';

/** A workflow that runs until all its items are done, or until its user gives up. */
interface WorkflowCase {
	readonly operation: OperationName;
	readonly client: string;
	readonly items: ReadonlyArray<Record<string, string | number>>;
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
/** Longer than the slowest call. */
const SLOWEST_CALL_MS = 50_000;
/** A crash costs a new process, so one write in this many meets a crash. */
const WRITES_PER_CRASH = 800;
const LOG_EVERY = 500;

const credential = (baseUrl: string, { clientId, clientSecret }: Identity) => ({ environment: 'custom', baseUrl, clientId, clientSecret });

/** Whether a batch in this status shows that Finvis executed the operation. */
function isExecuted(operation: OperationName, status: string): boolean {
	if (operation === 'batch submit') return status !== 'draft';
	if (operation === 'approve') return !['draft', 'pending_approval'].includes(status);
	return true;
}

const isOfFondo = (operation: OperationName) => FONDO_OPERATIONS.some((name) => name === operation);

/** The payments of Finvis that the items of a case ask for, by their references in the ledger. */
const paymentsOf = ({ items }: WorkflowCase): string[] =>
	items.map(({ reference, batch }, index) =>
		batch === undefined || items.length === 1 ? `${batch ?? reference}` : `${batch}+${index + 1}`,
	);

/** One sandbox, one n8n engine, and a share of the writes, one case after the other. Every random choice follows from the seed. */
export class Worker {
	private readonly random: Random;
	private readonly faults: FaultSwitch;
	private readonly cases: WorkflowCase[] = [];
	private readonly violations: string[] = [];
	private readonly counts = { executions: 0, crashes: 0, restarts: 0 };
	private lastNumber = 0;

	private constructor(
		private readonly plan: WorkerPlan,
		private readonly sandbox: Sandbox,
		private readonly engine: EngineProcess,
		private readonly finvis: FinvisClient,
		private readonly data: SeedData,
	) {
		this.random = new Random(plan.seed);
		this.faults = new FaultSwitch(sandbox.admin.faults, { share: plan.faults, speed: plan.speed });
	}

	static async run(plan: WorkerPlan, log: (line: string) => void): Promise<WorkerResult> {
		const { seed, speed } = plan;
		const began = Date.now();
		const sandbox = await startSandbox({
			seed,
			transactions: PAST_TRANSACTIONS,
			speed,
			settings: { finvis: { rateLimit: null, waitForExecutionDate: false, maxPageSize: 200 } },
		});
		const finvis = new FinvisClient(sandbox.finvisUrl);
		const data = await readSeedData({ fondo: new FondoClient(sandbox.fondoUrl), finvis });
		for (const { account } of data.savers) sandbox.admin.deposits({ accountId: account, amount: 1_000_000 });
		const engine = new EngineProcess(
			{ fondo: credential(sandbox.fondoUrl, FONDO_DEMO), finvis: credential(sandbox.finvisUrl, FINVIS_DEMO) },
			{ began, speed, skipped: 0 },
		);
		try {
			await engine.start();
			return await new Worker(plan, sandbox, engine, finvis, data).runAll(log);
		} finally {
			engine.stop();
			await sandbox.stop();
		}
	}

	private async runAll(log: (line: string) => void): Promise<WorkerResult> {
		this.faults.on();
		let logged = 0;
		for (let done = 0; done < this.plan.writes;) {
			done += this.chance(0.5) ? await this.callFondo(this.plan.writes - done) : await this.callFinvis();
			if (done - logged >= LOG_EVERY) {
				logged = done;
				log(`${done} of ${this.plan.writes} writes with seed ${this.plan.seed}`);
			}
		}
		await this.runAllOnceMore();
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

	private newCase(operation: OperationName, client: string, items: WorkflowCase['items'], references: readonly string[]): WorkflowCase {
		const writes = references.map((reference): Write => ({ operation, reference, reports: [], executions: 0 }));
		const itemsAtOnce = this.chance(0.3) ? 5 : 1;
		const created = { operation, client, items, writes, settings: this.settings(), itemsAtOnce };
		this.cases.push(created);
		return created;
	}

	private reference(operation: string): string {
		// Short, because a bank takes at most 35 characters.
		const initials = operation
			.split(' ')
			.map((word) => word[0])
			.join('');
		return `${initials}-${this.plan.seed}-${++this.lastNumber}`;
	}

	private savers(count: number): Saver[] {
		const { client } = this.pick(this.data.savers);
		const ofClient = this.data.savers.filter((one) => one.client === client);
		return Array.from({ length: count }, () => this.pick(ofClient));
	}

	private amount = () => this.random.integer(1, 900) / 100;

	/** One case with up to `max` writes; returns how many writes. */
	private async callFondo(max: number): Promise<number> {
		const operation = this.pick(FONDO_OPERATIONS);
		const savers = this.savers(Math.min(max, this.random.integer(1, MAX_ITEMS)));
		const items = savers.map((saver): Item => itemOf(this.reference(operation), saver, this.amount()));
		const references = items.map(({ reference }) => reference);
		await this.runUnderFaults(this.newCase(operation, savers[0].client, items, references));
		return items.length;
	}

	/** Three cases, which create, submit and approve batches; returns how many writes. */
	private async callFinvis(): Promise<number> {
		const fromItems = this.chance(0.3);
		const operation = fromItems ? 'batch create from items' : 'batch create';
		const [first, ...more] = this.savers(this.random.integer(1, fromItems ? MAX_ROWS : MAX_ITEMS / 3));
		const items = [first, ...more].map((saver): Item => itemOf(this.reference(operation), saver, this.amount()));
		const batch = items[0].reference;
		const references = fromItems ? [batch] : items.map(({ reference }) => reference);
		await this.runToTheEnd(this.newCase(operation, '', fromItems ? items.map((item) => ({ ...item, batch })) : items, references));
		const batches = await this.readBatches();
		const idOf = (name: string) => ({ id: batches.find((one) => one.name === name)?.id ?? '' });
		await this.runToTheEnd(this.newCase('batch submit', '', references.map(idOf), references));
		const pending = await this.faults.paused(async () => await this.finvis.list<{ id: string; object_id: string }>('/approvals/pending'));
		const approvals = references.map((name) => ({ id: pending.find((one) => one.object_id === idOf(name).id)?.id ?? '' }));
		await this.runToTheEnd(this.newCase('approve', '', approvals, references));
		return 3 * references.length;
	}

	private async readBatches() {
		const read = async () => await this.finvis.list<{ id: string; name: string; status: string }>('/payments/batches/');
		// The node ends the name of a batch with a mark.
		return (await this.faults.paused(read)).map(({ name, ...batch }) => ({ ...batch, name: name.replace(/ #[a-z0-9]{16}$/, '') }));
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

	/** As `runUnderFaults`, and then without faults where something is not done, because the next case needs the objects. */
	private async runToTheEnd(one: WorkflowCase): Promise<void> {
		await this.runUnderFaults(one);
		if (one.writes.every(({ reports }) => isDone(reports.at(-1)))) return;
		await this.faults.paused(async () => await this.execute(one, { isUndisturbed: true }));
	}

	private async execute(
		one: WorkflowCase,
		{ isDoubled = false, isKilled = false, isUndisturbed = false }: Execution,
	): Promise<ItemReport[]> {
		const { node, ...parameters } = nodeOf(one.operation, one.client, this.data);
		const options = { itemsAtOnce: one.itemsAtOnce, timeout: isUndisturbed ? TIMEOUT_S : TIMEOUT_S / this.plan.speed };
		const executions = Array.from({ length: isDoubled ? 2 : 1 }, async () => {
			this.counts.executions += 1;
			const shown = await this.engine.run({
				node,
				workflowId: one.operation,
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

	/** A person has looked at the API: what was sent, is not known and is not there is to be sent again. No list shows payment instructions. */
	private async lookedAt(one: WorkflowCase): Promise<WorkflowCase['items'][number][]> {
		if (one.operation === 'payment instruction create') return [...one.items];
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

	/** How often each write of this case was executed. */
	private async executedIn({ operation }: WorkflowCase): Promise<(write: Write) => number> {
		const references = isOfFondo(operation)
			? this.sandbox.admin.ledger().map(({ reference }) => reference)
			: (await this.readBatches()).filter(({ status }) => isExecuted(operation, status)).map(({ name }) => name);
		const counts = countBy(references);
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
		for (const one of this.cases) await this.execute(one, { isUndisturbed: true });
	}

	private async result(): Promise<WorkerResult> {
		await this.skipTime(DAY_MS);
		const executed = new Map<Write, number>();
		for (const one of this.cases) {
			const timesOf = await this.executedIn(one);
			for (const write of one.writes) executed.set(write, timesOf(write));
		}
		const expected = this.cases.filter(({ operation }) => operation.startsWith('batch create')).flatMap(paymentsOf);
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
