import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type Router } from 'express';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import { headOf, html, Html, sendPage } from '../http/html';

const ROOT = path.join(__dirname, '..', '..');

/** Pages outside docs/ to which the docs lead. */
const OTHERS = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'CODE_OF_CONDUCT.md',
	'contracts/NOTES.md',
	'deploy/README.md',
	'sandbox/README.md',
];

/** The pages, by their path in the repository. No other file is served. */
const pages = (): ReadonlySet<string> =>
	new Set([
		...OTHERS,
		...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.md'))
			.map((file) => path.posix.join('docs', ...file.split(path.sep))),
	]);

/** Headings have the anchors that GitHub gives them. The pages are the project's own, so their HTML stays. */
function markdown() {
	const one = new MarkdownIt({ html: true });
	const slugger = new GithubSlugger();
	one.renderer.rules.heading_open = (tokens, index, options, _env, self) => {
		const words = (tokens[index + 1].children ?? []).filter(({ type }) => type === 'text' || type === 'code_inline');
		tokens[index].attrSet('id', slugger.slug(words.map(({ content }) => content).join('')));
		return self.renderToken(tokens, index, options);
	};
	return one;
}

function layout(text: string): string {
	const [, title = 'Docs'] = /^# (.*)$/m.exec(text) ?? [];
	return html`<!doctype html>
		<html lang="en">
			<head>
				${headOf('/ui/assets', 'docs.css')}
				<title>${title}</title>
				<link rel="icon" href="data:," />
			</head>
			<body>
				<nav aria-label="Docs">
					<ul>
						<li><a href="/docs/README.md">All pages</a></li>
						<li><a href="/">Sandbox</a></li>
					</ul>
				</nav>
				<main>${new Html(markdown().render(text))}</main>
			</body>
		</html>`.text;
}

/** The documentation of the package, for a machine without a way to the internet. Its links lead where they lead on GitHub. */
export function docsPages(): Router {
	const router = express.Router();
	const known = pages();
	router.use('/docs/images', express.static(path.join(ROOT, 'docs', 'images'), { index: false }));
	router.get('/docs', (_request, response) => response.redirect('/docs/README.md'));
	router.get(/\.md$/, (request, response, next) => {
		const name = request.path.slice(1);
		if (!known.has(name)) return next();
		sendPage(response, layout(readFileSync(path.join(ROOT, name), 'utf8')), { hasPictures: true });
	});
	return router;
}
