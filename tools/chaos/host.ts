import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { FromN8n, Job, Shown, Time, ToN8n } from './messages';

interface Process {
	readonly child: ChildProcess;
	readonly ready: Promise<void>;
}

function begin(): Process {
	const child = fork(join(__dirname, 'n8nProcess.mjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const ready = new Promise<void>((resolve, reject) => {
		child.once('message', () => resolve());
		child.once('exit', (code) => reject(new Error(`A process of the nodes ended with ${code} before it began`)));
	});
	ready.catch(() => undefined);
	return { child, ready };
}

/** n8n as a process that can be killed and is there again at once, with its database here. */
export class Host {
	private readonly database = new Map<string, unknown[]>();
	private readonly running = new Map<number, (shown: Shown | 'crashed') => void>();
	private current: Process | undefined;
	/** Loading takes seconds; n8n shall be back while what it sent is still under way. */
	private spare: Process = begin();
	private lastRun = 0;

	constructor(
		private readonly credentials: Record<Job['node'], IDataObject>,
		public time: Time,
	) {}

	async start(): Promise<void> {
		const { child, ready } = this.spare;
		await ready;
		this.current = this.spare;
		this.spare = begin();
		child.on('message', (message: FromN8n) => this.hear(child, message));
		this.tell({ kind: 'apis', credentials: this.credentials });
		this.tell({ kind: 'time', time: this.time });
	}

	/** What the execution shows at its end; `crashed` when the process was killed before. */
	async run(job: Job): Promise<Shown | 'crashed'> {
		const id = ++this.lastRun;
		const shown = new Promise<Shown | 'crashed'>((resolve) => this.running.set(id, resolve));
		this.tell({ kind: 'run', id, job });
		return await shown;
	}

	/** Lets time pass at once. */
	skip(ms: number): void {
		this.time = { ...this.time, skipped: this.time.skipped + ms };
		this.tell({ kind: 'time', time: this.time });
	}

	/** Ends the process as a crash does, and starts the next. */
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

	private tell(message: ToN8n): void {
		this.current?.child.send(message);
	}

	private hear(child: ChildProcess, message: FromN8n): void {
		if (message.kind === 'shown') {
			this.running.get(message.id)?.(message.shown);
			this.running.delete(message.id);
		} else if (message.kind !== 'ready') {
			if (message.kind === 'write') this.database.set(message.row, message.items);
			const answer: ToN8n = { kind: 'row', id: message.id, items: this.database.get(message.row) ?? [] };
			child.send(answer);
		}
	}
}
