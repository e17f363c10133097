import type { JobResult } from './job';

const WIDTH = 760;
const LABEL = 300;
const BAR = 16;
const GAP = 6;
const HEAD = 34;
const FOOT = 12;
const ROOM = WIDTH - LABEL - 110;
const COLOURS = { ours: '#0b7285', other: '#adb5bd' };

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const shown = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const isOurs = (way: string) => /^(our |Process in Pages, a sub)/.test(way);

type Group = Required<Pick<JobResult, 'title' | 'unit' | 'bars'>>;

/** A group of bars; the longest takes the whole width. */
function group({ title, unit, bars }: Group, top: number): string {
	const most = Math.max(...bars.map(([, value]) => value), Number.EPSILON);
	const lines = bars.map(([way, value], index) => {
		const y = top + HEAD + index * (BAR + GAP);
		const length = Math.max((value / most) * ROOM, 1);
		return `<text x="${LABEL - 8}" y="${y + 12}" text-anchor="end">${escaped(way)}</text>
<rect x="${LABEL}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" fill="${isOurs(way) ? COLOURS.ours : COLOURS.other}"/>
<text x="${(LABEL + length + 6).toFixed(1)}" y="${y + 12}">${shown(value)}</text>`;
	});
	return `<text x="0" y="${top + 20}" font-weight="bold">${escaped(title)} (${escaped(unit)})</text>\n${lines.join('\n')}`;
}

const heightOf = ({ bars }: Group) => HEAD + bars.length * (BAR + GAP) + FOOT;

/** A bar chart of all jobs, one group below the other, as SVG. */
export function chart(results: readonly JobResult[]): string {
	const drawn = results.flatMap(({ title, unit = '', bars }) => (bars === undefined ? [] : [{ title, unit, bars }]));
	let top = 0;
	const groups = drawn.map((result) => {
		const text = group(result, top);
		top += heightOf(result);
		return text;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}" font-family="sans-serif" font-size="12" fill="#212529">
<rect width="100%" height="100%" fill="#ffffff"/>
${groups.join('\n')}
</svg>
`;
}
