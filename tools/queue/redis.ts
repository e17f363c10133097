import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../harness/ports';
import { startService } from '../harness/service';
import type { Programs } from './programs';

const START_TIMEOUT_MS = 30_000;

export interface Redis {
	readonly host: string;
	readonly port: number;
	readonly password: string;
}

/** Starts a Redis that saves nothing to disk. */
export async function startRedis({ redis }: Programs, folder: string, logFile: string): Promise<Redis> {
	const port = await freePort();
	const password = randomBytes(24).toString('hex');
	// A file, because other users of the machine can read the options of a program.
	const settings = join(folder, 'redis.conf');
	const lines = [`port ${port}`, 'bind 127.0.0.1', 'save ""', 'appendonly no', `dir "${folder}"`, `requirepass ${password}`];
	writeFileSync(settings, lines.join('\n'), { mode: 0o600 });
	await startService('Redis', redis, [settings], {
		logFile,
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => readFileSync(logFile, 'utf8').includes('eady to accept connections'),
	});
	return { host: '127.0.0.1', port, password };
}
