import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Described {
	requestBody?: unknown;
	responses?: Record<string, unknown>;
}

/** What a contract says of a route beyond its types: the statuses it documents, and whether it takes a body. */
export function documentedBy(name: string): (route: string) => { statuses: number[]; takesBody: boolean } {
	const { paths } = parse(readFileSync(join(__dirname, `../../contracts/${name}.openapi.yaml`), 'utf8')) as {
		paths: Record<string, Record<string, Described | undefined>>;
	};
	return (route) => {
		const [method, path] = route.split(' ');
		const { requestBody, responses = {} } = paths[path]?.[method.toLowerCase()] ?? {};
		return { statuses: Object.keys(responses).map(Number), takesBody: requestBody !== undefined };
	};
}
