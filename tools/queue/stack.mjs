import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { installN8n } from '../n8n-host/install.mjs';
import { startWebhookProcessor, startWorker } from '../n8n-host/start.mjs';
import { freePort } from '../ports.mjs';
import { step } from '../progress.mjs';
import { restartable } from '../service.mjs';
import { startSuiteStack, temporaryFolder } from '../suite.mjs';
import { startPostgres } from './postgres.mjs';
import { findPrograms } from './programs.mjs';
import { startRedis } from './redis.mjs';
import { queueSettings } from './settings.mjs';

const WORKERS = [1, 2];

async function startStores(dataFolder) {
	const programs = await findPrograms();
	const folder = temporaryFolder('stores');
	// The database runs as another user, who must be able to reach its own folder.
	chmodSync(folder, 0o755);
	return await step('Starting PostgreSQL and Redis', async () => ({
		postgres: await startPostgres(programs, folder, join(dataFolder, 'postgres.log')),
		redis: await startRedis(programs, folder, join(dataFolder, 'redis.log')),
	}));
}

/**
 * Starts n8n in queue mode on Redis and PostgreSQL: the main process, two workers and a webhook processor, with the package in all of them.
 * Gives what startSuiteStack gives, the address of webhooks, and `logs`, what each process writes: { main, webhooks, workers },
 * and the workers as `services` that can be killed and started again.
 */
export async function startQueueStack({ ports, webhookPort } = {}) {
	const dataFolder = temporaryFolder('queue');
	const stores = await startStores(dataFolder);
	const port = webhookPort ?? (await freePort());
	const webhookUrl = `http://127.0.0.1:${port}`;
	const env = queueSettings({ ...stores, webhookUrl, encryptionKey: randomBytes(24).toString('hex') });
	// The main process first: it prepares the database.
	const stack = await startSuiteStack(dataFolder, { ports, env });
	const host = await installN8n();
	const logs = {
		main: join(dataFolder, 'n8n.log'),
		webhooks: join(dataFolder, 'webhooks.log'),
		workers: WORKERS.map((number) => join(dataFolder, `worker-${number}.log`)),
	};
	const shared = { userFolder: dataFolder, env };
	const workers = logs.workers.map((logFile) =>
		restartable(async () => await startWorker(host, { ...shared, port: stack.ports.n8n, logFile })),
	);
	await step('Starting two workers and a webhook processor', async () => {
		await Promise.all([
			...workers.map(async (worker) => await worker.start()),
			startWebhookProcessor(host, { ...shared, port, logFile: logs.webhooks }),
		]);
	});
	const services = Object.fromEntries(workers.map((worker, index) => [`worker${WORKERS[index]}`, worker]));
	return { ...stack, webhookUrl, logs, services };
}
