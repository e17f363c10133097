import { html, type Html } from '../web/html';

const NARROW_SPACE = '\u202f';

/** A decimal amount with its thousands apart and two decimals at least; not rounded. */
export function amount(value: string | number): string {
	const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
	if (whole === '') return String(value);
	return `${sign === '-' ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE)}.${fraction.padEnd(2, '0')}`;
}

/** An amount with its currency. */
export function money(value: string | number, currency: string): Html {
	return html`${amount(value)} <span class="unit">${currency}</span>`;
}

/** A time of the same day as hours, others with their date. */
export function moment(iso: string, now: string): Html {
	const sameDay = iso.slice(0, 10) === now.slice(0, 10);
	return html`<time datetime="${iso}">${sameDay ? iso.slice(11, 19) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`}</time>`;
}

/** A time for a column of its own, its date below where it is another day. */
export function stamp(iso: string, now: string): Html {
	const day = iso.slice(0, 10);
	return html`<time datetime="${iso}">${pair(iso.slice(11, 19), day === now.slice(0, 10) ? '' : day)}</time>`;
}

/** Something with what explains it below. */
export function pair(main: string | Html, below: string | Html = ''): Html {
	return below === '' ? html`${main}` : html`${main}<span class="sub">${below}</span>`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}

type Tone = 'good' | 'bad' | 'busy' | 'wait' | 'idle';

const SIGNS: Record<Tone, string> = { good: '✓', bad: '✕', busy: '●', wait: '◔', idle: '○' };

const TONES: Record<string, Tone> = {
	settled: 'good',
	executed: 'good',
	completed: 'good',
	complete: 'good',
	approved: 'good',
	delivered: 'good',
	failed: 'bad',
	rejected: 'bad',
	error: 'bad',
	canceled: 'idle',
	cancelled: 'idle',
	draft: 'idle',
	expired: 'idle',
	pending_approval: 'wait',
	hold: 'wait',
};

/** A state as a word with a sign, so that it is told by more than its colour. */
export function state(status: string, tone: Tone = TONES[status] ?? 'busy'): Html {
	return html`<span class="state ${tone}"><span aria-hidden="true">${SIGNS[tone]}</span> ${status.replaceAll('_', ' ')}</span>`;
}
