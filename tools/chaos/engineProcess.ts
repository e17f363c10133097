import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { FromEngine, Job, Shown, Time, ToEngine } from './messages';

interface Started {
	readonly child: ChildProcess;
	readonly ready: Promise<void>;
}

function start(): Started {
	const child = fork(join(__dirname, 'engineMain.ts'), {
		execArgv: ['--require', require.resolve('tsx/cjs')],
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const ready = new Promise<void>((resolve, reject) => {
		child.once('message', () => resolve());
		child.once('exit', (code) => reject(new Error(`A process of the nodes ended with ${code} before it was ready`)));
	});
	ready.catch(() => undefined);
	return { child, ready };
}

/** n8n's engine in a process that can be killed and replaced at once. This process keeps the engine's database. */
export class EngineProcess {
	private readonly database = new Map<string, unknown[]>();
	private readonly running = new Map<number, (shown: Shown | 'crashed') => void>();
	private current: Started | undefined;
	/** Loading takes seconds, and the engine must be back while the calls of the killed one are still in flight. */
	private spare: Started = start();
	private lastRun = 0;

	constructor(
		private readonly credentials: Record<Job['node'], IDataObject>,
		public time: Time,
	) {}

	async start(): Promise<void> {
		const { child, ready } = this.spare;
		await ready;
		this.current = this.spare;
		this.spare = start();
		child.on('message', (message: FromEngine) => this.receive(child, message));
		this.send({ kind: 'apis', credentials: this.credentials });
		this.send({ kind: 'time', time: this.time });
	}

	/** What the execution shows when it has ended; `crashed` when the process was killed before. */
	async run(job: Job): Promise<Shown | 'crashed'> {
		const id = ++this.lastRun;
		const shown = new Promise<Shown | 'crashed'>((resolve) => this.running.set(id, resolve));
		this.send({ kind: 'run', id, job });
		return await shown;
	}

	/** Moves the clock of the engine forward. */
	skip(ms: number): void {
		this.time = { ...this.time, skipped: this.time.skipped + ms };
		this.send({ kind: 'time', time: this.time });
	}

	/** Ends the process as a crash does, and starts the next one. */
	async crash(): Promise<void> {
		const { child } = this.current ?? {};
		this.current = undefined;
		child?.removeAllListeners('message');
		child?.kill('SIGKILL');
		for (const end of this.running.values()) end('crashed');
		this.running.clear();
		await this.start();
	}

	stop(): void {
		this.current?.child.kill('SIGKILL');
		this.spare.child.kill('SIGKILL');
	}

	private send(message: ToEngine): void {
		this.current?.child.send(message);
	}

	private receive(child: ChildProcess, message: FromEngine): void {
		if (message.kind === 'shown') {
			this.running.get(message.id)?.(message.shown);
			this.running.delete(message.id);
		} else if (message.kind !== 'ready') {
			if (message.kind === 'write') this.database.set(message.row, message.items);
			const answer: ToEngine = { kind: 'row', id: message.id, items: this.database.get(message.row) ?? [] };
			child.send(answer);
		}
	}
}
