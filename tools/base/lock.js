// @ts-check
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const POLL_MS = 300;

/**
 * The code of a system error. Not by `instanceof Error`, because inside jest system errors are of another realm.
 * @param {unknown} error
 * @returns {unknown}
 */
const codeOf = (error) => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

/** @param {string} file */
function holderOf(file) {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/** @param {string} file */
function take(file) {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
		return false;
	}
}

/**
 * Takes the lock and returns how to release it, or returns the living process that holds it. The lock of a dead process is taken over.
 * @param {string} file
 * @returns {{ release: () => void, holder?: undefined } | { release?: undefined, holder: number | undefined }}
 */
function tryLock(file) {
	mkdirSync(dirname(file), { recursive: true });
	for (;;) {
		if (take(file)) return { release: () => rmSync(file, { force: true }) };
		const holder = holderOf(file);
		if (!holder || isAlive(holder)) return { holder };
		rmSync(file, { force: true });
	}
}

/**
 * Lets one process at a time do the work.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withLock(file, work) {
	let lock = tryLock(file);
	if (!lock.release) console.log(`  waiting for process ${lock.holder ?? '?'}, which does the same work`);
	while (!lock.release) {
		await sleep(POLL_MS);
		lock = tryLock(file);
	}
	try {
		return await work();
	} finally {
		lock.release();
	}
}

module.exports = { isAlive, tryLock, withLock, codeOf };
