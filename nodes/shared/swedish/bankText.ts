/** Characters of the SEPA credit transfer (EPC217-08), and the Swedish letters that Bankgirot takes beside them (Bankgirot, pain.001 manual). */
const UNKNOWN = /[^A-Za-z0-9ÅÄÖåäöÉéÜü/?:().,'+ &-]/u;

/** ISO 20022, pain.001: Max70Text for a name, Max140Text for unstructured remittance information. */
export const LONGEST_NAME = 70;
export const LONGEST_MESSAGE = 140;

/** A character that can be seen, or the code of one that cannot. */
const shown = (character: string) =>
	/[\p{C}\p{Z}]/u.test(character)
		? `the invisible character U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
		: `the character '${character}'`;

/** What a bank may refuse or change in a text; undefined when every bank takes it. */
export const bankText =
	(longest: number) =>
	(text: string): string | undefined => {
		if (text.length > longest) return `it has ${text.length} characters, and banks take ${longest}`;
		const unknown = UNKNOWN.exec(text)?.[0];
		return unknown && `it has ${shown(unknown)}, which some banks refuse or change`;
	};
