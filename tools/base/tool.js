// @ts-check
const { constants } = require('node:os');
const { Failure } = require('./failure');
const { stopAll } = require('./processes');

const ORPHAN_CHECK_MS = 1_000;
const parent = process.ppid;

/** @param {unknown} error */
function report(error) {
	if (!(error instanceof Failure)) console.error(error);
	else console.error(`\n${error.message}${error.advice ? `\n  What to do: ${error.advice}` : ''}`);
}

let ending = false;

/** @param {number} code */
async function end(code) {
	ending = true;
	await stopAll();
	process.exit(code);
}

/**
 * On Ctrl-C and similar signals, stops every program that this process started, and exits.
 * @param {() => number | undefined} exitCode the code of an interrupted run; 128 plus the signal when undefined
 */
function stopOnSignals(exitCode = () => undefined) {
	/** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).forEach((name) => {
		process.once(name, () => {
			console.log(`\nStopping (${name})`);
			void end(exitCode() ?? 128 + constants.signals[name]);
		});
	});
	// A shell between npm and this process does not pass SIGTERM on. It only ends.
	setInterval(() => {
		if (process.ppid !== parent) void end(1);
	}, ORPHAN_CHECK_MS).unref();
}

/**
 * Runs a command-line tool and, however it ends, first stops every process it started.
 * @param {(context: { interruptedCode?: number }) => Promise<void>} main may set the exit code of an interrupted run in its context
 */
async function runTool(main) {
	/** @type {{ interruptedCode?: number }} */
	const context = {};
	stopOnSignals(() => context.interruptedCode);
	try {
		await main(context);
		await end(0);
	} catch (error) {
		// Work that a signal interrupts fails too. That failure is not reported.
		if (ending) return;
		report(error);
		await end(error instanceof Failure ? error.exitCode : 1);
	}
}

module.exports = { runTool, stopOnSignals };
