import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { spawnOwned } from './processes.mjs';

const HEAD_LINES = 12;
const TAIL_LINES = 18;

/** The first and the last lines of an output, set off from our own words: npm says what is wrong first, others last. */
export function excerptOf(text) {
	const lines = text.trimEnd().split('\n');
	const shown = lines.length > HEAD_LINES + TAIL_LINES ? [...lines.slice(0, HEAD_LINES), '...', ...lines.slice(-TAIL_LINES)] : lines;
	return shown.map((line) => `  | ${line}`).join('\n');
}

/** Runs a program to its end and returns { code, output }; with `show` the output also goes to the terminal. */
export async function run(command, args, { show = false, ...options } = {}) {
	const child = spawnOwned(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
	let output = '';
	for (const [from, to] of [
		[child.stdout, process.stdout],
		[child.stderr, process.stderr],
	]) {
		from.setEncoding('utf8').on('data', (text) => {
			output += text;
			if (show) to.write(text);
		});
	}
	const code = await new Promise((resolve, reject) => {
		child.once('error', reject).once('close', (exit, signal) => resolve(exit ?? signal));
	});
	return { code, output };
}

/** As `run`, but a program that does not end with 0 is a failure that shows what it wrote. */
export async function mustRun(command, args, { advice, ...options } = {}) {
	const { code, output } = await run(command, args, options);
	if (code !== 0) throw new Failure(`${[command, ...args].join(' ')} ended with ${code}:\n${excerptOf(output)}`, advice);
	return output;
}

// Calling npm's script with our own Node works everywhere; npm.cmd on Windows cannot be spawned without a shell.
function npmScript() {
	const beside = dirname(process.execPath);
	return [
		process.env.npm_execpath,
		join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	].find((file) => file?.endsWith('npm-cli.js') && existsSync(file));
}

// When npm runs us it hands its settings down as variables, which would win over the .npmrc next to the package.
function withoutNpmSettings() {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')));
}

/** Runs npm; `env` adds to the environment. */
export async function npm(args, { env, ...options } = {}) {
	const script = npmScript();
	const [command, first] = script ? [process.execPath, [script]] : ['npm', []];
	return await mustRun(command, [...first, ...args], { ...options, env: { ...withoutNpmSettings(), ...env } });
}
