import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodesFolder } from '../n8n-host/start.mjs';
import { freePort } from '../ports.mjs';
import { saveCredentials } from '../stack.mjs';
import { startSuiteStack } from '../suite.mjs';
import { probeAt } from './probe.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The sandbox and an n8n with the packed package, the bare trigger and the probe in it; all that jobs need. */
export async function startBench(dataFolder, { profile } = {}) {
	const port = await freePort();
	const stack = await startSuiteStack(dataFolder, {
		speed: 1,
		env: {
			EXTERNAL_HOOK_FILES: here('./probe.cjs'),
			FONDO_FINVIS_PROBE_PORT: String(port),
			EXECUTIONS_DATA_PRUNE: 'false',
			...(profile && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` }),
		},
	});
	cpSync(here('./bare'), join(nodesFolder(dataFolder), 'node_modules', 'n8n-nodes-bench-bare'), { recursive: true });
	await stack.n8n.stop();
	await stack.n8n.start();
	const credentials = await saveCredentials(stack.client, stack.sandbox);
	return { ...stack, credentials, probe: probeAt(port) };
}
