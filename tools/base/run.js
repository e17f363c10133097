// @ts-check
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Failure } = require('./failure');
const { spawnOwned } = require('./processes');

/** @typedef {import('node:child_process').SpawnOptions & { show?: boolean }} RunOptions */

const HEAD_LINES = 12;
const TAIL_LINES = 18;

/**
 * The first and the last lines of an output, indented: npm names the error in its first lines, other programs in their last.
 * @param {string} text
 */
function excerptOf(text) {
	const lines = text.trimEnd().split('\n');
	const shown = lines.length > HEAD_LINES + TAIL_LINES ? [...lines.slice(0, HEAD_LINES), '...', ...lines.slice(-TAIL_LINES)] : lines;
	return shown.map((line) => `  | ${line}`).join('\n');
}

/**
 * Runs a program to its end. With `show` its output also goes to the terminal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number | NodeJS.Signals | null, output: string }>}
 */
async function run(command, args, { show = false, ...options } = {}) {
	const child = spawnOwned(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
	let output = '';
	/**
	 * @param {import('node:stream').Readable | null} from
	 * @param {NodeJS.WriteStream} to
	 */
	const collect = (from, to) =>
		from?.setEncoding('utf8').on('data', (text) => {
			output += text;
			if (show) to.write(text);
		});
	collect(child.stdout, process.stdout);
	collect(child.stderr, process.stderr);
	/** @type {number | NodeJS.Signals | null} */
	const code = await new Promise((resolve, reject) => {
		child.once('error', reject).once('close', (exit, signal) => resolve(exit ?? signal));
	});
	return { code, output };
}

/**
 * Runs a program and returns its output. An exit code other than 0 is a failure that shows what the program wrote.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions & { advice?: string }} [options]
 */
async function mustRun(command, args, { advice, ...options } = {}) {
	const { code, output } = await run(command, args, options);
	if (code !== 0) throw new Failure(`${[command, ...args].join(' ')} ended with ${code}:\n${excerptOf(output)}`, advice);
	return output;
}

// Node runs npm's script directly, because Windows cannot spawn npm.cmd without a shell.
function npmScript() {
	const beside = dirname(process.execPath);
	return [
		process.env.npm_execpath,
		join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	].find((file) => file?.endsWith('npm-cli.js') && existsSync(file));
}

// When npm starts this process it passes its settings as variables, which take precedence over the .npmrc beside the package.
function withoutNpmSettings() {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')));
}

/**
 * Runs npm; `env` is added to the environment.
 * @param {readonly string[]} args
 * @param {RunOptions & { advice?: string }} [options]
 */
async function npm(args, { env, ...options } = {}) {
	const script = npmScript();
	const [command, first] = script ? [process.execPath, [script]] : ['npm', []];
	return await mustRun(command, [...first, ...args], { ...options, env: { ...withoutNpmSettings(), ...env } });
}

module.exports = { excerptOf, run, mustRun, npm };
