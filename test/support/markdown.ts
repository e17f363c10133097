import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';

/** The folder of the repository. */
export const root = join(__dirname, '../..');

const NOT_OURS = ['node_modules', 'dist', '.git'];

const filesIn = (folder: string): string[] =>
	readdirSync(join(root, folder), { withFileTypes: true })
		.filter(({ name }) => !NOT_OURS.includes(name))
		.flatMap((entry) => (entry.isDirectory() ? filesIn(posix.join(folder, entry.name)) : [posix.join(folder, entry.name)]));

/** Every file of the repository, by its path from there. */
export const files: readonly string[] = filesIn('');

const markdown = new MarkdownIt({ html: true });

/** What a page of Markdown leads to, and what can be led to in it. */
export interface Parsed {
	readonly links: readonly string[];
	readonly pictures: readonly string[];
	readonly anchors: ReadonlySet<string>;
	/** Everything that is written as code. */
	readonly code: string;
}

/** A page as GitHub shows it. */
export function parse(path: string): Parsed {
	const tokens = markdown.parse(readFileSync(join(root, path), 'utf8'), {});
	const inner = tokens.flatMap(({ children }) => children ?? []);
	const slugger = new GithubSlugger();
	const headings = tokens.filter((_, index) => tokens[index - 1]?.type === 'heading_open');
	const plain = (heading: (typeof tokens)[number]) =>
		(heading.children ?? [])
			.filter(({ type }) => type === 'text' || type === 'code_inline')
			.map(({ content }) => content)
			.join('');
	const given = (type: string, name: string) =>
		inner.filter((token) => token.type === type).map((token) => String(token.attrGet(name) ?? ''));
	return {
		links: given('link_open', 'href'),
		pictures: given('image', 'src'),
		anchors: new Set(headings.map((heading) => slugger.slug(plain(heading)))),
		code: [...tokens, ...inner]
			.filter(({ type }) => type === 'fence' || type === 'code_inline')
			.map(({ content }) => content)
			.join('\n'),
	};
}
