import { join } from 'node:path';
import { node24 } from '../base/node24';
import { projectRoot } from '../base/project';
import { mustRun } from '../base/run';
import { compile } from '../harness/compile';
import type { Api } from '../harness/n8n/workflow';
import type { BenchStack } from './bench';
import type { RawJob, RunFigures } from './inside/messages';

/** Runs the raw loop on the Node that runs n8n. */
export async function runRawLoop({ sandbox, dataFolder }: BenchStack, api: Api, job: RawJob): Promise<RunFigures> {
	const { executable } = await node24();
	const script = compile(join(__dirname, 'inside', 'rawLoop.ts'), dataFolder);
	const plan = JSON.stringify({ token: await sandbox[api].newToken(), ...job });
	const env = { ...process.env, NODE_PATH: join(projectRoot, 'node_modules') };
	return JSON.parse(await mustRun(executable, [script, plan], { cwd: projectRoot, env }));
}
