import fc from 'fast-check';

/** How many inputs a property is tried with. `TRIES=4 npm test` tries four times as many. */
export const tries = (count: number) => Math.ceil(count * Number(process.env.TRIES ?? 1));

/** Tries a property and prints its seed and the number of inputs tried. */
export async function holds<Given extends [unknown, ...unknown[]]>(
	count: number,
	...parts: [...{ [Index in keyof Given]: fc.Arbitrary<Given[Index]> }, (...given: Given) => Promise<void> | void]
): Promise<void> {
	const attempt = parts.pop() as (...given: Given) => Promise<void> | void;
	const inputs = fc.tuple(...(parts as unknown as Array<fc.Arbitrary<unknown>>)) as unknown as fc.Arbitrary<Given>;
	const run = await fc.check(
		fc.asyncProperty(inputs, async (given) => await attempt(...given)),
		{ numRuns: tries(count) },
	);
	process.stdout.write(`${String(expect.getState().currentTestName)}: seed ${run.seed}, ${run.numRuns} inputs tried\n`);
	if (run.failed) throw new Error(fc.defaultReportMessage(run), { cause: run.errorInstance });
}
