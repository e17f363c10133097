// @ts-check
const { spawn, spawnSync } = require('node:child_process');
const { setTimeout: sleep } = require('node:timers/promises');
const { codeOf } = require('./lock');

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const KILL_AFTER_MS = 15_000;

/** @type {Set<ChildProcess>} */
const running = new Set();

/**
 * Sends a signal to the process group of a program. Each program leads a group of its own, so it ends with everything it started.
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function signal({ pid }, name) {
	if (pid === undefined) return;
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-pid, name);
	} catch (error) {
		if (codeOf(error) !== 'ESRCH') throw error;
	}
}

/**
 * The environment without what jest adds for itself: n8n and its lint rules behave differently under NODE_ENV=test.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutJest({ JEST_WORKER_ID: _, ...env }) {
	if (env.NODE_ENV === 'test') delete env.NODE_ENV;
	return env;
}

/**
 * Spawns a program that stops with this process, however this process ends.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {ChildProcess}
 */
function spawnOwned(command, args, options) {
	const env = withoutJest({ ...(options.env ?? process.env) });
	const child = spawn(command, args, { ...options, env, detached: process.platform !== 'win32' });
	running.add(child);
	child.once('close', () => running.delete(child)).once('error', () => running.delete(child));
	return child;
}

/** @param {ChildProcess} child */
const endOf = async (child) => await new Promise((resolve) => child.once('close', resolve).once('error', resolve));

/**
 * Ends a program with SIGTERM, and with SIGKILL when it still runs 15 s later.
 * @param {ChildProcess} child
 */
async function stop(child) {
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

/**
 * Ends a program as a crash does, with SIGKILL: it cannot clean up.
 * @param {ChildProcess} child
 */
async function kill(child) {
	if (!running.has(child)) return;
	const ended = endOf(child);
	signal(child, 'SIGKILL');
	await ended;
}

/** Stops every program that still runs, the latest first. */
async function stopAll() {
	for (const child of [...running].reverse()) await stop(child);
}

process.on('exit', () => {
	for (const child of running) signal(child, 'SIGKILL');
});

module.exports = { spawnOwned, stop, kill, stopAll };
