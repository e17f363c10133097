import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';
import { run } from '../base/run';
import { tryN8n } from './anyN8n';

const USAGE = `npm run e2e -- --n8n <address> --api-key <key> [options]
  --sandbox <address>  the admin address of a sandbox that runs already, where n8n is not on this machine
  --package <name>     n8n-nodes-fondo-finvis, n8n-nodes-fondo or n8n-nodes-finvis
  --record             writes what worked to docs/tried.json, which npm run readme shows in README.md`;

/** The jest project `e2e`, which starts its own n8n. */
async function runSuite(args: readonly string[]): Promise<void> {
	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	const { code } = await run(process.execPath, [jest, '--selectProjects', 'e2e', '--runInBand', ...args], { cwd: projectRoot, show: true });
	if (code !== 0) throw new Failure('The tests did not pass', 'read what jest says above');
}

const isOurs = (argument: string) => /^--(n8n|api-key|sandbox|package|record)(=|$)/.test(argument);

function optionsOf(args: string[]) {
	try {
		return parseArgs({
			args,
			options: {
				n8n: { type: 'string' },
				'api-key': { type: 'string' },
				sandbox: { type: 'string' },
				package: { type: 'string', default: 'n8n-nodes-fondo-finvis' },
				record: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		throw new Failure(error instanceof Error ? error.message : String(error), USAGE);
	}
}

/** `npm run e2e`: the tests on an n8n of their own, or with `--n8n` the checks of an n8n that runs already. */
export async function main(args: string[]): Promise<void> {
	if (!args.some(isOurs)) return await runSuite(args);
	const { n8n, 'api-key': apiKey, sandbox, package: packageName, record } = optionsOf(args);
	if (!n8n || !apiKey) throw new Failure('Say which n8n, and give a key of its public API (Settings > n8n API)', USAGE);
	await tryN8n({ url: n8n.replace(/\/+$/, ''), apiKey, sandbox, packageName, record });
}
