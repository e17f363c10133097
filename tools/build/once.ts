// What makes a built script smaller: no change of our sources, and no new name for a field.
import ts from 'typescript';

interface Edit {
	readonly node: ts.Node;
	readonly text: string;
}

function edited(source: string, edits: Edit[]): string {
	let at = 0;
	let result = '';
	for (const { node, text } of edits.sort((one, other) => one.node.getStart() - other.node.getStart())) {
		result += source.slice(at, node.getStart()) + text;
		at = node.end;
	}
	return result + source.slice(at);
}

/** Every node of a script. */
function nodesOf(source: string): ts.Node[] {
	const nodes: ts.Node[] = [ts.createSourceFile('bundle.js', source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS)];
	for (const node of nodes) ts.forEachChild(node, (child) => void nodes.push(child));
	return nodes;
}

const isAtTop = (node: ts.Node) => ts.isSourceFile(node.parent.parent.parent);

const isRequire = (node: ts.Node) => ts.isCallExpression(node) && node.expression.getText() === 'require';

/** A bundle that requires each module once. esbuild requires it for each file that imports it. */
export function requireOnce(source: string): string {
	const names = new Map<string, string>();
	const edits: Edit[] = [];
	for (const node of nodesOf(source)) {
		if (!ts.isVariableDeclaration(node) || !isAtTop(node) || !ts.isIdentifier(node.name)) continue;
		if (!node.initializer || !isRequire(node.initializer)) continue;
		const call = node.initializer.getText();
		const first = names.get(call);
		if (first === undefined) names.set(call, node.name.getText());
		else edits.push({ node: node.initializer, text: first });
	}
	return edited(source, edits);
}

/** About as many bytes has a name that the minifier gives to a text, and the rest of its declaration. */
const NAME = 2;
const DECLARATION = 2;

/** Whether a text names a field, of an object or of a pattern that takes one apart. */
const isFieldName = (node: ts.Node) =>
	(ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
	(ts.isBindingElement(node.parent) && node.parent.propertyName === node);

/**
 * Whether a name can replace a text. It cannot for the name of a module, a method or a directive such as 'use strict'. And what `typeof`
 * is compared with stays a text, which engines compare fastest.
 */
function canHaveName(node: ts.Node): node is ts.StringLiteral {
	if (!ts.isStringLiteral(node) || node.text === '__proto__') return false;
	const { parent } = node;
	if (ts.isBinaryExpression(parent)) return ![parent.left, parent.right].some(ts.isTypeOfExpression);
	return !isRequire(parent) && !ts.isExpressionStatement(parent) && (isFieldName(node) || !('name' in parent && parent.name === node));
}

/** The functions of these are the same under another name: none uses its `this`. */
const GLOBALS: Readonly<Record<string, object>> = { Array, JSON, Math, Number, Object };

/** Whether a node is a function of JavaScript itself, such as `Object.entries`. */
function isGlobalFunction(node: ts.Node): boolean {
	if (!ts.isPropertyAccessExpression(node)) return false;
	const object = Object.hasOwn(GLOBALS, node.expression.getText()) ? GLOBALS[node.expression.getText()] : {};
	return typeof Object.getOwnPropertyDescriptor(object, node.name.text)?.value === 'function';
}

function withDeclarations(declarations: readonly string[], script: string): string {
	if (declarations.length === 0) return script;
	// A directive must stay the first.
	const [directive] = /^\s*(['"])use strict\1;?/.exec(script) ?? [''];
	return `${directive}\nconst ${declarations.join(', ')};\n${script.slice(directive.length)}`;
}

/** A script that writes each text and each function of JavaScript once: a name replaces it where that saves bytes. */
export function writeOnce(source: string): string {
	const places = new Map<string, ts.Node[]>();
	const nodes = nodesOf(source);
	const isShadowed = nodes.some(
		(node) => (ts.isParameter(node) || ts.isVariableDeclaration(node)) && Object.hasOwn(GLOBALS, node.name.getText()),
	);
	for (const node of nodes) {
		if (!canHaveName(node) && (isShadowed || !isGlobalFunction(node))) continue;
		const key = ts.isStringLiteral(node) ? JSON.stringify(node.text) : node.getText();
		places.set(key, [...(places.get(key) ?? []), node]);
	}
	const edits: Edit[] = [];
	const declarations: string[] = [];
	for (const nodes of places.values()) {
		const text = nodes[0].getText();
		const bytes = Buffer.byteLength(text);
		const saved = nodes.reduce((sum, node) => sum + bytes - NAME - (isFieldName(node) ? '[]'.length : 0), -bytes - NAME - DECLARATION);
		if (saved <= 0) continue;
		const name = `$text${declarations.length}`;
		declarations.push(`${name} = ${text}`);
		for (const node of nodes) edits.push({ node, text: isFieldName(node) ? `[${name}]` : ` ${name} ` });
	}
	return withDeclarations(declarations, edited(source, edits));
}

/** As many bytes as two texts have in common at their begin. */
function lengthInCommon(one: string, other: string): number {
	let length = 0;
	while (length < one.length && one[length] === other[length]) length += 1;
	return length;
}

/** A beginning of several texts costs a name and a plus sign each, and those of field names brackets too. */
const JOINED = 2;

/** The beginning whose bytes are worth the most when the texts share it. The texts are in order, so that neighbours begin alike. */
function bestBeginning(texts: readonly string[]): string {
	const common = texts.map((text, index) => lengthInCommon(texts[index - 1] ?? '', text));
	let [best, mostSaved] = ['', 0];
	for (const [index, length] of common.entries()) {
		if (length <= NAME + JOINED) continue;
		let [from, to] = [index - 1, index + 1];
		while (common[from] >= length) from -= 1;
		while (common[to] >= length) to += 1;
		const beginning = texts[index].slice(0, length);
		const bytes = Buffer.byteLength(beginning);
		const saved = (to - from) * (bytes - NAME - JOINED) - bytes - NAME - DECLARATION - '""'.length;
		if (saved > mostSaved) [best, mostSaved] = [beginning, saved];
	}
	return best;
}

/** A script that writes the common beginnings of its texts once, such as those of routes. */
export function writeBeginningsOnce(source: string): string {
	const literals = nodesOf(source).filter(canHaveName);
	let texts = literals.map(({ text }) => text).sort();
	const beginnings: string[] = [];
	for (let beginning = bestBeginning(texts); beginning !== ''; beginning = bestBeginning(texts)) {
		beginnings.push(beginning);
		texts = texts.filter((text) => !text.startsWith(beginning));
	}
	const edits = literals.flatMap((node): Edit[] => {
		const index = beginnings.findIndex((beginning) => node.text.startsWith(beginning));
		if (index < 0) return [];
		const joined = `$begin${index}+${JSON.stringify(node.text.slice(beginnings[index].length))}`;
		return [{ node, text: isFieldName(node) ? `[${joined}]` : ` (${joined})` }];
	});
	const declarations = beginnings.map((beginning, index) => `$begin${index} = ${JSON.stringify(beginning)}`);
	return withDeclarations(declarations, edited(source, edits));
}
