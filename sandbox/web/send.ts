import path from 'node:path';
import express, { type RequestHandler, type Response } from 'express';

const POLICY =
	"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The files of a page, and what all pages share. */
export function assets(folder: string): RequestHandler[] {
	return [folder, path.join(__dirname, 'assets')].map((root) => express.static(root, { index: false }));
}

/** Answers with a page that loads nothing from elsewhere, is framed by nobody and kept nowhere. */
export function sendPage(response: Response, page: string, status = 200): void {
	response.set({
		'cache-control': 'no-store',
		'content-security-policy': POLICY,
		// Not `no-referrer`: with that a browser hides the origin of the page's own forms.
		'referrer-policy': 'same-origin',
		'x-content-type-options': 'nosniff',
	});
	response.status(status).type('html').send(page);
}
