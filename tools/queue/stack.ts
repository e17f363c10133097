import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { step } from '../base/progress';
import { installN8n } from '../harness/n8n/install';
import { startWebhookProcessor, startWorker } from '../harness/n8n/start';
import { freePort } from '../harness/ports';
import { restartable, type Restartable } from '../harness/service';
import { startFreshStack, temporaryFolder, type FreshStack, type StackOptions, type StackPorts } from '../harness/stack';
import { startPostgres } from './postgres';
import { findPrograms } from './programs';
import { startRedis } from './redis';
import { queueSettings } from './settings';

const WORKERS = [1, 2];

/** What each process of n8n writes. */
export interface QueueLogs {
	readonly main: string;
	readonly webhooks: string;
	readonly workers: readonly string[];
}

export interface QueueStack extends FreshStack {
	/** The address of production webhooks, without /webhook. */
	readonly webhookUrl: string;
	readonly logs: QueueLogs;
	/** The workers, named worker1 and worker2. */
	readonly services: Readonly<Record<string, Restartable>>;
}

/** PostgreSQL and Redis, each with a password of its own. */
export async function startStores(dataFolder: string) {
	const programs = await findPrograms();
	const folder = temporaryFolder('stores');
	// PostgreSQL runs as another user, who must be able to enter the folder.
	chmodSync(folder, 0o755);
	return await step('Starting PostgreSQL and Redis', async () => ({
		postgres: await startPostgres(programs, folder, join(dataFolder, 'postgres.log')),
		redis: await startRedis(programs, folder, join(dataFolder, 'redis.log')),
	}));
}

/** Starts n8n in queue mode on Redis and PostgreSQL: the main process, two workers and a webhook processor, each with the package. */
export async function startQueueStack({
	ports,
	webhookPort,
	env: more,
}: Pick<StackOptions, 'env'> & { ports?: StackPorts; webhookPort?: number } = {}): Promise<QueueStack> {
	const dataFolder = temporaryFolder('queue');
	const stores = await startStores(dataFolder);
	const port = webhookPort ?? (await freePort());
	const webhookUrl = `http://127.0.0.1:${port}`;
	const env = { ...queueSettings({ ...stores, webhookUrl, encryptionKey: randomBytes(24).toString('hex') }), ...more };
	// The main process starts first, because it prepares the database.
	const stack = await startFreshStack(dataFolder, { ports, env });
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
