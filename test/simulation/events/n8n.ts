/** n8n 2.41 around the Fondo Trigger: its database, its processes, and the executions that they start. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IRun,
	ITriggerFunctions,
	ITriggerResponse,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { fondo } from '../../../nodes/Fondo/api';
import { executeTrigger } from '../../../nodes/Fondo/events/execute';
import { ofClosedTriggers } from '../../../nodes/Fondo/events/outbox/store';
import { listen } from '../../../nodes/Fondo/events/stream/listen';
import type { Judge } from './judge';
import type { Host as Settings } from './schedule';
import { SimulatedSocket } from './socket';
import type { Owner, Time } from './time';
import type { Vendor } from './vendor';

const WORKFLOW = { id: 'workflow', name: 'Workflow', active: true };
const NODE = {
	id: 'node',
	name: 'Fondo Trigger',
	type: 'fondoTrigger',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What survives every process. */
export class Database {
	staticData = '{}';
	/** Keys of executions. One that never began gives its key to the next. */
	readonly executions = new Map<string, 'new' | 'running' | 'ended'>();
	/** The memory of Remove Duplicates. */
	readonly marks = new Set<string>();
	/** n8n cannot start the next executions. */
	refusals = 0;
}

type Emit = ITriggerFunctions['emit'];
type Done = Parameters<Emit>[2];

let processes = 0;

/** One process of n8n, with at most one open trigger. */
export class Process implements Owner {
	isDead = false;
	private lives = 0;
	private savedAt = 0;
	private closed: Array<readonly [string, never]> = [];
	private closeTrigger: ITriggerResponse['closeFunction'];
	private readonly id = (processes += 1);
	/** Executions that have begun, until they have decided what they deliver. */
	private readonly undecided = new Set<() => void>();

	constructor(
		private readonly time: Time,
		private readonly vendor: Vendor,
		private readonly database: Database,
		private readonly judge: Judge,
		private readonly settings: Settings,
		private readonly clients: readonly string[],
	) {}

	/** Runs synchronous code of the trigger with the memory of this process. */
	private inside<T>(work: () => T): T {
		ofClosedTriggers.clear();
		for (const [key, journal] of this.closed) ofClosedTriggers.set(key, journal);
		const { owner } = this.time;
		this.time.owner = this;
		try {
			return work();
		} finally {
			this.time.owner = owner;
			this.closed = [...ofClosedTriggers] as never;
		}
	}

	/** n8n opens and closes the triggers of a workflow one after another. */
	async open(activation: WorkflowActivateMode) {
		const { database, judge, time } = this;
		const staticData = JSON.parse(database.staticData) as IDataObject;
		const session = judge.opened();
		this.lives += 1;
		const context = this.triggerContext(staticData, activation, session);
		let isOpening = true;
		const opening = this.inside(async () => await listen(context, fondo));
		opening.then(
			({ closeFunction }) => {
				isOpening = false;
				database.staticData = JSON.stringify(staticData);
				this.closeTrigger = closeFunction;
			},
			(error: Error) => {
				isOpening = false;
				judge.broken('Opens', `The trigger does not open: ${error.message}`);
			},
		);
		while (isOpening) await time.pass(50);
	}

	close(how: 'term' | 'leader' | 'update' | 'republish') {
		const { closeTrigger } = this;
		this.judge.closed(how);
		this.closeTrigger = undefined;
		if (closeTrigger) this.inside(() => void closeTrigger());
	}

	/** SIGKILL. */
	die() {
		this.judge.closed('kill');
		this.end();
	}

	/** Nothing of this process goes on. */
	end() {
		this.isDead = true;
		for (const decide of this.undecided) decide();
		SimulatedSocket.closeAllOf(this);
	}

	private base(more: object) {
		const { settings, clients, lives } = this;
		const parameters: Record<string, unknown> = {
			clients,
			objects: settings.objects.some((name) => ['plan', 'note'].includes(name)) ? [...settings.objects, 'other'] : settings.objects,
			otherObjects: 'plan, note',
			'options.gatherSeconds': settings.gatherSeconds,
			'options.oneAtATime': settings.oneAtATime,
			'options.checkMinutes': settings.checkMinutes,
			'options.catchUpAfterPause': settings.catchUpAfterPause,
		};
		// Each process has a connection state of its own: the state belongs to the partner's ID.
		const credential = { environment: 'local', clientId: `partner ${this.id} ${lives}`, clientSecret: 'secret', accessToken: 'token' };
		return {
			getMode: () => 'trigger',
			getWorkflow: () => WORKFLOW,
			getNode: () => NODE,
			getNodeParameter: (name: string, otherwise: unknown) => parameters[name] ?? otherwise,
			getCredentials: async () => await Promise.resolve({ ...credential }),
			logger: SILENT,
			...more,
		};
	}

