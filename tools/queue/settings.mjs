/** The settings that all processes of an n8n in queue mode share; deploy/ has the same ones. */
export const queueSettings = ({ postgres, redis, webhookUrl, encryptionKey }) => ({
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_ENCRYPTION_KEY: encryptionKey,
	// Webhooks go to the webhook processor alone.
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	WEBHOOK_URL: `${webhookUrl}/`,
	QUEUE_BULL_REDIS_HOST: redis.host,
	QUEUE_BULL_REDIS_PORT: String(redis.port),
	// Without them n8n (2.41) may wait for ever for the end of an execution that ended at once: see docs/scaling.md.
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_FAILED: '1000',
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: postgres.host,
	DB_POSTGRESDB_PORT: String(postgres.port),
	DB_POSTGRESDB_DATABASE: postgres.database,
	DB_POSTGRESDB_USER: postgres.user,
	DB_POSTGRESDB_PASSWORD: postgres.password,
});
