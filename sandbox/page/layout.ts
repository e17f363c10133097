import { html, type Html } from '../web/html';
import type { Notice } from './notices';
import { accounts } from './sections/accounts';
import { approvals } from './sections/approvals';
import { calls } from './sections/calls';
import { clock } from './sections/clock';
import { events } from './sections/events';
import { faults, streamFaults } from './sections/faults';
import { ledger } from './sections/ledger';
import { orders } from './sections/orders';
import { payments } from './sections/payments';
import type { Section } from './sections/section';
import { startOver } from './sections/startOver';
import { webhooks } from './sections/webhooks';
import type { View } from './view';
import { plural } from './words';

const SECTIONS = [ledger, approvals, payments, orders, accounts, calls, events, webhooks];

/** The whole page. What bears `data-live` is renewed by the script while the rest stays as the reader left it. */
export function layout(view: View, notice: Notice | undefined): string {
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<title>Sandbox of Fondo and Finvis</title>
				<link rel="stylesheet" href="/ui/assets/base.css" />
				<link rel="stylesheet" href="/ui/assets/page.css" />
				<script src="/ui/assets/page.js" defer></script>
			</head>
			<body>
				<a class="skip" href="#main">Skip to the ledger</a>
				<header>
					<span class="mark" aria-hidden="true">S</span>
					<h1>Sandbox <span class="sub">Fondo and Finvis on this machine. Nothing here is real.</span></h1>
					<form role="search" method="get" action="/">
						<label class="unseen" for="find">Find a reference, a name or an ID</label>
						<input type="search" id="find" name="find" value="${view.find}" placeholder="Find reference, name or ID" autocomplete="off" />
						<button class="small">Find</button>
					</form>
					<button class="small" id="pause" hidden>Pause</button>
				</header>
				<nav aria-label="Parts of the page">
					<ul>
						${SECTIONS.map((section) => html`<li><a href="#${section.id}">${section.title} ${counted(section, view)}</a></li>`)}
						<li><a href="#clock">Clock</a></li>
						<li><a href="#faults">Faults</a></li>
					</ul>
				</nav>
				<div id="notice" role="status">${told(notice)}</div>
				<p class="unseen" role="status" id="news" data-live>${news(view)}</p>
				<div class="columns">
					<main id="main" tabindex="-1">${SECTIONS.map(({ id, title, content }) => part(id, title, content(view)))}</main>
					<aside aria-label="Controls">
						${part('clock', 'Clock', clock(view))} ${part('faults', 'Faults of calls', faults(view))}
						${part('stream', 'Event stream', streamFaults(view))} ${part('start-over', 'Start over', startOver())}
					</aside>
				</div>
			</body>
		</html>`.text;
}

function part(id: string, title: string, content: Html): Html {
	return html`<section id="${id}" aria-labelledby="${id}-title">
		<h2 id="${id}-title" tabindex="-1">${title}</h2>
		${content}
	</section>`;
}

function counted({ id, count }: Section, view: View): Html {
	return html`<span class="count" id="count-${id}" data-live>${String(count(view))}</span>`;
}

function told(notice: Notice | undefined): Html {
	if (notice === undefined) return html``;
	return html`<p class="${notice.good ? 'good' : 'bad'}"><span aria-hidden="true">${notice.good ? '✓' : '✕'}</span> ${notice.text}</p>`;
}

/** What a listener of the page hears when it changes. */
function news(view: View): string {
	return `${plural(ledger.count(view), 'entry', 'entries')} in the ledger, ${plural(approvals.count(view), 'approval')} waiting, ${plural(orders.count(view), 'order')} under way.`;
}
