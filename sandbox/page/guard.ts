import type { RequestHandler } from 'express';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Lets in who asked this machine by its own name: no other name may be made to point here. */
export const byLoopbackName: RequestHandler = ({ headers }, response, next) => {
	if (LOOPBACK.test(headers.host ?? '')) next();
	else response.status(403).type('text').send('The page of the sandbox is shown at 127.0.0.1 and localhost only');
};

/** Lets in what the page itself sent; a browser always tells from where a form comes. */
export const fromThePage: RequestHandler = ({ headers }, response, next) => {
	const site = headers['sec-fetch-site'] ?? 'same-origin';
	if (headers.origin === `http://${headers.host}` && site === 'same-origin') next();
	else response.status(403).type('text').send('The sandbox takes orders from its own page only; scripts use the admin API');
};
