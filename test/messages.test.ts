import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { files, root } from './support/markdown';

/** Which argument of an error has its text. */
const TEXT_OF: Readonly<Record<string, number>> = { Error: 0, UserError: 0, NodeOperationError: 1 };

/** The text of an expression, with … for what is only known at run time. */
function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
	if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) return textOf(node.expression.expression);
	return undefined;
}

/** What users can read of a source file: texts of errors, and titles of `errorMessages.ts`. */
function messagesIn(path: string): string[] {
	const source = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.ES2022);
	const found: Array<string | undefined> = [];
	const add = (node: ts.Node | undefined) => found.push(node && textOf(node));
	const visit = (node: ts.Node) => {
		if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text in TEXT_OF)
			add(node.arguments?.[TEXT_OF[node.expression.text]]);
		if (path.endsWith('errorMessages.ts') && ts.isArrayLiteralExpression(node)) add(node.elements[0]);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found.filter((text) => text !== undefined);
}

const sources = files.filter((path) => /^(nodes|credentials)\/.*\.ts$/.test(path));
const messages = [...new Set(sources.flatMap(messagesIn))];
const pages = ['troubleshooting', 'credentials', 'controls', 'rehearsal'].map((page) =>
	readFileSync(join(root, `docs/${page}.md`), 'utf8'),
);
const text = pages.join('\n');

/** The part of a message that a reader searches for: the longest run of fixed words in its first sentence. */
const tellingPart = (message: string) =>
	message
		.split(/[.;] /)[0]
		.split('…')
		.map((part) => part.replace(/^[\s',.:;]+|[\s',.:;(]+$/g, ''))
		.reduce((longest, part) => (part.length > longest.length ? part : longest));

test('there are messages to look for', () => {
	expect(messages.length).toBeGreaterThan(70);
});

test('every message that a node or a credential shows is in the documentation, with what to do', () => {
	expect(messages.filter((message) => !text.includes(tellingPart(message)))).toEqual([]);
});
