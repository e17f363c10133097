import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { ensureInstalled } from './install.mjs';
import { keepFor } from './keeper.mjs';
import { pack } from './pack.mjs';
import { freePort } from './ports.mjs';
import { step } from './progress.mjs';
import { projectRoot } from './project.mjs';
import { run } from './run.mjs';
import { startStack } from './stack.mjs';

/** A folder that goes with this process. */
export function temporaryFolder(name) {
	const folder = mkdtempSync(join(tmpdir(), `fondo-finvis-${name}-`));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
	return folder;
}

/** Starts a stack with the package as it is in the checkout, on free ports where none are given; options: those of startStack. */
export async function startSuiteStack(dataFolder, { ports: given, ...options } = {}) {
	await ensureInstalled();
	const { tarball } = await step('Building and packing the package', async () => await pack(dataFolder));
	const ports = given ?? { n8n: await freePort(), fondo: await freePort(), finvis: await freePort(), admin: await freePort() };
	return { ...(await startStack({ ports, tarball, dataFolder, ...options })), ports, tarball, dataFolder };
}

/** Runs the tests in test/<name> against a started stack; `env` is what else they must know, `services` what else they may kill. */
export async function runSuite(
	name,
	{ editorUrl, n8n, ports, tarball, dataFolder },
	{ args = process.argv.slice(2), env, services = {} } = {},
) {
	const keeperUrl = await keepFor({ n8n, ...services });
	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	const modules = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
	const config = ['--config', join('test', name, 'jest.config.mjs'), '--runInBand', ...args];
	const { code } = await run(process.execPath, [...modules, jest, ...config], {
		cwd: projectRoot,
		show: true,
		env: {
			...process.env,
			// n8n and its lint rules behave otherwise under NODE_ENV=test, which jest sets where nothing else is set.
			NODE_ENV: 'production',
			FONDO_FINVIS_E2E: JSON.stringify({ ports, tarball, dataFolder, editorUrl, keeperUrl }),
			...env,
		},
	});
	if (code !== 0) throw new Failure(`The tests in test/${name} did not pass`, 'read what jest says above');
}
