import type { Schemas } from './schemas';
import { listOf, type Raw } from './shape';

/** One operation of a document, with everything that a `$ref` leads to in its place, except schemas. */
export interface ApiOperation {
	/** As the document writes it: `GET /accounts/{id}`, or `callback paid POST {$request.body#/url}` for what the API calls. */
	readonly route: string;
	/** The route in two parts, before and from its path. */
	readonly verb: string;
	readonly path: string;
	readonly raw: Raw;
	/** By `in name`, such as `query limit`; parameters of the path by their position. */
	readonly parameters: ReadonlyMap<string, Raw>;
	readonly security: string;
}

export interface ApiDocument {
	readonly schemas: Schemas;
	readonly content: Raw;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];
/** OpenAPI says that these headers are no parameters. */
const NO_PARAMETERS = ['header authorization', 'header accept', 'header content-type'];

const entriesOf = (part: unknown) => Object.entries((part ?? {}) as Raw);

/** The path of a server's address, without a slash at the end. Addresses may be relative. */
const serverPath = (url: unknown) => new URL(String(url).replace(/[{}]/g, ''), 'http://localhost').pathname.replace(/\/$/, '');
export const serversOf = ({ content }: ApiDocument) => listOf(content.servers).map((server) => String((server as Raw).url));

/** A path without what does not change the address: names of parameters, and a slash at the end. */
const pathShape = (path: string) => path.replace(/\{[^}]*\}/g, '{}').replace(/\/$/, '');

function parametersOf({ schemas }: ApiDocument, path: string, ...lists: unknown[]): Map<string, Raw> {
	const positions = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
	const parameters = lists.flatMap(listOf).map((part) => schemas.resolve(part));
	const keyed = parameters.map((parameter) => {
		const name = String(parameter.name);
		const place = String(parameter.in);
		if (place === 'path') return [`path ${positions.indexOf(name) + 1}`, parameter] as const;
		return [`${place} ${place === 'header' ? name.toLowerCase() : name}`, parameter] as const;
	});
	return new Map(keyed.filter(([key]) => !NO_PARAMETERS.includes(key)));
}

function schemeText(scheme: Raw, scopes: unknown): string {
	const { type, scheme: kind, name, in: place } = scheme;
	const asked = listOf(scopes).map(String).sort();
	const scopeText = asked.length > 0 ? ` with ${asked.join(' ')}` : '';
	if (type === 'http') return `HTTP ${String(kind).toLowerCase()}${scopeText}`;
	if (type === 'apiKey') return `key in ${String(place)} ${String(name)}`;
	if (type === 'oauth2')
		return `OAuth 2.0 (${entriesOf(scheme.flows)
			.map(([flow]) => flow)
			.sort()
			.join(', ')})${scopeText}`;
	return `${String(type)}${scopeText}`;
}

function securityOf({ schemas, content }: ApiDocument, operation: Raw): string {
	const schemes = ((content.components ?? {}) as Raw).securitySchemes as Raw | undefined;
	const ways = listOf(operation.security ?? content.security).map((way) =>
		entriesOf(way)
			.map(([name, scopes]) => schemeText(schemas.resolve(schemes?.[name]), scopes))
			.sort()
			.join(' and '),
	);
	return ways.length === 0
		? 'none'
		: ways
				.map((way) => way || 'none')
				.sort()
				.join(', or ');
}

/** Operations of path items; callbacks of an operation are operations that the API calls. */
function operationsIn(document: ApiDocument, items: unknown, prefix = ''): ApiOperation[] {
	return entriesOf(items).flatMap(([path, part]) => {
		const item = document.schemas.resolve(part);
		return METHODS.filter((method) => item[method] !== undefined).flatMap((method) => {
			const raw = document.schemas.resolve(item[method]);
			const verb = `${prefix}${method.toUpperCase()}`;
			const parameters = parametersOf(document, path, item.parameters, raw.parameters);
			const callbacks = entriesOf(raw.callbacks).flatMap(([name, callback]) =>
				operationsIn(document, document.schemas.resolve(callback), `callback ${name} `),
			);
			return [{ route: `${verb} ${path}`, verb, path, raw, parameters, security: securityOf(document, raw) }, ...callbacks];
		});
	});
}

const operationsOf = (document: ApiDocument): ApiOperation[] => [
	...operationsIn(document, document.content.paths),
	...operationsIn(document, document.content.webhooks, 'webhook '),
];

/** What makes two routes one: method and path, below the path of the server. */
const shapeOf = ({ verb, path }: ApiOperation, below: string) => `${verb} ${below}${pathShape(path)}`;

export interface Matched {
	readonly both: ReadonlyArray<readonly [ours: ApiOperation, theirs: ApiOperation]>;
	readonly onlyOurs: readonly ApiOperation[];
	readonly onlyTheirs: readonly ApiOperation[];
}

/** Which operations of two documents are the same. A part of the path may be in the address of the server, so the best fit counts. */
export function matchOperations(ours: ApiDocument, theirs: ApiDocument): Matched {
	const ourPath = serverPath(serversOf(ours)[0]);
	const ourOperations = operationsOf(ours);
	const theirOperations = operationsOf(theirs);
	const wanted = new Set(ourOperations.map((operation) => shapeOf(operation, ourPath)));
	const candidates = [ourPath, '', ...serversOf(theirs).map(serverPath)];
	const fits = candidates.map((below) => theirOperations.filter((operation) => wanted.has(shapeOf(operation, below))).length);
	const below = candidates[fits.indexOf(Math.max(...fits))];
	const byShape = new Map(theirOperations.map((operation) => [shapeOf(operation, below), operation]));
	const pairs = ourOperations.map((operation) => [operation, byShape.get(shapeOf(operation, ourPath))] as const);
	const found = new Set(pairs.map(([, operation]) => operation));
	return {
		both: pairs.flatMap(([one, other]) => (other ? [[one, other] as const] : [])),
		onlyOurs: pairs.flatMap(([one, other]) => (other ? [] : [one])),
		onlyTheirs: theirOperations.filter((operation) => !found.has(operation)),
	};
}
