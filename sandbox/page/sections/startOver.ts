import { html, type Html } from '../../web/html';

/** The way back to the first day, with a word of warning before it. */
export function startOver(): Html {
	return html`<details>
		<summary>Reset the sandbox…</summary>
		<form method="post" action="/ui/reset">
			<p class="hint">Everything that happened since the start is forgotten: money, orders, webhooks, faults and tokens.</p>
			<button class="danger small" id="reset">Reset now</button>
		</form>
	</details>`;
}
