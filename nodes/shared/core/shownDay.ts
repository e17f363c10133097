const DAY = /^(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d.*|Z|[+-]\d\d:?\d\d)?$/;
const LATE_IN_UTC = /[T ]2[23]:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)$/i;

/**
 * The day that an API shows, as it is written; undefined when the text is no day. Servers in Sweden may write midnight in UTC:
 * `2026-03-04T23:00:00Z` is the beginning of 5 March.
 */
export function shownDay(text: string): string | undefined {
	const day = DAY.exec(text)?.[1];
	if (day === undefined || !LATE_IN_UTC.test(text)) return day;
	const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'short', timeStyle: 'short' }).format(
		Date.parse(text.replace(' ', 'T')),
	);
	return local.endsWith('00:00') ? local.slice(0, 10) : day;
}
