import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const KILL_AFTER_MS = 15_000;
const running = new Set();

// Each program leads a process group of its own, so that it ends with everything it has started itself, and only that.
function signal({ pid }, name) {
	if (pid === undefined) return;
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

/** Spawns a program that is stopped with this process, however this process ends. */
export function spawnOwned(command, args, options) {
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
	running.add(child);
	child.once('close', () => running.delete(child)).once('error', () => running.delete(child));
	return child;
}

const endOf = async (child) => await new Promise((resolve) => child.once('close', resolve).once('error', resolve));

export async function stop(child) {
	if (!running.has(child)) return;
	const ended = endOf(child);
	signal(child, 'SIGTERM');
	const patience = new AbortController();
	const killer = sleep(KILL_AFTER_MS, undefined, { signal: patience.signal }).then(
		() => signal(child, 'SIGKILL'),
		() => undefined,
	);
	await ended;
	patience.abort();
	await killer;
}

/** Ends a program as a crash does: it can put nothing in order. */
export async function kill(child) {
	if (!running.has(child)) return;
	const ended = endOf(child);
	signal(child, 'SIGKILL');
	await ended;
}

/** Stops whatever is still running, the latest first. */
export async function stopAll() {
	for (const child of [...running].reverse()) await stop(child);
}

process.on('exit', () => {
	for (const child of running) signal(child, 'SIGKILL');
});
