import { html } from '../../http/html';
import { timeInStockholm } from '../format';
import { button } from '../formControls';
import type { View } from '../view';

const SPEEDS: Array<[number, string]> = [
	[0, 'Stop'],
	[1, '1×'],
	[60, '60×'],
	[3600, '3600×'],
];
const JUMPS: Array<[number, string]> = [
	[300, '+5 min'],
	[3600, '+1 hour'],
	[86_400, '+1 day'],
];

/** The sandbox's clock, with the time in Sweden, and the forms that change its speed and move it forward. */
export function clock({ admin }: View) {
	const now = admin.clock.now();
	const speed = admin.clock.speed();
	return html`<p id="clock-now" data-live>
			<time datetime="${now}"><strong>${now.slice(11, 19)}</strong> <small>${now.slice(0, 10)} UTC</small></time
			><br />
			<small>${timeInStockholm(now)} in Stockholm</small>
		</p>
		<form method="post" action="/ui/clock">
			<div role="group" aria-label="Speed of the clock" id="speeds" data-live>
				${SPEEDS.map(([value, label]) =>
					button({ id: `speed-${value}`, label, name: 'speed', value: String(value), pressed: value === speed }),
				)}
			</div>
			<div role="group" aria-label="Move the clock forward">
				${JUMPS.map(([value, label]) => button({ id: `advance-${value}`, label, name: 'advanceSeconds', value: String(value) }))}
			</div>
		</form>
		<small>
			A fund order settles after 73 hours, a batch two minutes after its execution date begins. Moving the clock forward ages tokens too.
		</small>`;
}
