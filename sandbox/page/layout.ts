import { headOf, html, type Html } from '../http/html';
import { plural } from './format';
import type { Notice } from './notices';
import { accounts } from './sections/accounts';
import { approvals } from './sections/approvals';
import { clock } from './sections/clock';
import { events } from './sections/events';
import { faults, streamFaults } from './sections/faults';
import { ledger } from './sections/ledger';
import { orders } from './sections/orders';
import { payments } from './sections/payments';
import { requests } from './sections/requests';
import { vendor } from './sections/vendor';
import { webhooks } from './sections/webhooks';
import type { Section, View } from './view';

const SECTIONS = [ledger, approvals, payments, orders, accounts, requests, events, webhooks];

/** The whole page. Its script updates the elements with `data-live`; the rest stays as the reader left it. */
export function layout(view: View, notice: Notice | undefined): string {
	return html`<!doctype html>
		<html lang="en">
			<head>
				${headOf('/ui/assets', 'page.css')}
				<title>Sandbox of Fondo and Finvis</title>
				<script src="/ui/assets/page.js" type="module"></script>
			</head>
			<body>
				<header>
					<mark aria-hidden="true">S</mark>
					<hgroup>
						<h1>Sandbox</h1>
						<p>Fondo and Finvis on this machine. Nothing here is real.</p>
					</hgroup>
					<form role="search" method="get" action="/">
						<input
							type="search"
							name="find"
							value="${view.find}"
							aria-label="Find a reference, a name or an ID"
							placeholder="Find reference, name or ID"
							autocomplete="off"
						/>
						<button>Find</button>
					</form>
					<button class="quiet" id="pause" hidden>Pause</button>
				</header>
				<nav aria-label="Sections">
					<ul>
						${SECTIONS.map((section) => html`<li><a href="#${section.id}">${section.title} ${countBadge(section, view)}</a></li>`)}
						<li><a href="#clock">Clock</a></li>
						<li><a href="#faults">Faults</a></li>
						<li><a href="/docs/README.md">Docs</a></li>
					</ul>
				</nav>
				<div id="notice" role="status">${noticeLine(notice)}</div>
				<main>
					<p role="status" id="summary" data-live>${summary(view)}</p>
					${SECTIONS.map(({ id, title, content }) => sectionOf(id, title, content(view)))}
				</main>
				<aside aria-label="Controls">
					${sectionOf('clock', 'Clock', clock(view))} ${sectionOf('faults', 'Request faults', faults(view))}
					${sectionOf('stream', 'Event stream', streamFaults(view))} ${sectionOf('vendor', 'Other vendors', vendor(view))}
					${sectionOf('start-over', 'Start over', resetForm())}
				</aside>
			</body>
		</html>`.text;
}

function sectionOf(id: string, title: string, content: Html): Html {
	return html`<section id="${id}" aria-labelledby="${id}-title">
		<h2 id="${id}-title" tabindex="-1">${title}</h2>
		${content}
	</section>`;
}

function countBadge({ id, count }: Section, view: View): Html {
	return html`<small id="count-${id}" data-live>${String(count(view))}</small>`;
}

function noticeLine(notice: Notice | undefined): Html {
	if (notice === undefined) return html``;
	return html`<p data-tone="${notice.good ? 'good' : 'bad'}"><span aria-hidden="true">${notice.good ? '✓' : '✕'}</span> ${notice.text}</p>`;
}

/** The line that a screen reader speaks when the page changes. */
function summary(view: View): string {
	return `${plural(ledger.count(view), 'entry', 'entries')} in the ledger, ${plural(approvals.count(view), 'approval')} pending, ${plural(orders.count(view), 'order')} in progress.`;
}

function resetForm(): Html {
	return html`<details>
		<summary>Reset the sandbox…</summary>
		<form method="post" action="/ui/reset">
			<p><small>The sandbox forgets everything since its start: money, orders, webhooks, faults and tokens.</small></p>
			<p id="still-remembered">
				<small>
					n8n keeps its own memory: every reference that it has sent, and every event that its triggers have delivered. A workflow that runs
					again with the same references is refused: “was sent before, and Fondo does not show it”. To forget both, stop the demo and start
					it with <code>npm run demo -- --fresh</code>. To keep your n8n, give its credentials another client ID, such as
					<code>fondo-demo+2</code> and <code>finvis-demo+2</code>.
				</small>
			</p>
			<button class="quiet" id="reset">Reset now</button>
		</form>
	</details>`;
}
