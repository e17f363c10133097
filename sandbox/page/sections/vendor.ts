import { html, type Html } from '../../http/html';
import type { PositionState } from '../../state/vendor';
import { withDetail } from '../format';
import { button, groupedSelect } from '../formControls';
import type { View } from '../view';
import { apiName } from './ledger';

/** The form that switches on a vendor position, and the positions that are on. */
export function vendor({ admin }: View): Html {
	const positions = admin.vendor.list();
	const optionsOf = (api: PositionState['api']): Array<[string, string]> =>
		positions.filter((position) => position.api === api).map(({ name, sentence }) => [name, sentence]);
	return html`<p><small>Where the contract says nothing, a real API may differ from this sandbox. Choose how.</small></p>
		<form method="post" action="/ui/vendor-on">
			${groupedSelect('position', 'Difference', [
				[apiName('fondo'), optionsOf('fondo')],
				[apiName('finvis'), optionsOf('finvis')],
			])}
			<button type="submit" id="vendor-on">Switch on</button>
		</form>
		<form method="post" action="/ui/vendor-off">
			<ul id="positions-on" data-live>
				${positions.filter(({ on }) => on).map(activePosition)}
			</ul>
		</form>`;
}

function activePosition({ name, sentence }: PositionState): Html {
	return html`<li>
		<span>${withDetail(sentence, name)}</span>
		${button({ id: `position-off-${name}`, label: 'Switch off', about: sentence, name: 'position', value: name })}
	</li>`;
}
