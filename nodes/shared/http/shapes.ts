/**
 * How a value looks in the contract: a word such as `string`, `number`, `date-time`, `decimal` or `=a|b` (one of these words), with `?`
 * where null is allowed; `#Name` for a type; a list of one for a list; or an object, whose required fields end with `!`.
 */
export type Shape = string | readonly Shape[] | { readonly [field: string]: Shape };

/** What `npm run contracts` takes of a contract: contracts/*.shapes.json. */
export interface Shapes {
	/** Names of all query parameters of reads. */
	readonly queries: readonly string[];
	readonly types: Readonly<Record<string, Shape>>;
	/** Answer by route of a read. */
	readonly routes: Readonly<Record<string, Shape>>;
	/** By route of a list with pages: the query parameter that says how many rows a page has. */
	readonly sizes: Readonly<Record<string, string>>;
}

export type Fields = Readonly<Record<string, Shape>>;

/** The shape itself where it is the name of a type. */
export const resolved = (shape: Shape, { types }: Shapes): Shape =>
	typeof shape === 'string' && shape.startsWith('#') ? types[shape.slice(1)] : shape;

export const isList = (shape: Shape): shape is readonly Shape[] => Array.isArray(shape);
export const isFields = (shape: Shape): shape is Fields => typeof shape === 'object' && !isList(shape);

const cached = new WeakMap<Shapes, ReadonlyMap<string, ReadonlySet<string>>>();

/** The names of all fields in the answers of a contract, each with the words of its shapes. */
export function fieldsOf(shapes: Shapes): ReadonlyMap<string, ReadonlySet<string>> {
	const known = cached.get(shapes);
	if (known !== undefined) return known;
	const found = new Map<string, Set<string>>();
	const collect = (shape: Shape) => {
		if (isList(shape)) shape.forEach(collect);
		else if (isFields(shape))
			for (const [key, field] of Object.entries(shape)) {
				const name = key.replace('!', '');
				found.set(name, (found.get(name) ?? new Set()).add(typeof field === 'string' ? field.replace('?', '') : 'other'));
				collect(field);
			}
	};
	Object.values(shapes.types).forEach(collect);
	Object.values(shapes.routes).forEach(collect);
	cached.set(shapes, found);
	return found;
}

/** The names of all fields, and the words that values can be. */
export const wordsOf = (shapes: Shapes): ReadonlySet<string> =>
	new Set(
		[...fieldsOf(shapes)].flatMap(([name, kinds]) => [
			name,
			...[...kinds].flatMap((kind) => (kind.startsWith('=') ? kind.slice(1).split('|') : [])),
		]),
	);
