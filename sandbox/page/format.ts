import { html, type Html } from '../http/html';

const NARROW_SPACE = '\u202f';

/** A decimal amount as Swedes write it: spaces between thousands, a comma, and at least two decimals; not rounded. */
export function amount(value: string | number): string {
	const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
	if (whole === '') return String(value);
	return `${sign === '-' ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE)},${fraction.padEnd(2, '0')}`;
}

/** An amount with its currency. */
export function money(value: string | number, currency: string): Html {
	return html`${amount(value)} <small>${currency}</small>`;
}

/** An amount with its currency, in a sentence. */
export const amountWithCurrency = (value: string | number, currency: string): string => `${amount(value)}\u00a0${currency}`;

/** A number of fund units. */
export const units = (value: number): string =>
	`${value.toLocaleString('sv-SE', { maximumFractionDigits: 7 }).replaceAll('\u00a0', NARROW_SPACE)} ${value === 1 ? 'unit' : 'units'}`;

const STOCKHOLM = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'short', timeStyle: 'medium' });

/** A time as clocks in Sweden show it: `2026-03-06 10:05:00`. */
export const timeInStockholm = (iso: string): string => STOCKHOLM.format(new Date(iso));

/** A time; with its date when that is not today. */
export function dateTime(iso: string, now: string): Html {
	const sameDay = iso.slice(0, 10) === now.slice(0, 10);
	return html`<time datetime="${iso}">${sameDay ? iso.slice(11, 19) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`}</time>`;
}

/** A time for a table column; with its date on a second line when that is not today. */
export function timestamp(iso: string, now: string): Html {
	const day = iso.slice(0, 10);
	return html`<time datetime="${iso}">${withDetail(iso.slice(11, 19), day === now.slice(0, 10) ? '' : day)}</time>`;
}

/** A text with a smaller detail on a second line. */
export function withDetail(main: string | Html, detail: string | Html = ''): Html {
	return detail === '' ? html`${main}` : html`${main}<br /><small>${detail}</small>`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}

type Tone = 'good' | 'bad' | 'busy' | 'wait' | 'idle';

const SYMBOLS: Record<Tone, string> = { good: '✓', bad: '✕', busy: '●', wait: '◔', idle: '○' };

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

/** A status as a word with a symbol, because colour alone must not carry meaning. */
export function statusBadge(status: string, tone: Tone = TONES[status] ?? 'busy'): Html {
	return html`<span data-tone="${tone}"><span aria-hidden="true">${SYMBOLS[tone]}</span> ${status.replaceAll('_', ' ')}</span>`;
}
