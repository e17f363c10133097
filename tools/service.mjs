import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.mjs';
import { spawnOwned, stop } from './processes.mjs';
import { excerptOf } from './run.mjs';

const POLL_MS = 200;

/** Starts a program that stays up, writing to `logFile`, and waits until `isReady` says so. It ends with this process. */
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
}
