const ZERO_WIDTH = /[\u00AD\u180E\u200B-\u200F\u2060-\u2064\uFEFF\p{Variation_Selector}]/gu;
const HYPHENS = /[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/g;

/**
 * One form for texts that look alike: Unicode NFKC, one plain space for spaces of every kind, `-` for hyphens of every kind,
 * nothing for characters of zero width, nothing around. Linear in the length of the text.
 */
export const foldLookAlikes = (text: string): string =>
	text.normalize('NFKC').replace(ZERO_WIDTH, '').replace(HYPHENS, '-').replace(/\s+/g, ' ').trim();
