/** The middle of numbers. */
export function median(numbers) {
	const sorted = [...numbers].sort((one, other) => one - other);
	const middle = sorted.length / 2;
	return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The number below which this share of all numbers is. */
export const quantile = (numbers, share) => {
	const sorted = [...numbers].sort((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
};

/**
 * Runs every way once in each round, so that whatever disturbs the machine hits all alike, and gives for each way the median of each
 * of its figures. A round before the first is not counted: nothing is warm then. Every other round goes backwards.
 */
export async function inRounds(rounds, ways, tell = () => undefined, { warmUp = true } = {}) {
	const names = Object.keys(ways);
	const measured = Object.fromEntries(names.map((name) => [name, []]));
	for (let round = warmUp ? 0 : 1; round <= rounds; round += 1) {
		for (const name of round % 2 === 0 ? names : [...names].reverse()) {
			const figures = await ways[name](round);
			tell(`${round === 0 ? 'warming up' : `round ${round}`}, ${name}: ${JSON.stringify(figures)}`);
			if (round > 0) measured[name].push(figures);
		}
	}
	return Object.fromEntries(
		names.map((name) => {
			const figures = Object.keys(measured[name][0]);
			return [name, Object.fromEntries(figures.map((figure) => [figure, median(measured[name].map((one) => one[figure]))]))];
		}),
	);
}
