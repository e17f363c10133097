import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 300;

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function holder(file) {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

function take(file) {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		return false;
	}
}

/** Takes the lock: { release } or, when a living process holds it, { holder }. A lock left behind is taken over. */
export function tryLock(file) {
	mkdirSync(dirname(file), { recursive: true });
	for (;;) {
		if (take(file)) return { release: () => rmSync(file, { force: true }) };
		const pid = holder(file);
		if (!pid || isAlive(pid)) return { holder: pid };
		rmSync(file, { force: true });
	}
}

/** Lets one process at a time do the work. */
export async function withLock(file, work) {
	let lock = tryLock(file);
	if (!lock.release) console.log(`  waiting for process ${lock.holder ?? '?'}, which is at the same work`);
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
