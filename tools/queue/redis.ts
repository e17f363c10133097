import { readFileSync } from 'node:fs';
import { freePort } from '../harness/ports';
import { startService } from '../harness/service';
import type { Programs } from './programs';

const START_TIMEOUT_MS = 30_000;

export interface Redis {
	readonly host: string;
	readonly port: number;
}

/** Starts a Redis that saves nothing to disk. */
export async function startRedis({ redis }: Programs, folder: string, logFile: string): Promise<Redis> {
	const port = await freePort();
	const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder].map(String);
	await startService('Redis', redis, options, {
		logFile,
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => readFileSync(logFile, 'utf8').includes('eady to accept connections'),
	});
	return { host: '127.0.0.1', port };
}
