import { setTimeout as sleep } from 'node:timers/promises';
import { FINVIS_DEMO, FONDO_DEMO, startSandbox, type Identity, type Sandbox } from '../../sandbox';
import { Random } from '../../sandbox/state/random';
import { isDone, toldOf, untruth, type Told, type Write } from './books';
import { Host } from './host';
import { factsOf, itemOf, nodeOf, FONDO_OPERATIONS, type Facts, type Item, type OperationName, type Saver } from './operations';
import { readerOf, type Row } from './reader';
import { TIMEOUT_S, troublesOf } from './troubles';

/** A workflow that is run until all its items are done, or somebody gives up. */
interface Case {
	readonly operation: OperationName;
	readonly client: string;
	readonly items: Array<Record<string, string | number>>;
	readonly writes: Write[];
	readonly settings: object;
	readonly itemsAtOnce: number;
}

export interface LanePlan {
	readonly seed: number;
	readonly writes: number;
	readonly speed: number;
	readonly faults: number;
}

export interface LaneResult {
	readonly writes: Write[];
	/** How often each reference moved money. */
	readonly executed: Map<Write, number>;
	readonly untruths: string[];
	readonly struck: Map<string, number>;
	readonly calls: number;
	readonly executions: number;
	readonly crashes: number;
	readonly restarts: number;
	/** Payments of Finvis by the ledger: how many there should be once each, and how many are there another number of times. */
	readonly payments: { once: number; others: string[] };
}

/** Short lists: how long ones are read is proved elsewhere. */
const PAST_TRANSACTIONS = 3_000;
const MOST_ITEMS = 24;
const MOST_ROWS = 4;
/** Executions under fire of one case. */
const MOST_TRIES = 4;
const TEN_MINUTES_MS = 10 * 60_000;
/** A crash costs a new process, so there is one in so many writes. */
const WRITES_PER_CRASH = 800;

const credential = (baseUrl: string, { clientId, clientSecret }: Identity) => ({ environment: 'custom', baseUrl, clientId, clientSecret });

/** One sandbox, one n8n beside it, and a part of the writes, one case after the other. All chance follows from the seed. */
export class Lane {
	private readonly random: Random;
	private readonly all: Case[] = [];
	private readonly struck = new Map<string, number>();
	private readonly untruths: string[] = [];
	private readonly counts = { executions: 0, crashes: 0, restarts: 0 };
	private number = 0;
	/** Trouble is on. */
	private isLit = false;

	private constructor(
		private readonly plan: LanePlan,
		private readonly sandbox: Sandbox,
		private readonly host: Host,
		private readonly facts: Facts,
		private readonly read: ReturnType<typeof readerOf>,
	) {
		this.random = new Random(plan.seed);
	}

	static async run(plan: LanePlan, tell: (line: string) => void): Promise<LaneResult> {
		const { seed, speed } = plan;
		const began = Date.now();
		const sandbox = await startSandbox({
			seed,
			transactions: PAST_TRANSACTIONS,
			speed,
			settings: { finvis: { rateLimit: null, waitForExecutionDate: false, maxPageSize: 200 } },
		});
		const read = readerOf(sandbox);
		const facts = await factsOf(read);
		for (const { account } of facts.savers) sandbox.admin.deposits({ accountId: account, amount: 1_000_000 });
		const host = new Host(
			{ fondo: credential(sandbox.fondoUrl, FONDO_DEMO), finvis: credential(sandbox.finvisUrl, FINVIS_DEMO) },
			{ began, speed, skipped: 0 },
		);
		try {
			await host.start();
			return await new Lane(plan, sandbox, host, facts, read).play(tell);
		} finally {
			host.stop();
			await sandbox.stop();
		}
	}

	private async play(tell: (line: string) => void): Promise<LaneResult> {
		this.light();
		let told = 0;
		for (let done = 0; done < this.plan.writes;) {
			done += this.chance(0.5) ? await this.throughFondo(this.plan.writes - done) : await this.throughFinvis();
			if (done - told >= 500) {
				told = done;
				tell(`${done} of ${this.plan.writes} writes with seed ${this.plan.seed}`);
			}
		}
		await this.again();
		return await this.result();
	}

	private chance(share: number): boolean {
		return this.random.next() < share;
	}

	private settings() {
		const stops = this.chance(0.25);
		return {
			...(stops ? {} : { onError: 'continueRegularOutput' as const }),
			...(this.chance(0.5) ? { retryOnFail: true, maxTries: this.random.integer(2, 4), waitBetweenTries: 1_000 / this.plan.speed } : {}),
		};
	}

