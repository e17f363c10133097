/** The parts of a text that are there, with a separator. */
export const joined = (separator: string, parts: readonly unknown[]): string =>
	parts.filter((part) => part !== undefined && part !== null && part !== '').join(separator);
