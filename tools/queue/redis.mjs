import { readFileSync } from 'node:fs';
import { freePort } from '../ports.mjs';
import { startService } from '../service.mjs';

const START_TIMEOUT_MS = 30_000;

/** Starts a Redis that keeps nothing: { host, port }. */
export async function startRedis({ redis }, folder, logFile) {
	const port = await freePort();
	const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder].map(String);
	await startService('Redis', redis, options, {
		logFile,
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => readFileSync(logFile, 'utf8').includes('eady to accept connections'),
	});
	return { host: '127.0.0.1', port };
}
