import type { Difference } from './compareShape';

/** What the package does about a difference. `refuses`: before anything moves. */
export interface Effect {
	readonly effect: 'works' | 'refuses' | 'ignores';
	readonly explanation: string;
}

const works = (explanation: string): Effect => ({ effect: 'works', explanation });
const ignores = (explanation: string): Effect => ({ effect: 'ignores', explanation });
const refuses = (explanation: string): Effect => ({ effect: 'refuses', explanation });

const PASSED_ON = works('The nodes pass it on as it is.');
const READABLE_NUMBER = /^(whole number|number with decimals)( as text)?\b|^number with (a comma|an exponent) as text\b/;
const READABLE_TIME = /^(day as text|date and time)/;

/** What the nodes do about a difference. `needs` has the fields that they rely on, and what they do without one. */
export function effectOf(
	{ difference, expected, seen, field = '' }: Difference,
	isRefused: boolean,
	needs: Readonly<Record<string, Effect>>,
): Effect {
	if (difference === 'new') return ignores('The nodes pass it on and do nothing with it.');
	if (difference === 'envelope')
		return isRefused
			? refuses('The nodes do not find the rows or the object in this answer by themselves.')
			: works('The nodes find the rows or the object by themselves.');
	if (isRefused && difference === 'type' && field === '') return refuses('The nodes find no rows in this answer.');
	if (difference === 'missing' || difference === 'not seen' || difference === 'renamed') {
		const need = Object.hasOwn(needs, field) ? needs[field] : undefined;
		return need ?? works('The nodes work without it; items lack it.');
	}
	const isEach = (pattern: RegExp) => seen.split(', or ').every((kind) => pattern.test(kind));
	if (/^(amount|number|whole number)/.test(expected) && isEach(READABLE_NUMBER)) return works('The nodes read both forms of a number.');
	if (/^(day|date)/.test(expected)) return isEach(READABLE_TIME) ? works('The nodes read this form of a date.') : NO_DATE;
	if (seen === 'null') return works('The nodes treat null as nothing.');
	if (difference === 'type' && Object.hasOwn(needs, field) && /object|list/.test(seen)) return needs[field];
	return PASSED_ON;
}

const NO_DATE = ignores('Triggers do not see a change by a date that they cannot read, and limits per day refuse it.');
