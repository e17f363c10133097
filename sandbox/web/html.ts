/** Text that is HTML already. */
export class Html {
	constructor(readonly text: string) {}
}

type Part = string | Html | Html[];

/** A template whose values are escaped, unless they are HTML themselves. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
	return new Html(strings.reduce((text, string, index) => text + shown(parts[index - 1] ?? '') + string));
}

function shown(part: Part): string {
	if (part instanceof Html) return part.text;
	return Array.isArray(part) ? part.map(({ text }) => text).join('') : escape(part);
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
