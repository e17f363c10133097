import fc from 'fast-check';
import type { Difference } from '../../tools/contracts/compare/difference';

type Raw = Record<string, unknown>;

/** Whether a difference says what a mutation has changed, and nothing else. */
type IsNamedBy = (difference: Difference) => boolean;

interface Sites {
	readonly operations: Array<{ path: string; method: string; item: Raw; raw: Raw }>;
	readonly parameters: Raw[];
	readonly schemas: Raw[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const values = (part: unknown): unknown[] => Object.values((part ?? {}) as Raw);
const list = (part: unknown) => (part ?? []) as unknown[];

/** Everything of a document that an operation uses. What no operation uses is no part of the contract. */
function sitesOf(document: Raw): Sites {
	const sites: Sites = { operations: [], parameters: [], schemas: [] };
	const seen = new Set();
	const resolved = (part: unknown): Raw => {
		const ref = (part as Raw | undefined)?.$ref;
		if (typeof ref !== 'string') return (part ?? {}) as Raw;
		return resolved(
			ref
				.slice(2)
				.split('/')
				.reduce<unknown>((at, key) => (at as Raw)[key], document),
		);
	};
	const isNew = (part: unknown) => !seen.has(part) && seen.add(part);
	function schema(part: unknown) {
		const raw = resolved(part);
		if (!isNew(raw) || part === undefined) return;
		sites.schemas.push(raw);
		for (const inner of [...values(raw.properties), ...list(raw.allOf), ...list(raw.oneOf), ...list(raw.anyOf)]) schema(inner);
		schema(raw.items);
	}
	const content = (part: unknown) => values(resolved(part).content).forEach((media) => schema((media as Raw).schema));
	for (const [path, item] of Object.entries(document.paths as Record<string, Raw>)) {
		for (const method of METHODS.filter((one) => one in item)) {
			const raw = item[method] as Raw;
			sites.operations.push({ path, method, item, raw });
			for (const one of [...list(item.parameters), ...list(raw.parameters)].map(resolved)) {
				if (isNew(one)) sites.parameters.push(one);
				schema(one.schema);
			}
			content(raw.requestBody);
			values(raw.responses).forEach(content);
		}
	}
	return sites;
}

type Mutate = (sites: Sites, pick: <T>(all: readonly T[]) => T, document: Raw) => IsNamedBy;

const aspect =
	(name: string, field?: string, theirs?: string): IsNamedBy =>
	(difference) =>
		difference.aspect === name &&
		(field === undefined || difference.field === field) &&
		(theirs === undefined || difference.theirs.includes(theirs));
const propertiesOf = ({ properties }: Raw) => properties as Record<string, Raw>;
const withFields = ({ schemas }: Sites) => schemas.filter(({ properties }) => values(properties).length > 0);
const leaves = ({ schemas }: Sites, type: string) => schemas.filter((raw) => raw.type === type && raw.enum === undefined);
const lists = ({ schemas }: Sites) => schemas.filter(({ enum: all }) => list(all).length > 1);
const inQuery = ({ parameters }: Sites) => parameters.filter((parameter) => parameter.in === 'query');
const route = ({ method, path }: Sites['operations'][number]) => `${method.toUpperCase()} ${path}`;
const without = (all: unknown, one: unknown) => list(all).filter((other) => other !== one);

function fieldGone(schema: Raw, name: string) {
	const { [name]: field, ...others } = propertiesOf(schema);
	schema.properties = others;
	schema.required = without(schema.required, name);
	return field;
}

/** How a vendor may change one thing of a contract. */
export const MUTATIONS: Readonly<Record<string, Mutate>> = {
	'a field is gone': (sites, pick) => {
		const schema = pick(withFields(sites));
		const name = pick(Object.keys(propertiesOf(schema)));
		fieldGone(schema, name);
		return aspect('field', name, 'no such field');
	},
	'a field has another name': (sites, pick) => {
		const schema = pick(withFields(sites));
		const name = pick(Object.keys(propertiesOf(schema)));
		const field = fieldGone(schema, name);
		propertiesOf(schema)[`other_${name}`] = field;
		return (difference) => difference.aspect === 'field' && [name, `other_${name}`].includes(String(difference.field));
	},
	'a field is new': (sites, pick) => {
		const schema = pick(withFields(sites));
		schema.properties = { ...propertiesOf(schema), brand_new: { type: 'string' } };
		return aspect('field', 'brand_new', 'optional string');
	},
	'a type differs': (sites, pick) => {
		pick(leaves(sites, pick(['string', 'number', 'object', 'array']))).type = 'boolean';
		return aspect('type', undefined, 'boolean');
	},
	'a format differs': (sites, pick) => {
		pick(leaves(sites, 'string')).format = 'byte';
		return aspect('format', undefined, 'byte');
	},
	'a length has a limit': (sites, pick) => {
		pick(leaves(sites, 'string')).maxLength = 7;
		return aspect('maxLength', undefined, '7');
	},
	'null is allowed': (sites, pick) => {
		pick(leaves(sites, 'string').filter(({ nullable }) => nullable !== true)).nullable = true;
		return aspect('null', undefined, 'may be null');
	},
	'a value is new': (sites, pick) => {
		const schema = pick(lists(sites));
		schema.enum = [...list(schema.enum), 'brand_new'];
		return aspect('values', undefined, 'brand_new');
	},
	'a value is gone': (sites, pick) => {
		const schema = pick(lists(sites));
		const gone = pick(list(schema.enum));
		schema.enum = without(schema.enum, gone);
		return (difference) => difference.aspect === 'values' && difference.ours.includes(String(gone));
	},
	'a field becomes required': (sites, pick) => {
		const optional = (schema: Raw) => Object.keys(propertiesOf(schema)).filter((name) => !list(schema.required).includes(name));
		const schema = pick(withFields(sites).filter((one) => optional(one).length > 0));
		const name = pick(optional(schema));
		schema.required = [...list(schema.required), name];
		return aspect('required', name, 'required');
	},
	'a field becomes optional': (sites, pick) => {
		const schema = pick(withFields(sites).filter(({ required }) => list(required).length > 0));
		const name = pick(list(schema.required));
		schema.required = without(schema.required, name);
		return aspect('required', String(name), 'optional');
	},
	'an operation is gone': (sites, pick) => {
		const operation = pick(sites.operations);
		delete operation.item[operation.method];
		return (difference) => difference.aspect === 'operation' && difference.routes.some((one) => one.includes(route(operation)));
	},
	'an operation is new': (_, __, document) => {
		(document.paths as Raw)['/brand/new'] = { get: { responses: {} } };
		return (difference) => difference.aspect === 'operation' && difference.routes.includes('GET /brand/new');
	},
	'a status is gone': (sites, pick) => {
		const { raw } = pick(sites.operations);
		const status = pick(Object.keys(raw.responses as Raw));
		delete (raw.responses as Raw)[status];
		return (difference) => difference.aspect === 'status' && difference.at.endsWith(status);
	},
	'a status is new': (sites, pick) => {
		(pick(sites.operations).raw.responses as Raw)['418'] = { description: 'x' };
		return (difference) => difference.aspect === 'status' && difference.at.endsWith('418');
	},
	'a parameter has another name': (sites, pick) => {
		const parameter = pick(inQuery(sites));
		const name = String(parameter.name);
		parameter.name = `other_${name}`;
		return (difference) => difference.aspect === 'parameter' && [name, `other_${name}`].includes(String(difference.field));
	},
	'a parameter becomes required, or optional': (sites, pick) => {
		const parameter = pick(sites.parameters.filter((one) => one.in !== 'path'));
		parameter.required = parameter.required !== true;
		return aspect('required', String(parameter.name));
	},
	'the access differs': (sites, pick) => {
		pick(sites.operations).raw.security = [{ brandNew: [] }];
		return aspect('security');
	},
	'the address gets or loses a slash': (sites, pick, document) => {
		const { path } = pick(sites.operations.filter((one) => one.path.length > 1));
		const { [path]: item, ...others } = document.paths as Raw;
		document.paths = { ...others, [path.endsWith('/') ? path.slice(0, -1) : `${path}/`]: item };
		return (difference) => difference.aspect === 'slash' && difference.routes.every((one) => one.endsWith(path));
	},
};

export const anyMutation = fc.record({
	name: fc.constantFrom(...Object.keys(MUTATIONS)),
	places: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
});

/** Changes the document; undefined when it has no place for this mutation. */
export function mutate(document: Raw, name: string, places: readonly number[]): IsNamedBy | undefined {
	let taken = 0;
	const pick = <T>(all: readonly T[]): T => {
		if (all.length === 0) throw new RangeError(name);
		return all[places[taken++ % places.length] % all.length];
	};
	try {
		return MUTATIONS[name](sitesOf(document), pick, document);
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}
