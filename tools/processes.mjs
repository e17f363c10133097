import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.mjs';

const KILL_AFTER_MS = 15_000;
const POLL_MS = 200;
const LOG_LINES = 20;
const running = new Set();

// Each process leads a group of its own, so that it ends with everything it has started itself, and only that.
function signal(pid, name) {
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-pid, name);
	} catch (error) {
		if (error.code !== 'ESRCH') throw error;
	}
}

const lastLines = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).map((line) => `  | ${line}`).join('\n');

/** Starts a program that stays up, its output going to `logFile`: { pid, ready(check), stop() }. */
export function startProcess(title, command, args, { logFile, ...options }) {
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'w');
	const child = spawn(command, args, { ...options, stdio: ['ignore', log, log], detached: process.platform !== 'win32' });
	closeSync(log);
	const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
	const isUp = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
	const entry = {
		pid: child.pid,
		async ready(check, timeoutMs) {
			const deadline = Date.now() + timeoutMs;
			while (!(await check().catch(() => false))) {
				if (!isUp()) throw new Failure(`${title} ended before it was ready. Its last lines:\n${lastLines(logFile)}`, `read ${logFile}`);
				if (Date.now() > deadline) throw new Failure(`${title} was not ready after ${timeoutMs / 1000} s`, `read ${logFile}`);
				await sleep(POLL_MS);
			}
		},
		async stop() {
			if (isUp()) signal(child.pid, 'SIGTERM');
			const killer = setTimeout(() => signal(child.pid, 'SIGKILL'), KILL_AFTER_MS);
			await ended;
			clearTimeout(killer);
			running.delete(entry);
		},
	};
	running.add(entry);
	return entry;
}

/** Stops whatever is still running, the latest first. */
export async function stopProcesses() {
	for (const entry of [...running].reverse()) await entry.stop();
}

// The last resort when this process ends without having stopped them.
process.on('exit', () => {
	for (const { pid } of running) signal(pid, 'SIGKILL');
});