	private newCase(operation: OperationName, client: string, items: Case['items'], references: string[]): Case {
		const writes = references.map((reference): Write => ({ operation, reference, told: [], executions: 0 }));
		const itemsAtOnce = this.chance(0.3) ? 5 : 1;
		const made: Case = {
			operation,
			client,
			items,
			writes,
			settings: this.settings(),
			itemsAtOnce,
		};
		this.all.push(made);
		return made;
	}

	private reference(operation: string): string {
		return `${operation.replaceAll(' ', '-')}-${this.plan.seed}-${++this.number}`;
	}

	private savers(count: number): Saver[] {
		const { client } = this.random.pick(this.facts.savers as [Saver, ...Saver[]]);
		const among = this.facts.savers.filter((one) => one.client === client) as [Saver, ...Saver[]];
		return Array.from({ length: count }, () => this.random.pick(among));
	}

	private amount = () => this.random.integer(1, 900) / 100;

	private async throughFondo(most: number): Promise<number> {
		const operation = this.random.pick(FONDO_OPERATIONS as unknown as [OperationName, ...OperationName[]]);
		const savers = this.savers(Math.min(most, this.random.integer(1, MOST_ITEMS)));
		const items = savers.map((saver): Item => itemOf(this.reference(operation), saver, this.amount()));
		await this.live(
			this.newCase(
				operation,
				savers[0].client,
				items,
				items.map(({ reference }) => reference),
			),
		);
		return items.length;
	}

	/** Batches from their making to their approval. */
	private async throughFinvis(): Promise<number> {
		const fromItems = this.chance(0.3);
		const operation = fromItems ? 'batch create from items' : 'batch create';
		const [first, ...more] = this.savers(this.random.integer(1, fromItems ? MOST_ROWS : MOST_ITEMS / 3));
		const items = [first, ...more].map((saver): Item => itemOf(this.reference(operation), saver, this.amount()));
		const batch = items[0].reference;
		const references = fromItems ? [batch] : items.map(({ reference }) => reference);
		const created = this.newCase(operation, '', fromItems ? items.map((item) => ({ ...item, batch })) : items, references);
		await this.live(created);
		await this.settle(created);
		const batches = await this.quietly(async () => await this.read.finvis('/payments/batches/'));
		const idOf = (name: string) => ({ id: batches.find((one) => one.name === name)?.id ?? '' });
		const submitted = this.newCase('batch submit', '', references.map(idOf), references);
		await this.live(submitted);
		await this.settle(submitted);
		const pending = await this.quietly(async () => await this.read.finvis('/approvals/pending'));
		const ids = references.map((name) => ({ id: pending.find((one) => one.object_id === idOf(name).id)?.id ?? '' }));
		const approved = this.newCase('approve', '', ids, references);
		await this.live(approved);
		await this.settle(approved);
		return 3 * references.length;
	}

