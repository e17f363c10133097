import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../harness/compile';
import type { SavedCredential } from '../harness/n8n/client';
import { nodesFolder } from '../harness/n8n/start';
import type { Owner } from '../harness/n8n/workflow';
import { freePort } from '../harness/ports';
import { saveCredentials, startFreshStack, type FreshStack } from '../harness/stack';
import { probeAt, type ProbeClient } from './probeClient';

export const BARE_PACKAGE = 'n8n-nodes-bench-bare';

/** What a job needs: the sandbox, and an n8n with the packed package, the bare nodes and the probe. */
export interface BenchStack extends FreshStack, Owner {
	readonly credentials: readonly SavedCredential[];
	readonly probe: ProbeClient;
}

function addBareNodes(dataFolder: string): void {
	const folder = join(nodesFolder(dataFolder), 'node_modules', BARE_PACKAGE);
	mkdirSync(folder, { recursive: true });
	cpSync(join(__dirname, 'inside', 'bare', 'package.json'), join(folder, 'package.json'));
	for (const file of ['BareList.node.ts', 'BareTrigger.node.ts']) compile(join(__dirname, 'inside', 'bare', file), folder);
}

/** Starts what the jobs need. n8n writes CPU profiles to the folder `profile`, where given. */
export async function startBench(dataFolder: string, { profile }: { profile?: string } = {}): Promise<BenchStack> {
	const port = await freePort();
	const stack = await startFreshStack(dataFolder, {
		speed: 1,
		env: {
			EXTERNAL_HOOK_FILES: compile(join(__dirname, 'inside', 'probe.ts'), dataFolder),
			FONDO_FINVIS_PROBE_PORT: String(port),
			EXECUTIONS_DATA_PRUNE: 'false',
		},
		nodeOptions: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
	});
	addBareNodes(dataFolder);
	await stack.n8n.stop();
	await stack.n8n.start();
	const credentials = await saveCredentials(stack.client, stack.sandbox);
	return { ...stack, credentials, probe: probeAt(port) };
}
