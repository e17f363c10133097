import { html, type Html } from '../../http/html';
import type { Journey } from '../objects';
import { partnerName, type Visit } from './form';
import { layout } from './layout';

type EndStatus = Exclude<Journey['status'], 'new' | 'pending'>;

const TEXTS: Record<EndStatus, { title: string; sign: string; tone: string; text: string }> = {
	complete: { title: 'Done', sign: '✓', tone: 'good', text: 'The account is open.' },
	canceled: { title: 'Canceled', sign: '×', tone: 'idle', text: 'You left before signing. Nothing was opened.' },
	error: { title: 'That did not work', sign: '!', tone: 'bad', text: 'BankID could not sign. Nothing was opened.' },
	expired: { title: 'This link has expired', sign: '–', tone: 'wait', text: 'Request a new one. Nothing was opened.' },
};

export function endPage(visit: Visit, status: EndStatus): string {
	const { redirectUrl, errorCode } = visit.journey;
	const { title, sign, tone, text } = TEXTS[status];
	const redirect = typeof redirectUrl === 'string' && isSafeRedirect(redirectUrl) ? redirectUrl : undefined;
	return layout({
		title,
		partner: partnerName(visit),
		status,
		redirectTo: redirect,
		outcome: html`<span data-tone="${tone}" aria-hidden="true">${sign}</span>`,
		content: html`<p>${text}</p>
			${typeof errorCode === 'string' ? html`<p>Error code <code>${errorCode}</code></p>` : html``}
			${redirect === undefined ? html`<p>You can close this page.</p>` : continueLink(visit, redirect)}`,
	});
}

export function notFoundPage(): string {
	return layout({ title: 'There is no such journey', content: html`<p>Check the address, or request a new link.</p>` });
}

function continueLink(visit: Visit, address: string): Html {
	return html`<p>The browser returns to ${partnerName(visit)} by itself.</p>
		<a id="back" role="button" href="${address}">Continue</a>`;
}

/** Permits https and the schemes of apps, but none that would run or show content inside this page. */
function isSafeRedirect(address: string): boolean {
	return /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^(javascript|data|vbscript|blob|file|about):/i.test(address);
}
