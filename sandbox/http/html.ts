import path from 'node:path';
import express, { type RequestHandler, type Response } from 'express';

/** Text that is already HTML. */
export class Html {
	constructor(readonly text: string) {}
}

type Part = string | Html | Html[];

/** A template that escapes its values, except those that are already HTML. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
	return new Html(strings.reduce((text, string, index) => text + render(parts[index - 1] ?? '') + string));
}

function render(part: Part): string {
	if (part instanceof Html) return part.text;
	return Array.isArray(part) ? part.map(({ text }) => text).join('') : escape(part);
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** What every page has in its head: how it is read and drawn. `assets` is the address of its files, `own` its stylesheet. */
export const headOf = (assets: string, own: string): Html =>
	html`<meta charset="utf-8" />
		<meta name="viewport" content="width=device-width, initial-scale=1" />
		<meta name="color-scheme" content="light dark" />
		<link rel="stylesheet" href="${assets}/pico.classless.min.css" />
		<link rel="stylesheet" href="${assets}/base.css" />
		<link rel="stylesheet" href="${assets}/${own}" />`;

const policy = (images: string) =>
	`default-src 'none'; style-src 'self'; img-src ${images}; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** The stylesheet of all pages. Its icons are `data:` addresses. */
const PICO = require.resolve('@picocss/pico/css/pico.classless.min.css');

/** Serves the files of a page, and those that all pages share. */
export function assets(folder: string): RequestHandler[] {
	return [folder, path.join(__dirname, 'assets'), path.dirname(PICO)].map((root) => express.static(root, { index: false }));
}

/** Sends a page. It loads files of its own server only, no page may frame it, and no cache stores it. */
export function sendPage(response: Response, page: string, { status = 200, hasPictures = false } = {}): void {
	response.set({
		'cache-control': 'no-store',
		'content-security-policy': policy(hasPictures ? "'self' data:" : 'data:'),
		// Not `no-referrer`: a browser would then hide the origin of the page's own forms.
		'referrer-policy': 'same-origin',
		'x-content-type-options': 'nosniff',
	});
	response.status(status).type('html').send(page);
}
