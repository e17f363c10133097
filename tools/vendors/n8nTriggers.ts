/** What n8n does around a trigger: it publishes, polls, calls the webhook, stops and starts, and runs the executions. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FinvisType, FondoType } from '../../test/support/n8n';
import type { Shown } from './judge';
import type { NodeProcess } from './nodeProcess';
import type { TestClock } from './testClock';

type Engine = InstanceType<NodeProcess['Engine']>;
type ShownError = NonNullable<Shown['error']>;

export interface TriggerOptions {
	readonly type: FondoType | FinvisType;
	readonly parameters: INodeParameters;
	readonly credential: IDataObject;
	readonly clock: TestClock;
}

/** n8n stores what it shows of an error: name, message and description. */
const shownError = (error: unknown): ShownError => {
	const { name, message, description } = error as ShownError;
	return { name, message, description: description ?? undefined };
};

/** The workflow for which n8n works: what it logs meanwhile is about its trigger. */
const working = new AsyncLocalStorage<TriggeredWorkflow>();

/** n8n's log, by workflow. */
export const noteWarning = (text: string): void => void working.getStore()?.warnings.push(text);

/** One workflow with one trigger. Its stored data outlive a process of n8n. */
export abstract class TriggeredWorkflow {
	readonly items: IDataObject[] = [];
	readonly errors: ShownError[] = [];
	readonly warnings: string[] = [];
	protected staticData: IDataObject = {};
	protected engine: Engine | undefined;
	private executions = 0;
	private hasStarted = false;

	constructor(protected readonly options: TriggerOptions) {}

	protected get settings() {
		return { parameters: this.options.parameters };
	}

	/** The first start publishes the workflow. */
	async start({ Engine }: NodeProcess): Promise<void> {
		const engine = new Engine(this.options.type, this.options.credential);
		const activation = this.hasStarted ? 'init' : 'activate';
		this.hasStarted = true;
		try {
			await this.inTime(async () => await this.open(engine, activation));
			this.engine = engine;
		} catch (error) {
			this.errors.push(shownError(error));
		}
	}

	async stop(): Promise<void> {
		if (this.engine !== undefined) await this.inTime(async () => await this.close());
		this.engine = undefined;
	}

	/** Lets time pass until the work for this workflow has ended. */
	protected async inTime<T>(work: () => Promise<T>): Promise<T> {
		return await this.options.clock.during(working.run(this, work));
	}

	/** Runs the trigger node in the execution that it starts, as n8n does. */
	protected async execute(engine: Engine, items: IDataObject[], mode: 'trigger' | 'webhook'): Promise<void> {
		this.executions += 1;
		const around = { mode, workflowId: this.options.type, executionId: String(this.executions) };
		const { json, error } = await engine.run(this.settings, items, around);
		if (error) this.errors.push(shownError(error));
		this.items.push(...json);
	}

	protected abstract open(engine: Engine, activation: 'init' | 'activate'): Promise<void>;
	protected abstract close(): Promise<void>;
}

/** A trigger that starts executions by itself. */
export class ListeningWorkflow extends TriggeredWorkflow {
	private running: Awaited<ReturnType<Engine['trigger']>> | undefined;

	protected async open(engine: Engine, activation: 'init' | 'activate'): Promise<void> {
		this.running = await engine.trigger(this.settings, {
			activation,
			staticData: this.staticData,
			workflowId: this.options.type,
			execute: async (items) => await this.execute(engine, items, 'trigger'),
		});
		// n8n stores the data of a workflow after each start of an execution, and after publishing.
		this.staticData = this.running.staticData;
	}

	protected async close(): Promise<void> {
		this.staticData = this.running?.saved ?? this.staticData;
		this.errors.push(...[...(this.running?.errors ?? []), ...(this.running?.failed ?? [])].map(shownError));
		await this.running?.close();
		this.running = undefined;
	}
}

export class PollingWorkflow extends TriggeredWorkflow {
	private round: ReturnType<Engine['poller']> | undefined;

	protected async open(engine: Engine, activation: 'init' | 'activate'): Promise<void> {
		this.round = engine.poller(this.settings, { activation, staticData: this.staticData, workflowId: this.options.type });
		await this.pollOnce();
	}

	protected async close(): Promise<void> {
		this.round = undefined;
		await Promise.resolve();
	}

	async poll(): Promise<void> {
		if (this.engine === undefined) return;
		// n8n shows the error of a poll as a failed execution, and polls again.
		await this.inTime(async () => await this.pollOnce()).catch((error: unknown) => this.errors.push(shownError(error)));
	}

	private failed = 0;

	private async pollOnce(): Promise<void> {
		if (this.round === undefined) return;
		const { json, errors, staticData } = await this.round();
		this.items.push(...json);
		this.errors.push(...errors.slice(this.failed).map(shownError));
		this.failed = errors.length;
		this.staticData = staticData;
	}
}

export class WebhookWorkflow extends TriggeredWorkflow {
	private running: Awaited<ReturnType<Engine['trigger']>> | undefined;
	/** The caller gets no answer to what n8n has received. */
	losesAnswers = false;

	constructor(
		options: TriggerOptions,
		private readonly receiver: Receiver,
		/** Whether the node registers its address itself. */
		private readonly isRegistered: boolean,
	) {
		super(options);
		receiver.onCall = async (rawBody, headers) => await working.run(this, async () => await this.call(rawBody, headers));
	}

	private get around() {
		return { workflowId: this.options.type, base: this.receiver.url, staticData: this.staticData };
	}

	protected async open(engine: Engine, activation: 'init' | 'activate'): Promise<void> {
		if (!this.isRegistered) return;
		const hook = async (method: 'checkExists' | 'create') => {
			const { result, staticData } = await engine.hook(this.settings, method, { ...this.around, activation });
			this.staticData = staticData;
			return result;
		};
		if (!(await hook('checkExists'))) await hook('create');
		this.running = await engine.trigger(this.settings, { ...this.around, activation });
	}

	protected async close(): Promise<void> {
		this.errors.push(...[...(this.running?.errors ?? []), ...(this.running?.failed ?? [])].map(shownError));
		await this.running?.close();
		this.running = undefined;
	}

	/** The status of n8n's answer, undefined where none arrives. */
	private async call(rawBody: Buffer, headers: Record<string, string>): Promise<number | undefined> {
		const { engine } = this;
		if (engine === undefined) return 503;
		try {
			const { json, status } = await engine.webhook(this.settings, { ...this.around, rawBody, headers });
			if (json) await this.execute(engine, json, 'webhook');
			return this.losesAnswers ? undefined : status;
		} catch (error) {
			this.errors.push(shownError(error));
			return 500;
		}
	}
}

/** The address at which n8n is called. */
export class Receiver {
	private readonly responses = new WeakSet<ServerResponse>();
	onCall: (rawBody: Buffer, headers: Record<string, string>) => Promise<number | undefined> = async () => await Promise.resolve(503);

	private constructor(private readonly server: Server) {
		server.on('request', (request, response) => {
			this.responses.add(response);
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const answer = (status: number | undefined) => {
					if (status === undefined) request.socket.destroy();
					else response.writeHead(status).end();
				};
				void this.onCall(Buffer.concat(chunks), request.headers as Record<string, string>).then(answer, () => answer(500));
			});
		});
	}

	static async open(): Promise<Receiver> {
		const server = createServer();
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new Receiver(server);
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	has(response: ServerResponse): boolean {
		return this.responses.has(response);
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
