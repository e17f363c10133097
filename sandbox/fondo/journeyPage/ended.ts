import type { Journey } from '../objects';
import { html, type Html } from '../../web/html';
import { layout } from './layout';
import { partnerOf, type Visit } from './form';

type Ended = Exclude<Journey['status'], 'new' | 'pending'>;

const WORDS: Record<Ended, { title: string; sign: string; text: string }> = {
	complete: { title: 'Done', sign: '✓', text: 'The account is open.' },
	canceled: { title: 'Canceled', sign: '×', text: 'You left before signing. Nothing was opened.' },
	error: { title: 'That did not work', sign: '!', text: 'BankID could not sign. Nothing was opened.' },
	expired: { title: 'This link has expired', sign: '–', text: 'Ask for a new one. Nothing was opened.' },
};

export function ended(visit: Visit, status: Ended): string {
	const { redirectUrl, errorCode } = visit.journey;
	const { title, sign, text } = WORDS[status];
	const onward = typeof redirectUrl === 'string' && mayFollow(redirectUrl) ? redirectUrl : undefined;
	return layout({
		title,
		partner: partnerOf(visit),
		status,
		onward,
		content: html`<div class="outcome ${status}" aria-hidden="true">${sign}</div>
			<p class="lead">${text}</p>
			${typeof errorCode === 'string' ? html`<p class="hint">Error code <code>${errorCode}</code></p>` : html``}
			${onward === undefined ? html`<p class="hint">You can close this page.</p>` : back(visit, onward)}`,
	});
}

export function unknown(): string {
	return layout({ title: 'There is no such journey', content: html`<p class="lead">Check the address, or ask for a new link.</p>` });
}

function back(visit: Visit, address: string): Html {
	return html`<p class="hint">You are taken back to ${partnerOf(visit)}.</p>
		<div class="buttons"><a id="back" class="main" href="${address}">Continue</a></div>`;
}

/** An app scheme is fine; what would run or show something of its own in this page is not. */
function mayFollow(address: string): boolean {
	return /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^(javascript|data|vbscript|blob|file|about):/i.test(address);
}
