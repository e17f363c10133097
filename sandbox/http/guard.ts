import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Sites that are no other one: a page of this server, and an address that somebody typed. Programs send none. */
const OWN = [undefined, 'same-origin', 'none'];

/**
 * Why a server of the sandbox refuses a request; undefined when it serves it. An attacker can make another name resolve to this machine, and
 * any web page can send requests to its ports. A browser names the page in Origin or Sec-Fetch-Site. A link may lead here.
 */
export function refusalOf({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): string | undefined {
	const { host = '', origin } = headers;
	if (!LOOPBACK.test(host)) return 'Open the sandbox at 127.0.0.1 or localhost';
	if (origin !== undefined && origin !== `http://${host}`) return 'The sandbox does not serve other web pages';
	const isLink = method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
	if (OWN.includes(headers['sec-fetch-site'] as string | undefined) || (isLink && origin === undefined)) return undefined;
	return 'The sandbox does not serve other web pages';
}

/** The path of a request. Not by `new URL(path, base)`, which takes `//` for the begin of a host and throws. */
export const pathOf = ({ url }: Pick<IncomingMessage, 'url'>): string => /^[^?#]*/.exec(url ?? '')?.[0] || '/';
