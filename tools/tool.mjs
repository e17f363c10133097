import { constants } from 'node:os';
import { Failure } from './failure.mjs';
import { stopAll } from './processes.mjs';

const ORPHAN_CHECK_MS = 1_000;
const parent = process.ppid;

function report(error) {
	if (!(error instanceof Failure)) console.error(error);
	else console.error(`\n${error.message}${error.advice ? `\n  What to do: ${error.advice}` : ''}`);
}

let ending = false;

async function end(code) {
	ending = true;
	await stopAll();
	process.exit(code);
}

function stopOnSignals(exitCode) {
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.once(name, () => {
			console.log(`\nStopping (${name})`);
			void end(exitCode ?? 128 + constants.signals[name]);
		});
	}
	// A shell between npm and us does not hand SIGTERM down; it just goes.
	setInterval(() => {
		if (process.ppid !== parent) void end(1);
	}, ORPHAN_CHECK_MS).unref();
}

/** Runs a command-line tool and, however it ends, first stops every process it started. */
export async function runTool(main, { interruptedCode } = {}) {
	stopOnSignals(interruptedCode);
	try {
		await main();
		await end(0);
	} catch (error) {
		// What is stopped on purpose fails, too; that is no news.
		if (ending) return;
		report(error);
		await end(1);
	}
}
