/** What happens around the triggers of one API in fifteen minutes: changes of objects, cuts, restarts, and lost answers. */
import type { SandboxAdmin } from '../../sandbox';
import { behaviourOf } from '../../sandbox/vendors';
import type { Api, Behaviour } from '../../sandbox/vendors/position';
import { bodyOf } from '../harness/fetchPatiently';
import { type Database, type NodeProcess, startProcess } from './nodeProcess';
import { noteWarning, PollingWorkflow, type TriggeredWorkflow, WebhookWorkflow } from './n8nTriggers';
import type { TestClock } from './testClock';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
/** Each trigger is tried over at least so many changes. */
export const CHANGES = 20;
const POLL_EVERY = MINUTE;
/** A vendor sends a webhook that was not answered well again once a minute, up to so many times in all. */
const MOST_TRIES = 5;
/** A heartbeat of the stream is a step of the clock. */
const LONGEST_STEP = 15 * SECOND;

export interface Stage {
	readonly api: Api;
	/** The address of the API with everything that each path has in common. */
	readonly baseUrl: string;
	readonly admin: SandboxAdmin;
	readonly clock: TestClock;
	readonly names: readonly string[];
	readonly workflows: readonly TriggeredWorkflow[];
	readonly onPublished: () => void;
	/** n8n loses its memory with each restart. */
	readonly forgets: boolean;
}

/** A vendor, n8n with its triggers, and a caller that is neither. */
export class Scenario {
	readonly start: number;
	readonly vendor: Behaviour;
	/** Moments, from and to, in which no connection of the event stream was open. */
	private readonly gaps: Array<{ readonly from: number; to: number }> = [];
	private database: Database = new Map();
	private isUp = false;
	private nextPoll: number;
	publishedAt = Infinity;

	constructor(private readonly stage: Stage) {
		const { clock, api, names } = stage;
		this.start = clock.now();
		this.nextPoll = this.start + POLL_EVERY;
		this.vendor = behaviourOf(api, names);
		clock.onStep = () => this.noteGap();
	}

	/** Lets time pass to a second of the scenario, with polls and repeated webhooks on the way. */
	async at(second: number): Promise<void> {
		const moment = this.start + second * SECOND;
		const { clock } = this.stage;
		while (this.nextPoll <= moment) {
			await clock.passUntil(this.nextPoll);
			this.nextPoll += POLL_EVERY;
			if (this.isUp) await this.round();
		}
		await clock.passUntil(moment);
	}

	async startN8n(): Promise<void> {
		if (this.stage.forgets) this.database = new Map();
		const process: NodeProcess = startProcess(this.database, this.stage.clock);
		process.listenToLog(noteWarning);
		for (const workflow of this.stage.workflows) await workflow.start(process);
		if (this.publishedAt === Infinity) {
			this.publishedAt = this.stage.clock.now();
			this.stage.onPublished();
		}
		this.isUp = true;
		await this.sendAgain();
	}

	async stopN8n(): Promise<void> {
		this.isUp = false;
		for (const workflow of this.stage.workflows) await workflow.stop();
	}

	/** n8n gets webhooks, and its answers do not arrive. */
	loseAnswers(losesAnswers: boolean): void {
		for (const workflow of this.stage.workflows) if (workflow instanceof WebhookWorkflow) workflow.losesAnswers = losesAnswers;
	}

	/** A call of another program. What it does is in the books; its answer may have any form. */
	async call(method: string, path: string, token: string, body?: unknown): Promise<void> {
		const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
		const response = await fetch(`${this.stage.baseUrl}${path}`, {
			method,
			headers,
			redirect: 'manual',
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		await response.arrayBuffer();
	}

	/** A read of another program, which the vendor answers as the contract is written. */
	async asWritten<T>(read: () => Promise<T>): Promise<T> {
		const { admin, names } = this.stage;
		admin.vendor.set([]);
		const rows = await read();
		admin.vendor.set(names);
		return rows;
	}

	async token(path: string, client: string): Promise<string> {
		const form = { grant_type: 'client_credentials', client_id: client, client_secret: `${client}-secret` };
		return await this.asWritten(async () => {
			const response = await fetch(`${this.stage.baseUrl}${path}`, { method: 'POST', body: new URLSearchParams(form) });
			return (await bodyOf<{ access_token: string }>(response)).access_token;
		});
	}

	/** Cuts the event stream. */
	cut(): void {
		const { admin, clock } = this.stage;
		admin.stream.cut();
		this.gaps.push({ from: clock.now(), to: clock.now() });
	}

	/** Whether no stream was open at some time between two moments. */
	wasCut(from: number, to: number): boolean {
		return this.gaps.some((gap) => gap.from <= to && gap.to >= from);
	}

	private noteGap(): void {
		const { admin, clock } = this.stage;
		if (admin.stream.connections() > 0) return;
		const last = this.gaps.at(-1);
		if (last !== undefined && clock.now() - last.to <= LONGEST_STEP) last.to = clock.now();
		else this.gaps.push({ from: clock.now() - LONGEST_STEP, to: clock.now() });
	}

	private async round(): Promise<void> {
		for (const workflow of this.stage.workflows) if (workflow instanceof PollingWorkflow) await workflow.poll();
		await this.sendAgain();
	}

	/** The vendor sends the webhooks again that were not answered well. */
	private async sendAgain(): Promise<void> {
		const { admin, clock } = this.stage;
		const ids = new Set(admin.deliveries().map(({ id }) => id));
		for (const id of ids) {
			const tries = admin.deliveries().filter((delivery) => delivery.id === id);
			const isDone = tries.some(({ state }) => state !== 'failed');
			if (!isDone && tries.length < MOST_TRIES) await clock.during(admin.webhooks.redeliver(id));
		}
	}
}
