import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.mjs';
import { kill, spawnOwned, stop } from './processes.mjs';
import { excerptOf } from './run.mjs';

const POLL_MS = 200;

/**
 * Starts a program that stays up, writing to `logFile`, and waits until `isReady` says so: { pid, stop, kill }.
 * It ends with this process, if not before.
 */
export async function startService(title, command, args, { logFile, isReady, timeoutMs, ...options }) {
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'w');
	const child = spawnOwned(command, args, { ...options, stdio: ['ignore', log, log] });
	closeSync(log);
	let failure;
	child.once('error', (error) => (failure = error.message));
	child.once('exit', (code, signal) => (failure ??= `it ended with ${code ?? signal}`));
	const deadline = Date.now() + timeoutMs;
	while (!(await isReady().catch(() => false))) {
		if (Date.now() > deadline) failure ??= `it was not ready after ${timeoutMs / 1000} s`;
		if (failure) {
			await stop(child);
			throw new Failure(`${title} did not start: ${failure}\n${excerptOf(readFileSync(logFile, 'utf8'))}`, `read ${logFile}`);
		}
		await sleep(POLL_MS);
	}
	return { pid: child.pid, stop: async () => await stop(child), kill: async () => await kill(child) };
}

/** A service that can be started again as it was: { pid, start, stop, kill }. */
export function restartable(startIt) {
	let running;
	return {
		get pid() {
			return running.pid;
		},
		start: async () => {
			running = await startIt();
		},
		stop: async () => await running.stop(),
		kill: async () => await running.kill(),
	};
}
