import { html, type Html } from '../../http/html';
import type { Client, Journey } from '../objects';
import { layout, type Step } from './layout';

export interface Visit {
	journey: Journey;
	client: Client | undefined;
}

interface Form {
	/** Last part of the address to which the form posts. */
	action: string;
	buttons: Html;
	/** Milliseconds after which the form submits itself. */
	submitAfter?: string;
}

export function stepPage(visit: Visit, step: Step, title: string, content: Html, { action, buttons, submitAfter }: Form): string {
	const { id, status } = visit.journey;
	return layout({
		title,
		partner: partnerName(visit),
		status,
		step,
		content: html`<form
			method="post"
			action="/journey/${id}/${action}"
			${submitAfter === undefined ? html`` : html`data-submit-after="${submitAfter}"`}
		>
			${content} ${hiddenFields({ step })} ${buttons}
			<button type="submit" id="cancel" class="quiet" formaction="/journey/${id}/cancel" formnovalidate>Cancel</button>
		</form>`,
	});
}

export function partnerName({ client }: Visit): string {
	return client?.displayName ?? client?.name ?? 'Sandbox';
}

export function failButton({ journey }: Visit): Html {
	return html`<button type="submit" id="fail" class="quiet" formaction="/journey/${journey.id}/fail" formnovalidate>
		Let BankID fail
	</button>`;
}

export function hiddenFields(values: Record<string, string | undefined>): Html[] {
	return Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value ?? ''}" />`);
}

export function textField(id: string, label: string, name: string, value: string, problem: string | undefined, placeholder: string): Html {
	const invalid = problem === undefined ? html`` : html`aria-invalid="true" aria-describedby="${id}-problem"`;
	const message = problem === undefined ? html`` : html`<small id="${id}-problem" role="alert">${problem}</small>`;
	const digits = name === 'personalNumber' ? html`inputmode="numeric"` : html``;
	return html`<label for="${id}">${label}</label>
		<input id="${id}" name="${name}" value="${value}" placeholder="${placeholder}" autocomplete="off" required ${digits} ${invalid} />
		${message}`;
}

/** What the customer reads before going on, one row for each. */
export function facts(rows: Array<[name: string, value: string | Html]>): Html {
	return html`<table>
		<tbody>
			${rows.map(
				([name, value]) =>
					html`<tr>
						<th scope="row">${name}</th>
						<td>${value}</td>
					</tr>`,
			)}
		</tbody>
	</table>`;
}

export function selectField(name: string, label: string, options: readonly string[]): Html {
	return html`<label
		>${label}
		<select id="${name}" name="${name}">
			${options.map((option) => html`<option>${option}</option>`)}
		</select>
	</label>`;
}
