import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project.mjs';
import { startService } from '../service.mjs';
import { sandboxAt } from './client.mjs';

const START_TIMEOUT_MS = 60_000;
const READY_LINE = 'SANDBOX_READY ';

/** Starts both simulated APIs and resolves when they answer. `speed` is that of their clock, which is ahead for good once it was fast. */
export async function startSandbox(ports, logFile, { speed } = {}) {
	const sandbox = sandboxAt(ports);
	const { fondo, finvis, admin } = ports;
	const options = ['--fondo-port', fondo, '--finvis-port', finvis, '--admin-port', admin].map(String);
	if (speed !== undefined) options.push('--speed', String(speed));
	await startService('The sandbox', process.execPath, [join(projectRoot, 'tools', 'sandbox', 'cli.mjs'), ...options], {
		cwd: projectRoot,
		logFile,
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => readFileSync(logFile, 'utf8').includes(READY_LINE),
	});
	return sandbox;
}
