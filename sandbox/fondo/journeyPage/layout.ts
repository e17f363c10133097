import { html, type Html } from '../../http/html';

export const STEPS = ['start', 'identity', 'questions', 'sign'] as const;
export type Step = (typeof STEPS)[number];

interface Page {
	title: string;
	partner?: string;
	status?: string;
	step?: Step;
	content: Html;
	/** Address to which the browser goes after 3 seconds. */
	redirectTo?: string;
}

/** The frame of every step: partner, progress, status, and the note that nothing is real. */
export function layout({ title, partner = 'Sandbox', status, step, content, redirectTo }: Page): string {
	const refresh = redirectTo === undefined ? html`` : html`<meta http-equiv="refresh" content="3;url=${redirectTo}" />`;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				${refresh}
				<title>${title} – ${partner}</title>
				<link rel="stylesheet" href="/journey/assets/base.css" />
				<link rel="stylesheet" href="/journey/assets/page.css" />
				<script src="/journey/assets/page.js" defer></script>
			</head>
			<body>
				<header>
					<span class="partner"><span class="mark" aria-hidden="true">${partner.slice(0, 1)}</span>${partner}</span>
					<span class="sandbox">Sandbox</span>
				</header>
				<main>
					${step === undefined ? html`` : progress(step)}
					<h1>${title}</h1>
					${content}
				</main>
				<footer>
					${status === undefined ? html`` : html`<p>Status <span id="status" data-status="${status}">${status}</span></p>`}
					<p>Nothing here is real: no bank, no BankID and no money.</p>
				</footer>
			</body>
		</html>`.text;
}

function progress(step: Step): Html {
	const current = STEPS.indexOf(step);
	const dots = STEPS.map((_, index) => (index <= current ? html`<li class="done"></li>` : html`<li></li>`));
	return html`<ol class="progress" role="img" aria-label="Step ${String(current + 1)} of ${String(STEPS.length)}">
		${dots}
	</ol>`;
}
