import type { RequestHandler } from 'express';

/** Accepts forms of the page only. A browser always sends the origin of a form. */
export const requireOwnOrigin: RequestHandler = ({ headers }, response, next) => {
	const site = headers['sec-fetch-site'] ?? 'same-origin';
	if (headers.origin === `http://${headers.host}` && site === 'same-origin') next();
	else response.status(403).type('text').send('The sandbox accepts forms of its own page only; scripts use the admin API');
};
