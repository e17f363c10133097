/** What an approver reads, independent of its form. Values are plain text of anybody. */
export interface Letter {
	readonly title: string;
	readonly facts: ReadonlyArray<readonly [label: string, value: string]>;
	/** The columns of the payments, and a row of cells for each. */
	readonly columns: readonly string[];
	readonly rows: ReadonlyArray<readonly string[]>;
	readonly unusual: readonly string[];
	readonly notes: readonly string[];
}

/** On one line, without characters that are not seen: some of them turn the order of digits around. */
export const visible = (text: string): string =>
	text
		.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
		.replace(/\p{Cf}/gu, '')
		.trim();

const UNUSUAL = 'Unusual';

/** A cell of a line of cells. One that has a comma of its own is in quotation marks, so that it cannot pass for two. */
const asCell = (text: string): string => {
	const cell = visible(text);
	return /,\s/.test(cell) ? `"${cell.replaceAll('"', "'")}"` : cell;
};

export function asText({ title, facts, rows, unusual, notes }: Letter): string {
	const blocks = [
		[title],
		facts.map(([label, value]) => `${label}: ${value}`),
		rows.map((cells, index) => `${index + 1}. ${cells.map(asCell).filter(Boolean).join(', ')}`),
		unusual.length > 0 ? [`${UNUSUAL}:`, ...unusual.map((one) => `- ${one}`)] : [],
		notes,
	];
	return blocks
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.map(visible).join('\n'))
		.join('\n\n');
}

const IN_HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string => visible(text).replace(/[&<>"']/g, (one) => IN_HTML[one]);

const tag = (name: string, content: string) => `<${name}>${content}</${name}>`;
const list = (lines: readonly string[]) => (lines.length === 0 ? '' : tag('ul', lines.map((line) => tag('li', escapeHtml(line))).join('')));

export function asHtml({ title, facts, columns, rows, unusual, notes }: Letter): string {
	const row = (name: string, cells: readonly string[]) => tag('tr', cells.map((cell) => tag(name, escapeHtml(cell))).join(''));
	const table = (content: readonly string[]) => tag('table', tag('tbody', content.join('')));
	return [
		tag('h3', escapeHtml(title)),
		table(facts.map(([label, value]) => tag('tr', tag('td', escapeHtml(label)) + tag('td', tag('b', escapeHtml(value)))))),
		rows.length === 0 ? '' : table([row('th', columns), ...rows.map((cells) => row('td', cells))]),
		unusual.length === 0 ? '' : tag('p', tag('b', UNUSUAL)) + list(unusual),
		...notes.map((note) => tag('p', escapeHtml(note))),
	].join('');
}

/** No value begins a line, where more characters would have a meaning. */
const escapeMarkdown = (text: string): string => visible(text).replace(/[!"#$&()*+.:<=>@[\\\]^_`{|}~]/g, (one) => `\\${one}`);

export function asMarkdown({ title, facts, rows, unusual, notes }: Letter): string {
	const bold = (value: string) => (value === '' ? '' : `**${value}**`);
	const blocks = [
		[`### ${escapeMarkdown(title)}`],
		facts.map(([label, value]) => `- ${label}: ${bold(escapeMarkdown(value))}`),
		rows.map((cells, index) => {
			const [first = '', ...more] = cells.map(escapeMarkdown).filter(Boolean);
			return `${index + 1}. ${[bold(first), ...more].join(', ')}`;
		}),
		unusual.length > 0 ? [`**${UNUSUAL}**`] : [],
		unusual.map((one) => `- ${escapeMarkdown(one)}`),
		...notes.map((note) => [escapeMarkdown(note)]),
	];
	return blocks
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join('\n'))
		.join('\n\n');
}
