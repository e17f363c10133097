import { join } from 'node:path';
import { Failure } from '../failure.mjs';
import { projectRoot } from '../project.mjs';
import { startService } from '../service.mjs';

const START_TIMEOUT_MS = 60_000;
const HOUR = 3_600;

/** Starts both simulated APIs: { fondoUrl, finvisUrl, admin, stop() }. */
export async function startSandbox({ fondoPort, finvisPort, adminPort, logFile }) {
	const adminUrl = `http://127.0.0.1:${adminPort}`;
	const admin = async (method, path, body) => {
		const response = await fetch(`${adminUrl}${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: body && JSON.stringify(body),
		});
		if (!response.ok) throw new Failure(`The sandbox answered ${response.status} to ${method} ${path}: ${await response.text()}`);
		return await response.json();
	};
	const ports = ['--fondo-port', fondoPort, '--finvis-port', finvisPort, '--admin-port', adminPort].map(String);
	const { stop } = await startService('The sandbox', process.execPath, [join(projectRoot, 'tools', 'sandbox', 'cli.mjs'), ...ports], {
		cwd: projectRoot,
		logFile,
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => (await admin('GET', '/health')).status === 'ready',
	});
	return {
		fondoUrl: `http://127.0.0.1:${fondoPort}`,
		finvisUrl: `http://127.0.0.1:${finvisPort}/public`,
		admin,
		ledger: async () => (await admin('GET', '/ledger')).entries,
		/** Lets the sandbox's clock run until the condition holds; what takes banks hours takes us moments. */
		async advanceUntil(condition, maxHours = 72) {
			for (let hour = 0; !(await condition()); hour += 1) {
				if (hour === maxHours) throw new Failure(`The sandbox did not get there within ${maxHours} of its hours`);
				await admin('POST', '/clock', { advanceSeconds: HOUR });
			}
		},
		stop,
	};
}
