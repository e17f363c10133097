/** How much each measurement may rise over a soak, by the straight line through its values after the warm-up. */
export const BOUNDS = { heap: 32, rss: 512, files: 8, sockets: 8, timers: 8, listeners: 4 };

export type Measured = keyof typeof BOUNDS;
export type Measurement = Readonly<Record<Measured, number>> & { readonly at: number };

interface Point {
	readonly at: number;
	readonly value: number;
}

export interface Trend {
	readonly what: Measured;
	readonly first: number;
	readonly last: number;
	readonly rose: number;
	readonly bound: number;
	readonly isHeld: boolean;
}

const WARM_UP = 1 / 4;
const MEASURED: readonly Measured[] = ['heap', 'rss', 'files', 'sockets', 'timers', 'listeners'];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How much the least-squares line through the points rises from the first to the last. */
function rise(points: readonly Point[]): number {
	const middle = { at: mean(points.map(({ at }) => at)), value: mean(points.map(({ value }) => value)) };
	const spread = points.reduce((sum, { at }) => sum + (at - middle.at) ** 2, 0);
	const together = points.reduce((sum, { at, value }) => sum + (at - middle.at) * (value - middle.value), 0);
	return spread === 0 ? 0 : (together / spread) * (points[points.length - 1].at - points[0].at);
}

/** The trend of each of BOUNDS over the measurements after the warm-up. */
export function trendsOf(measurements: readonly Measurement[]): Trend[] {
	const warm = measurements.slice(Math.ceil(measurements.length * WARM_UP));
	return MEASURED.map((what) => {
		const bound = BOUNDS[what];
		const points = warm.map((one) => ({ at: one.at, value: one[what] }));
		const rose = rise(points);
		return { what, first: points[0].value, last: points[points.length - 1].value, rose, bound, isHeld: rose <= bound };
	});
}
