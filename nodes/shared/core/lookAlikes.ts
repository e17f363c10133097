const ZERO_WIDTH = /[\u00AD\u180E\u200B-\u200F\u2060-\u2064\uFEFF\p{Variation_Selector}]/gu;
const HYPHENS = /[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/g;
/** Superscripts, circled digits and fractions stay: the 2 of `INV-1²` is a remark, and no digit of the number. */
const WITHOUT_REMARKS = /[^\p{No}]+/gu;

/**
 * One form for texts that look alike: Unicode NFKC, one plain space for spaces of every kind, `-` for hyphens of every kind,
 * nothing for characters of zero width, nothing around. Linear in the length of the text.
 */
export const foldLookAlikes = (text: string): string =>
	text
		.replace(ZERO_WIDTH, '')
		.replace(WITHOUT_REMARKS, (part) => part.normalize('NFKC'))
		.replace(HYPHENS, '-')
		.replace(/\s+/g, ' ')
		.trim();

/** One form for upper and lower case: `STRASSE` and `Straße` are the same. */
export const foldCase = (text: string): string => text.toUpperCase().toLowerCase();

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An ID in one writing: a UUID has no case, and other IDs may have one. */
export const foldId = (id: unknown): string => {
	const text = String(id);
	return UUID.test(text) ? text.toLowerCase() : text;
};
