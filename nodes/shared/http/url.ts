import type { Connection } from './connection';
import { UserError } from '../core/userError';
import type { ApiRequest } from './request';

/** `GET /accounts/{id}` at a base URL, with the path values filled in and the trailing slash as the user wants it. */
export function urlOf({ baseUrl, slash = 'contract' }: Connection, { route, path = {} }: ApiRequest): string {
	const [, template] = route.split(' ');
	const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = path[name] ?? '';
		// `.` and `..` would name another path, and so another operation.
		if (/^\.{0,2}$/.test(value)) throw new UserError(`'${value}' is not a valid ID`, 'Choose an entry from the list or enter its ID.');
		return encodeURIComponent(value);
	});
	if (slash === 'contract') return baseUrl + filled;
	return baseUrl + filled.replace(/\/$/, '') + (slash === 'always' ? '/' : '');
}
