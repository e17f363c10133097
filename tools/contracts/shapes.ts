import type { OpenAPIV3 } from 'openapi-types';

type Part<T> = T | OpenAPIV3.ReferenceObject;

/** How the answers of reads look, in few bytes, for Learn Shapes and Vendor Corrections: nodes/shared/http/shapes.ts describes it. */
export function shapesOf(document: OpenAPIV3.Document): string {
	const types: Record<string, unknown> = {};
	function resolved<T extends object>(part: Part<T>): T {
		if (!('$ref' in part)) return part;
		const keys = part.$ref.slice(2).split('/');
		return keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document) as T;
	}
	function shapeOf(part: Part<OpenAPIV3.SchemaObject>): unknown {
		const schema = resolved(part);
		if ('$ref' in part && schema.type === 'object' && schema.properties) {
			const name = part.$ref.replace(/^.*\//, '');
			if (!(name in types)) {
				types[name] = {};
				types[name] = shapeOf(schema);
			}
			return `#${name}`;
		}
		const { type, properties = {}, required = [], format, nullable, allOf, anyOf, maxLength } = schema;
		const orNull = nullable ? '?' : '';
		if (allOf?.[0]) return shapeOf(allOf[0]);
		if (schema.type === 'array') return [shapeOf(schema.items)];
		const fields = Object.entries(properties);
		if (fields.length > 0)
			return Object.fromEntries(fields.map(([name, field]) => [name + (required.includes(name) ? '!' : ''), shapeOf(field)]));
		// The contract has one: an amount as text or number.
		if (anyOf) return `decimal${orNull}`;
		if (schema.enum) return `=${schema.enum.filter((word) => word !== null).join('|')}${orNull}`;
		return `${format ?? type ?? 'any'}${maxLength ? `<${maxLength}` : ''}${orNull}`;
	}
	const routes: Record<string, unknown> = {};
	const sizes: Record<string, string> = {};
	const queries = new Set<string>();
	for (const [path, item] of Object.entries(document.paths)) {
		const { responses = {}, parameters = [] } = item?.get ?? {};
		const answer = responses['200'];
		const schema = answer && resolved(answer).content?.['application/json']?.schema;
		const names = parameters.map(resolved).flatMap(({ in: place, name }) => (place === 'query' ? [name] : []));
		for (const name of names) queries.add(name);
		// An event stream is no read.
		if (!schema || '101' in responses) continue;
		routes[`GET ${path}`] = shapeOf(schema);
		const size = names.find((name) => name === 'limit' || name === 'page_size');
		if (size) sizes[`GET ${path}`] = size;
	}
	return `${JSON.stringify({ queries: [...queries], types, routes, sizes })}\n`;
}
