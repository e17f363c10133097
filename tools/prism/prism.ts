import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cachedTool } from '../base/cache';
import { Failure } from '../base/failure';
import { freePort } from '../harness/ports';
import { projectRoot } from '../base/project';
import { startService } from '../harness/service';

const START_TIMEOUT_MS = 60_000;

/** Installs Stoplight Prism once and returns its command-line script. */
export async function installPrism(): Promise<string> {
	const tool = await cachedTool('prism', { title: 'Installing Stoplight Prism (about half a minute, once)' });
	const cli = join(tool, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
	if (!existsSync(cli)) throw new Failure('Stoplight Prism has no command line where it should be', `delete ${tool} and start again`);
	return cli;
}

/** Serves contracts/<name>.openapi.yaml by its examples, refusing what the contract does not allow: its address. */
export async function startPrism(cli: string, name: string, logFolder: string): Promise<string> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const contract = join(projectRoot, 'contracts', `${name}.openapi.yaml`);
	await startService(
		`Prism for ${name}`,
		process.execPath,
		[cli, 'mock', '--errors', '--host', '127.0.0.1', '--port', String(port), contract],
		{
			cwd: projectRoot,
			logFile: join(logFolder, `${name}.log`),
			timeoutMs: START_TIMEOUT_MS,
			// Any answer at all: it listens only when it has read the contract.
			isReady: async () => (await fetch(url)).status > 0,
		},
	);
	return url;
}
