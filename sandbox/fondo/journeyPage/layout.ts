import { headOf, html, type Html } from '../../http/html';

export const STEPS = ['start', 'identity', 'questions', 'sign'] as const;
export type Step = (typeof STEPS)[number];

interface Page {
	title: string;
	partner?: string;
	status?: string;
	step?: Step;
	/** The sign of an ended journey, before its title. */
	outcome?: Html;
	content: Html;
	/** Address to which the browser goes after 3 seconds. */
	redirectTo?: string;
}

/** The frame of every step: partner, progress, status, and the note that nothing is real. */
export function layout({ title, partner = 'Sandbox', status, step, outcome = html``, content, redirectTo }: Page): string {
	const refresh = redirectTo === undefined ? html`` : html`<meta http-equiv="refresh" content="3;url=${redirectTo}" />`;
	return html`<!doctype html>
		<html lang="en">
			<head>
				${headOf('/journey/assets', 'page.css')} ${refresh}
				<title>${title} – ${partner}</title>
				<script src="/journey/assets/page.js" defer></script>
			</head>
			<body>
				<header>
					<mark aria-hidden="true">${partner.slice(0, 1)}</mark>
					<strong>${partner}</strong>
					<span data-tone="wait">Sandbox</span>
				</header>
				<main>
					<article>
						${step === undefined ? html`` : progress(step)}
						<h1>${outcome} ${title}</h1>
						${content}
					</article>
				</main>
				<footer>
					${status === undefined ? html`` : html`<p>Status <span id="status" data-status="${status}" data-tone="idle">${status}</span></p>`}
					<small>Nothing here is real: no bank, no BankID and no money.</small>
				</footer>
			</body>
		</html>`.text;
}

function progress(step: Step): Html {
	const [current, last] = [String(STEPS.indexOf(step) + 1), String(STEPS.length)];
	return html`<progress value="${current}" max="${last}" aria-label="Step ${current} of ${last}"></progress>`;
}
