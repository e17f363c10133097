import type { NodeApiError } from 'n8n-workflow';
import { clock } from '../core/clock';
import type { SendRequest } from '../http/request';
import type { Shapes } from '../http/shapes';
import { failureOf } from './reads';

/** Objects of the outermost list that are tried, until one of them has rows. */
const MOST_PARENTS = 3;
/** Rows of a page. */
const PAGE_ROWS = 20;

export interface LearnedRead {
	readonly route: string;
	readonly body?: unknown;
	/** Of a list: the IDs of its rows, and the path with which it was read. */
	readonly ids?: readonly string[];
	readonly path?: Readonly<Record<string, string>>;
	/** Why there is no answer, without a word of the API. */
	readonly notRead?: string;
}

const REASONS: Readonly<Record<number, string>> = {
	0: 'no answer came',
	400: 'the API did not accept the call',
	401: 'the API did not accept the token',
	403: 'the credential may not read this',
	404: 'the API does not know this address or object',
	429: 'the API asks to slow down',
};

/** Why a read failed, in words of the node: those of the API may hold a value. */
export function reasonOf(error: Partial<NodeApiError>): string {
	const { status } = failureOf(error);
	if (status === undefined) return 'the credential got no token, or the answer could not be read';
	return REASONS[status] ?? (status >= 500 ? 'the API has trouble' : 'the API refused the call, or its answer is no JSON');
}

const parametersOf = (route: string) => [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

/** The list that shows the IDs of a parameter: the route up to it, with or without a slash. */
function listBefore(route: string, parameter: string, lists: Iterable<string>): string | undefined {
	const path = route.slice(0, route.indexOf(`{${parameter}}`)).replace(/\/$/, '');
	return [...lists].find((list) => list.replace(/\/$/, '') === path);
}

/** IDs of the rows of a list, and the path with which it was read. */
interface Source {
	readonly ids: readonly string[];
	readonly path: Readonly<Record<string, string>>;
}

/**
 * Reads one page of each GET of a contract, with IDs that earlier reads have shown. Makes at most `mostCalls` calls, repeats none, and
 * writes nothing. Returns one result for each route.
 * @param idsIn the IDs of the rows of a list; undefined for what is no list
 */
export async function learnReads(
	client: SendRequest,
	{ routes, sizes }: Shapes,
	mostCalls: number,
	idsIn: (route: string, body: unknown) => readonly string[] | undefined,
): Promise<LearnedRead[]> {
	const byList = new Map<string, Source>();
	const byParameter = new Map<string, Source>();
	let calls = 0;

	async function read(route: string, path: Readonly<Record<string, string>>): Promise<LearnedRead> {
		if (calls === mostCalls) return { route, notRead: 'enough calls were made' };
		calls += 1;
		const size = sizes[route];
		// No attempt starts later than now, so the call is not repeated.
		const request = { route, path, deadline: clock.now(), ...(size === undefined ? {} : { query: { [size]: PAGE_ROWS } }) };
		return await client(request).then(
			({ body }) => ({ route, body }),
			(error: Partial<NodeApiError>) => ({ route, notRead: reasonOf(error) }),
		);
	}

	/** The paths to try: of a route with one parameter that is no read of one object, the first IDs of it. */
	function pathsOf(route: string): Array<Record<string, string>> {
		const names = parametersOf(route);
		const sources = names.map((name) => {
			const list = listBefore(route, name, Object.keys(routes));
			return list === undefined ? byParameter.get(name) : byList.get(list);
		});
		if (sources.some((source) => source === undefined)) return [];
		const variants = names.length === 1 && !route.endsWith('}') ? MOST_PARENTS : 1;
		const path: Record<string, string> = {};
		names.forEach((name, index) => Object.assign(path, sources[index]?.path, { [name]: sources[index]?.ids[0] }));
		const [only] = names;
		return variants === 1 ? [path] : (sources[0]?.ids ?? []).slice(0, variants).map((id) => ({ [only]: id }));
	}

	const ordered = Object.keys(routes).sort((a, b) => parametersOf(a).length - parametersOf(b).length || a.length - b.length);
	const results: LearnedRead[] = [];
	for (const route of ordered) {
		let result: LearnedRead = { route, notRead: 'no list shows an ID for it' };
		for (const path of pathsOf(route)) {
			result = await read(route, path);
			const ids = result.notRead === undefined ? idsIn(route, result.body) : undefined;
			if (ids !== undefined && ids.length === 0) continue;
			if (ids === undefined) break;
			byList.set(route, { ids, path });
			result = { ...result, ids, path };
			for (const other of ordered)
				for (const name of parametersOf(other))
					if (listBefore(other, name, [route]) !== undefined && !byParameter.has(name)) byParameter.set(name, { ids, path });
			break;
		}
		results.push(result);
	}
	return results;
}