	/** Under fire: runs a case, and again as people and n8n do, until all of it is done or they have had enough. */
	private async live(one: Case): Promise<void> {
		for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
			const told = await this.execute(one, {
				twice: this.chance(0.12),
				crash: this.chance(one.writes.length / WRITES_PER_CRASH),
			});
			// Sometimes an event comes again although all is well.
			if (told.every(isDone) && !this.chance(0.1)) return;
			if (this.chance(0.3)) await this.later();
			else if (this.chance(0.02)) await this.restart();
		}
	}

	/** What follows needs the objects: the last try is an undisturbed one. */
	private async settle(one: Case): Promise<void> {
		if (!one.writes.every(({ told }) => told.at(-1) !== undefined && isDone(told.at(-1) as Told)))
			await this.quietly(async () => await this.execute(one, { calm: true }));
	}

	private async execute(one: Case, { twice = false, crash = false, calm = false } = {}): Promise<Told[]> {
		const { node, ...parameters } = nodeOf(one.operation, one.client, this.facts);
		// Once the trouble is over a busy machine is none, and what one item has to tell keeps no other back.
		const options = { itemsAtOnce: one.itemsAtOnce, timeout: calm ? TIMEOUT_S : TIMEOUT_S / this.plan.speed };
		const executions = Array.from({ length: twice ? 2 : 1 }, async () => {
			this.counts.executions += 1;
			const shown = await this.host.run({
				node,
				workflowId: one.operation,
				executionId: String(this.counts.executions),
				settings: {
					...parameters,
					...(calm ? { onError: 'continueRegularOutput' as const } : one.settings),
					parameters: { ...parameters.parameters, options } as never,
				},
				items: one.items,
			});
			return toldOf(shown, one.writes.length);
		});
		if (crash) {
			await sleep(this.random.integer(0, 40 * one.writes.length));
			this.counts.crashes += 1;
			await this.host.crash();
		}
		const told = await Promise.all(executions);
		await this.judge(one, told);
		return told[0];
	}

	/** Holds what was told against what is there. */
	private async judge(one: Case, told: Told[][]): Promise<void> {
		// What was sent may still be worked on: a refusal is only judged when nothing can come any more.
		if (told.flat().some(({ outcome }) => outcome === 'rejected')) await this.calm();
		const executed = await this.executedOf(one);
		one.writes.forEach((write, index) => {
			const now = told.map((execution) => execution[index]);
			for (const mine of now) {
				const wrong = untruth(mine, executed(write), [...write.told, ...now]);
				if (wrong !== undefined) this.complain(write, mine, wrong);
			}
			write.told.push(...now);
			write.executions += now.length;
		});
	}

	private complain({ operation, reference, told }: Write, { outcome, text = '' }: Told, wrong: string): void {
		const before = told.map((one) => one.outcome).join(', ');
		this.untruths.push(`${operation} '${reference}' told as ${outcome}, but ${wrong} (told before: ${before || 'nothing'}) ${text}`);
	}

	/** How often a write of this case has been executed. */
	private async executedOf({ operation }: Case): Promise<(write: Write) => number> {
		const counts = new Map<string, number>();
		const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
		const isOfFondo = FONDO_OPERATIONS.some((name) => name === operation);
		if (isOfFondo) for (const { reference } of this.sandbox.admin.ledger()) count(reference);
		else {
			const isThere = ({ status }: Row) =>
				operation.startsWith('batch create') ||
				(operation === 'batch submit' ? status !== 'draft' : !['draft', 'pending_approval'].includes(String(status)));
			for (const batch of await this.quietly(async () => await this.read.finvis('/payments/batches/')))
				if (isThere(batch)) count(String(batch.name));
		}
		return ({ reference }) => counts.get(reference) ?? 0;
	}

	private light(): void {
		this.isLit = true;
		this.sandbox.admin.faults.add(troublesOf(this.plan.faults, this.plan.speed).map(({ fault }) => fault));
	}

	private quench(): void {
		this.isLit = false;
		const names = troublesOf(this.plan.faults, this.plan.speed).map(({ name }) => name);
		this.sandbox.admin.faults.list().forEach(({ applied }, index) => {
			const name = names[index];
			this.struck.set(name, (this.struck.get(name) ?? 0) + applied);
		});
		this.sandbox.admin.faults.clear();
	}

	private async quietly<T>(task: () => Promise<T>): Promise<T> {
		if (!this.isLit) return await task();
		this.quench();
		const result = await task();
		this.light();
		return result;
	}

	/** Until the slowest call has ended. */
	private async calm(): Promise<void> {
		await sleep((50 * 1000) / this.plan.speed);
	}

	/** Ten minutes pass, in n8n and at both APIs. Nothing is under way then. */
	private async later(ms = TEN_MINUTES_MS + 60_000): Promise<void> {
		await this.calm();
		this.host.skip(ms);
		this.sandbox.admin.clock.advance(ms / 1000);
	}

	private async restart(): Promise<void> {
		this.counts.restarts += 1;
		await this.host.crash();
	}

	/** Long after, in a new process and undisturbed: every workflow once more. */
	private async again(): Promise<void> {
		this.quench();
		await this.later(3 * 86_400_000);
		await this.restart();
		for (const one of this.all) await this.execute(one, { calm: true });
	}

	private async result(): Promise<LaneResult> {
		await this.later(86_400_000);
		const executed = new Map<Write, number>();
		for (const one of this.all) {
			const of = await this.executedOf(one);
			for (const write of one.writes) executed.set(write, of(write));
		}
		const paid = new Map<string, number>();
		for (const { api, reference } of this.sandbox.admin.ledger()) if (api === 'finvis') paid.set(reference, (paid.get(reference) ?? 0) + 1);
		const expected = this.all
			.filter(({ operation }) => operation.startsWith('batch create'))
			.flatMap(({ items }) =>
				items.map(({ reference, batch }, index) =>
					batch === undefined || items.length === 1 ? `${batch ?? reference}` : `${batch}-${index + 1}`,
				),
			);
		const others = [...new Set([...expected, ...paid.keys()])].filter((name) => paid.get(name) !== 1 || !expected.includes(name));
		return {
			writes: this.all.flatMap(({ writes }) => writes),
			executed,
			untruths: this.untruths,
			struck: this.struck,
			calls: this.sandbox.admin.requests().at(-1)?.seq ?? 0,
			...this.counts,
			payments: { once: expected.length - others.length, others },
		};
	}
}
