/** How much each may have risen at the end of a soak, by the straight line through its measurements after the warm-up. */
export const BOUNDS = { heap: 32, rss: 512, files: 8, sockets: 8, timers: 8, listeners: 4 };

const WARM_UP = 1 / 4;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What the least-squares line through the points (at, value) rises from the first to the last. */
export function rise(points) {
	const middle = { at: mean(points.map(({ at }) => at)), value: mean(points.map(({ value }) => value)) };
	const spread = points.reduce((sum, { at }) => sum + (at - middle.at) ** 2, 0);
	const together = points.reduce((sum, { at, value }) => sum + (at - middle.at) * (value - middle.value), 0);
	return spread === 0 ? 0 : (together / spread) * (points.at(-1).at - points[0].at);
}

/** For each of BOUNDS { what, first, last, rose, bound, isHeld } over the measurements { at, ... } after the warm-up. */
export function trendsOf(measurements) {
	const warm = measurements.slice(Math.ceil(measurements.length * WARM_UP));
	return Object.entries(BOUNDS).map(([what, bound]) => {
		const points = warm.map((one) => ({ at: one.at, value: one[what] }));
		const rose = rise(points);
		return { what, first: points[0].value, last: points.at(-1).value, rose, bound, isHeld: rose <= bound };
	});
}
