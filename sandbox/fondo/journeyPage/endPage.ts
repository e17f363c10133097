import { html, type Html } from '../../http/html';
import type { Journey } from '../objects';
import { partnerName, type Visit } from './form';
import { layout } from './layout';

type EndStatus = Exclude<Journey['status'], 'new' | 'pending'>;

const TEXTS: Record<EndStatus, { title: string; sign: string; text: string }> = {
	complete: { title: 'Done', sign: '✓', text: 'The account is open.' },
	canceled: { title: 'Canceled', sign: '×', text: 'You left before signing. Nothing was opened.' },
	error: { title: 'That did not work', sign: '!', text: 'BankID could not sign. Nothing was opened.' },
	expired: { title: 'This link has expired', sign: '–', text: 'Request a new one. Nothing was opened.' },
};

export function endPage(visit: Visit, status: EndStatus): string {
	const { redirectUrl, errorCode } = visit.journey;
	const { title, sign, text } = TEXTS[status];
	const redirect = typeof redirectUrl === 'string' && isSafeRedirect(redirectUrl) ? redirectUrl : undefined;
	return layout({
		title,
		partner: partnerName(visit),
		status,
		redirectTo: redirect,
		content: html`<div class="outcome ${status}" aria-hidden="true">${sign}</div>
			<p class="lead">${text}</p>
			${typeof errorCode === 'string' ? html`<p class="hint">Error code <code>${errorCode}</code></p>` : html``}
			${redirect === undefined ? html`<p class="hint">You can close this page.</p>` : continueLink(visit, redirect)}`,
	});
}

export function notFoundPage(): string {
	return layout({ title: 'There is no such journey', content: html`<p class="lead">Check the address, or request a new link.</p>` });
}

function continueLink(visit: Visit, address: string): Html {
	return html`<p class="hint">The browser returns to ${partnerName(visit)} by itself.</p>
		<div class="buttons"><a id="back" class="main" href="${address}">Continue</a></div>`;
}

/** Permits https and the schemes of apps, but none that would run or show content inside this page. */
function isSafeRedirect(address: string): boolean {
	return /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^(javascript|data|vbscript|blob|file|about):/i.test(address);
}
