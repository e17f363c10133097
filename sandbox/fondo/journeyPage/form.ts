import type { Client, Journey } from '../objects';
import { hidden } from './fields';
import { html, type Html } from '../../web/html';
import { layout, type Step } from './layout';

export interface Visit {
	journey: Journey;
	client: Client | undefined;
}

interface Form {
	to: string;
	button: Html;
	/** Milliseconds after which the form sends itself. */
	after?: string;
}

export function step(visit: Visit, at: Step, title: string, content: Html, { to, button, after }: Form): string {
	const { id, status } = visit.journey;
	return layout({
		title,
		partner: partnerOf(visit),
		status,
		step: at,
		content: html`<form method="post" action="/journey/${id}/${to}" ${after === undefined ? html`` : html`data-after="${after}"`}>
			${content} ${hidden({ step: at })}
			<div class="buttons">
				${button}
				<button id="cancel" class="quiet" formaction="/journey/${id}/cancel" formnovalidate>Cancel</button>
			</div>
		</form>`,
	});
}

export function partnerOf({ client }: Visit): string {
	return client?.displayName ?? client?.name ?? 'Sandbox';
}

export function failure({ journey }: Visit): Html {
	return html`<button id="fail" class="quiet" formaction="/journey/${journey.id}/fail" formnovalidate>Let BankID fail</button>`;
}

export function moment(date: string): string {
	return `${date.slice(0, 10)} ${date.slice(11, 16)} UTC`;
}
