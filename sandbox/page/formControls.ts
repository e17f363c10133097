import { html, type Html } from '../http/html';

/** A select field with its label, and its options in groups. */
export function groupedSelect(
	name: string,
	label: string,
	groups: Array<[label: string, options: Array<[value: string, text: string]>]>,
): Html {
	const option = ([value, text]: [string, string]): Html => html`<option value="${value}">${text}</option>`;
	return html`<label
		>${label}
		<select id="choose-${name}" name="${name}">
			${groups.map(([group, options]) => html`<optgroup label="${group}">${options.map(option)}</optgroup>`)}
		</select>
	</label>`;
}

/** A select field with its label. */
export function select(name: string, label: string, options: Array<[value: string, text: string]>, selected = options[0]?.[0]): Html {
	return html`<label
		>${label}
		<select id="choose-${name}" name="${name}">
			${options.map(([value, text]) => html`<option value="${value}" ${value === selected ? html`selected` : html``}>${text}</option>`)}
		</select>
	</label>`;
}

interface Button {
	id: string;
	label: string;
	/** What the button acts on, for screen readers. */
	about?: string;
	name?: string;
	value?: string;
	pressed?: boolean;
}

/** A button of a form. Its id lets the page restore the focus after an update. */
export function button({ id, label, about, name = '', value = '', pressed }: Button): Html {
	const nameAndValue = name === '' ? html`` : html`name="${name}" value="${value}"`;
	const ariaLabel = about === undefined ? html`` : html`aria-label="${label}: ${about}"`;
	const ariaPressed = pressed === undefined ? html`` : html`aria-pressed="${String(pressed)}"`;
	return html`<button id="${id}" class="quiet" ${nameAndValue} ${ariaLabel} ${ariaPressed}>${label}</button>`;
}
