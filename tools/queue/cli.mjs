// `npm run test:queue`: n8n in queue mode, with two workers on Redis and PostgreSQL, and jest looking at who did what.
import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { installN8n } from '../n8n-host/install.mjs';
import { startWorker } from '../n8n-host/start.mjs';
import { step } from '../progress.mjs';
import { runSuite, startSuiteStack, temporaryFolder } from '../suite.mjs';
import { runTool } from '../tool.mjs';
import { startPostgres } from './postgres.mjs';
import { findPrograms } from './programs.mjs';
import { startRedis } from './redis.mjs';

await runTool(async () => {
	const programs = await findPrograms();
	const dataFolder = temporaryFolder('queue');
	const stores = temporaryFolder('stores');
	// The database runs as another user, who must be able to reach its own folder.
	chmodSync(stores, 0o755);
	const env = await step('Starting PostgreSQL and Redis', async () => ({
		...(await startPostgres(programs, stores, join(dataFolder, 'postgres.log'))),
		...(await startRedis(programs, stores, join(dataFolder, 'redis.log'))),
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	}));
	// n8n first: it prepares the database.
	const stack = await startSuiteStack(dataFolder, { env });
	const host = await installN8n();
	const workerLogs = [1, 2].map((number) => join(dataFolder, `worker-${number}.log`));
	await step('Starting two workers', async () => {
		const worker = { userFolder: dataFolder, port: stack.ports.n8n, env };
		await Promise.all(workerLogs.map(async (logFile) => await startWorker(host, { ...worker, logFile })));
	});
	await runSuite('queue', stack, { env: { FONDO_FINVIS_WORKERS: JSON.stringify(workerLogs) } });
});