	private triggerContext(staticData: IDataObject, activation: WorkflowActivateMode, session: number): ITriggerFunctions {
		const { vendor, time } = this;
		return this.base({
			getActivationMode: () => activation,
			getWorkflowStaticData: () => staticData,
			saveFailedExecution: () => undefined,
			emit: this.emitter(staticData, session),
			helpers: {
				httpRequest: async () => await Promise.resolve({ statusCode: 503, body: '', headers: {} }),
				httpRequestWithAuthentication: async (_: string, { url, qs }: { url: string; qs?: IDataObject }) =>
					await new Promise((resolve) => {
						time.after(
							time.between(5, 60),
							() => {
								const { statusCode, body } = vendor.handle(new URL(url).pathname, qs ?? {});
								const headers = { date: vendor.date(), 'content-type': 'application/json' };
								time.after(time.between(5, 60), () => resolve({ statusCode, headers, body: JSON.stringify(body) }), this);
							},
							this,
						);
					}),
			},
		}) as unknown as ITriggerFunctions;
	}

	private emitter(staticData: IDataObject, session: number): Emit {
		const { time, database, judge } = this;
		return ([items], _response, done, key = '') => {
			if (this.isDead) return;
			const snapshot = JSON.stringify(staticData);
			const emittedAt = time.now;
			const isRefused = database.refusals > 0;
			if (isRefused) database.refusals -= 1;
			judge.saved(snapshot);
			// Saves reach the database in their order.
			this.savedAt = Math.max(this.savedAt, time.now + time.between(1, 8));
			const save = () => {
				database.staticData = snapshot;
				judge.stored(emittedAt);
			};
			if (!(isRefused && time.random() < 0.5)) time.after(this.savedAt - time.now, save, this);
			const row = () => {
				if (isRefused) return done?.reject(new Error('the database is locked'));
				const known = database.executions.get(key);
				if (known === 'running' || known === 'ended') return done?.resolve(undefined as never);
				database.executions.set(key, 'new');
				time.after(time.between(1, 5), () => this.execute(items, done, key, session), this);
			};
			time.after(isRefused ? time.between(2, 1_500) : time.between(2, 20), row, this);
		};
	}

	private execute(items: INodeExecutionData[], done: Done, key: string, session: number) {
		const { time, database, judge, settings } = this;
		database.executions.set(key, 'running');
		const execution = judge.began(session);
		const decide = () => judge.decided(execution, items, false);
		this.undecided.add(decide);
		const trigger = this.base({});
		const context = this.base({
			getInputData: () => items,
			getWorkflowSettings: () => ({ saveDataSuccessExecution: settings.keeps ? 'all' : 'none' }),
			getExecutionId: () => String(execution),
			// An execution gives the item between the name and the default.
			getNodeParameter: (name: string, _item: number, otherwise: unknown) => trigger.getNodeParameter(name, otherwise as never),
			helpers: { checkProcessedAndRecord: this.remember },
		}) as unknown as IExecuteFunctions;
		void executeTrigger(context, async () => await Promise.reject(new Error('not listening'))).then(([passed]) => {
			if (this.isDead) return;
			this.undecided.delete(decide);
			judge.decided(execution, passed, true);
			const end = () => {
				if (settings.keeps) database.executions.set(key, 'ended');
				else database.executions.delete(key);
				done?.resolve({ status: 'success', finished: true } as IRun);
			};
			time.after(passed.length === 0 ? 1 : time.between(1, 2 * settings.executionMs), end, this);
		});
	}

	/** n8n reads the whole row of marks, and writes it milliseconds later. A dead process marks nothing, and does not block the others. */
	private readonly remember = async (marks: string[]) => {
		const { time, database } = this;
		if (this.isDead) return { new: [], processed: [] };
		return await new Promise<{ new: string[]; processed: string[] }>((resolve) => {
			const nothing = () => resolve({ new: [], processed: [] });
			this.undecided.add(nothing);
			time.after(
				time.between(1, 15),
				() => {
					this.undecided.delete(nothing);
					const processed = marks.filter((mark) => database.marks.has(mark));
					for (const mark of marks) database.marks.add(mark);
					resolve({ new: marks.filter((mark) => !processed.includes(mark)), processed });
				},
				this,
			);
		});
	};
}
