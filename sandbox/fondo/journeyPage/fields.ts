import { html, type Html } from '../../web/html';

export function hidden(values: Record<string, string | undefined>): Html[] {
	return Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value ?? ''}" />`);
}

export function input(id: string, name: string, value: string, problem: string | undefined, placeholder: string): Html {
	const wrong = problem === undefined ? html`` : html`aria-invalid="true" aria-describedby="${id}-problem"`;
	const told = problem === undefined ? html`` : html`<p class="problem" id="${id}-problem" role="alert">${problem}</p>`;
	const digits = name === 'personalNumber' ? html`inputmode="numeric" class="digits"` : html``;
	return html`<input
			id="${id}"
			name="${name}"
			value="${value}"
			placeholder="${placeholder}"
			autocomplete="off"
			required
			${digits}
			${wrong}
		/>
		${told}`;
}

export function select(name: string, label: string, options: readonly string[]): Html {
	return html`<div class="field">
		<label for="${name}">${label}</label>
		<select id="${name}" name="${name}">
			${options.map((option) => html`<option>${option}</option>`)}
		</select>
	</div>`;
}
