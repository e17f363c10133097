/** What went wrong, and what the reader can do about it. */
export class Failure extends Error {
	constructor(message, advice) {
		super(message);
		this.advice = advice;
	}
}

export function report(error) {
	if (!(error instanceof Failure)) console.error(error);
	else console.error(`\n${error.message}${error.advice ? `\n  What to do: ${error.advice}` : ''}`);
}

/** Runs a command-line tool: its exit code is what `main` returns, or 1 when it throws. */
export async function runTool(main) {
	try {
		process.exitCode = (await main()) ?? 0;
	} catch (error) {
		report(error);
		process.exitCode = 1;
	}
}
