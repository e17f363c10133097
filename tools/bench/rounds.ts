/** The median. */
function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = sorted.length / 2;
	return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value below which this share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** A way to do the work of a job: the figures of one round. */
type Ways = Readonly<Record<string, (round: number) => Promise<Readonly<Record<string, number>>>>>;
type FiguresOf<W extends Ways> = { readonly [Way in keyof W]: Awaited<ReturnType<W[Way]>> };

interface RoundOptions {
	readonly log?: (line: string) => void;
	/** Without a first round that does not count. */
	readonly isCold?: boolean;
}

/**
 * Runs every way once a round, and returns for each way the median of each figure. The order alternates from round to round, so that a
 * disturbance of the machine affects all ways alike.
 */
export async function inRounds<W extends Ways>(
	rounds: number,
	ways: W,
	{ log = () => undefined, isCold = false }: RoundOptions = {},
): Promise<FiguresOf<W>> {
	const measured = new Map<string, Array<Readonly<Record<string, number>>>>();
	for (let round = isCold ? 1 : 0; round <= rounds; round += 1) {
		const ordered = round % 2 === 0 ? Object.entries(ways) : Object.entries(ways).reverse();
		for (const [name, run] of ordered) {
			const figures = await run(round);
			log(`${round === 0 ? 'warm-up' : `round ${round}`}, ${name}: ${JSON.stringify(figures)}`);
			if (round > 0) measured.set(name, [...(measured.get(name) ?? []), figures]);
		}
	}
	const mediansOf = (all: ReadonlyArray<Readonly<Record<string, number>>>) =>
		Object.fromEntries(Object.keys(all[0]).map((figure) => [figure, median(all.map((one) => one[figure]))]));
	// Object.fromEntries forgets the names of the ways and of their figures.
	return Object.fromEntries(Object.keys(ways).map((name) => [name, mediansOf(measured.get(name) ?? [])])) as FiguresOf<W>;
}
