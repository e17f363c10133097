import type { RequestHandler } from 'express';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Accepts requests to a loopback name only, because an attacker can make another name resolve to this machine. */
export const requireLoopbackName: RequestHandler = ({ headers }, response, next) => {
	if (LOOPBACK.test(headers.host ?? '')) next();
	else response.status(403).type('text').send('Open the page of the sandbox at 127.0.0.1 or localhost');
};

/** Accepts forms of the page only. A browser always sends the origin of a form. */
export const requireOwnOrigin: RequestHandler = ({ headers }, response, next) => {
	const site = headers['sec-fetch-site'] ?? 'same-origin';
	if (headers.origin === `http://${headers.host}` && site === 'same-origin') next();
	else response.status(403).type('text').send('The sandbox accepts forms of its own page only; scripts use the admin API');
};
