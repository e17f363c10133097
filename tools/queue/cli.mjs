// `npm run test:queue`: n8n in queue mode, and jest looking at who did what.
import { runSuite } from '../suite.mjs';
import { runTool } from '../tool.mjs';
import { startQueueStack } from './stack.mjs';

await runTool(async () => {
	const stack = await startQueueStack();
	const { webhookUrl, logs, services } = stack;
	await runSuite('queue', stack, { services, env: { FONDO_FINVIS_QUEUE: JSON.stringify({ webhookUrl, logs }) } });
});
