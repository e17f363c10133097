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

/** Lets one process at a time do the work; a lock left behind by a process that is gone is taken over. */
export async function withLock(file, work) {
	mkdirSync(dirname(file), { recursive: true });
	for (let waited = false; !take(file); ) {
		const pid = holder(file);
		if (pid && !isAlive(pid)) {
			rmSync(file, { force: true });
			continue;
		}
		if (!waited) console.log(`  waiting for process ${pid ?? '?'}, which is at the same work`);
		waited = true;
		await sleep(POLL_MS);
	}
	try {
		return await work();
	} finally {
		rmSync(file, { force: true });
	}
}
