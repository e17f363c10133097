import { html, type Html } from '../web/html';

/** A menu with its label; choices are pairs of what is sent and what is read. */
export function choice(name: string, label: string, choices: Array<[value: string, text: string]>, chosen = choices[0]?.[0]): Html {
	return html`<p class="field">
		<label for="choose-${name}">${label}</label>
		<select id="choose-${name}" name="${name}">
			${choices.map(([value, text]) => html`<option value="${value}" ${value === chosen ? html`selected` : html``}>${text}</option>`)}
		</select>
	</p>`;
}

interface Button {
	id: string;
	label: string;
	/** What the label leaves out, for who does not see where the button stands. */
	about?: string;
	name?: string;
	value?: string;
	pressed?: boolean;
}

/** A button of a form; its id lets the page keep the keyboard on it when it is shown anew. */
export function button({ id, label, about, name = '', value = '', pressed }: Button): Html {
	const sent = name === '' ? html`` : html`name="${name}" value="${value}"`;
	const spoken = about === undefined ? html`` : html`aria-label="${label}: ${about}"`;
	const state = pressed === undefined ? html`` : html`aria-pressed="${String(pressed)}"`;
	return html`<button id="${id}" class="small" ${sent} ${spoken} ${state}>${label}</button>`;
}
