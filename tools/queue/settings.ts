import type { Settings } from '../harness/n8n/start';
import type { Postgres } from './postgres';
import type { Redis } from './redis';

export interface QueueServices {
	readonly postgres: Postgres;
	readonly redis: Redis;
	readonly webhookUrl: string;
	readonly encryptionKey: string;
}

/** The settings that all processes of an n8n in queue mode share; deploy/ has the same settings. */
export const queueSettings = ({ postgres, redis, webhookUrl, encryptionKey }: QueueServices): Settings => ({
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_ENCRYPTION_KEY: encryptionKey,
	// Only the webhook processor receives webhooks.
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	WEBHOOK_URL: `${webhookUrl}/`,
	QUEUE_BULL_REDIS_HOST: redis.host,
	QUEUE_BULL_REDIS_PORT: String(redis.port),
	QUEUE_BULL_REDIS_PASSWORD: redis.password,
	// Without these two, n8n 2.41 can wait for ever for an execution that ended at once: see docs/scaling.md.
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_FAILED: '1000',
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: postgres.host,
	DB_POSTGRESDB_PORT: String(postgres.port),
	DB_POSTGRESDB_DATABASE: postgres.database,
	DB_POSTGRESDB_USER: postgres.user,
	DB_POSTGRESDB_PASSWORD: postgres.password,
});
