import fc from 'fast-check';

/**
 * Text of any code points, lone surrogates included. fc.string({ unit: 'binary' }) builds a table of all code points first, which takes
 * seconds in every test file.
 */
export const anyText = (maxLength?: number): fc.Arbitrary<string> =>
	fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength }).map((points) => String.fromCodePoint(...points));
