import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../base/failure';
import { kill, spawnOwned, stop } from '../base/processes';
import { excerptOf } from '../base/run';

const POLL_MS = 200;

export interface Service {
	readonly pid: number | undefined;
	/** SIGTERM; done when the program has ended. */
	stop(): Promise<void>;
	/** SIGKILL; done when the program has ended. */
	kill(): Promise<void>;
}

export interface ServiceOptions {
	readonly logFile: string;
	readonly isReady: () => Promise<boolean>;
	readonly timeoutMs: number;
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	readonly uid?: number;
	readonly gid?: number;
}

/** Starts a long-running program that logs to `logFile`, and waits until `isReady` gives true. The program ends with this process at the latest. */
export async function startService(
	title: string,
	command: string,
	args: readonly string[],
	{ logFile, isReady, timeoutMs, ...options }: ServiceOptions,
): Promise<Service> {
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'w');
	const child = spawnOwned(command, args, { ...options, stdio: ['ignore', log, log] });
	closeSync(log);
	const ended: string[] = [];
	child.once('error', (error) => ended.push(error.message));
	child.once('exit', (code, signal) => ended.push(`it ended with ${code ?? signal}`));
	const deadline = Date.now() + timeoutMs;
	while (!(await isReady().catch(() => false))) {
		if (Date.now() > deadline) ended.push(`it was not ready after ${timeoutMs / 1000} s`);
		if (ended.length > 0) {
			await stop(child);
			throw new Failure(`${title} did not start: ${ended[0]}\n${excerptOf(readFileSync(logFile, 'utf8'))}`, `read ${logFile}`);
		}
		await sleep(POLL_MS);
	}
	return { pid: child.pid, stop: async () => await stop(child), kill: async () => await kill(child) };
}

/** A service that can start again with the same settings, here or in another process (see processControl). */
export interface Restartable {
	start(): Promise<void>;
	stop(): Promise<void>;
	kill(): Promise<void>;
}

export function restartable(start: () => Promise<Service>): Restartable & { readonly pid: number | undefined } {
	let running: Service | undefined;
	return {
		get pid() {
			return running?.pid;
		},
		start: async () => {
			running = await start();
		},
		stop: async () => await running?.stop(),
		kill: async () => await running?.kill(),
	};
}
