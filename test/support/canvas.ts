/** Where n8n 2.41 draws nodes and lines on the canvas, in the units of a node's position. */

export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

type Point = readonly [x: number, y: number];

/** The square of a node. Its name is below it. */
export const SIZE = 96;
const NAME = { height: 40, around: 30 };

/** A line that goes back turns this far from its node, and runs this far below it (`EDGE_PADDING` of n8n's editor). */
const [TURN, BELOW] = [40, 130];

/** A node with many outputs is higher. */
const heightOf = (outputs: number) => Math.max(SIZE, 32 * (outputs + 1));

/** What a node and its name cover. */
export const nodeBox = ([x, y]: Point, { width = SIZE, outputs = 1 } = {}): Box => ({
	left: x - NAME.around,
	top: y,
	right: x + width + NAME.around,
	bottom: y + heightOf(outputs) + NAME.height,
});

/** Where the output with this index leaves a node. */
const outputAt = ([x, y]: Point, index: number, outputs: number, width: number): Point => [
	x + width,
	y + (heightOf(outputs) * (index + 1)) / (outputs + 1),
];

const STEPS = 60;
const between = (from: number, to: number, share: number) => from + (to - from) * share;
const straight = ([x1, y1]: Point, [x2, y2]: Point): Point[] =>
	Array.from({ length: STEPS + 1 }, (_, step) => [between(x1, x2, step / STEPS), between(y1, y2, step / STEPS)] as const);

/** The points of the line from an output to the input of another node: a curve forward, or steps below the node and back. */
export function lineBetween(
	source: { position: Point; output: number; outputs: number; width?: number },
	target: { position: Point; outputs: number },
): Point[] {
	const from = outputAt(source.position, source.output, source.outputs, source.width ?? SIZE);
	// The input is in the middle of the left side. A Merge has two near it.
	const to: Point = [target.position[0], target.position[1] + heightOf(target.outputs) / 2];
	if (from[0] - 20 > to[0]) {
		const corners: Point[] = [
			from,
			[from[0] + TURN, from[1]],
			[from[0] + TURN, from[1] + BELOW],
			[to[0] - TURN, from[1] + BELOW],
			[to[0] - TURN, to[1]],
			to,
		];
		return corners.slice(1).flatMap((corner, index) => straight(corners[index], corner));
	}
	// The Bézier curve of Vue Flow, whose handles lie half the way.
	const reach = to[0] >= from[0] ? (to[0] - from[0]) / 2 : 6.25 * Math.sqrt(from[0] - to[0]);
	const curve = (t: number, ends: Point, handles: Point) =>
		(1 - t) ** 3 * ends[0] + 3 * (1 - t) ** 2 * t * handles[0] + 3 * (1 - t) * t ** 2 * handles[1] + t ** 3 * ends[1];
	return Array.from({ length: STEPS + 1 }, (_, step) => {
		const t = step / STEPS;
		return [curve(t, [from[0], to[0]], [from[0] + reach, to[0] - reach]), curve(t, [from[1], to[1]], [from[1], to[1]])] as const;
	});
}

/** Whether the line runs through the box. */
export const runsThrough = (line: readonly Point[], { left, top, right, bottom }: Box): boolean =>
	line.some(([x, y]) => x > left && x < right && y > top && y < bottom);

/** Which way three points turn: 1, -1, or 0 on a straight line. */
const turn = ([x1, y1]: Point, [x2, y2]: Point, [x3, y3]: Point) => Math.sign((x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1));

/** Whether two lines cross. Lines that touch or lie on each other do not. */
export const crosses = (one: readonly Point[], other: readonly Point[]): boolean =>
	one.slice(1).some((to, index) => {
		const from = one[index];
		return other.slice(1).some((end, at) => {
			const begin = other[at];
			return turn(from, to, begin) * turn(from, to, end) < 0 && turn(begin, end, from) * turn(begin, end, to) < 0;
		});
	});

/** The zoom with which n8n opens a workflow: everything with a fifth around it, and never enlarged. */
export function openingZoom(boxes: readonly Box[], screen: { width: number; height: number }): number {
	const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
	const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
	return Math.min(1, screen.width / (width * 1.2), screen.height / (height * 1.2));
}
