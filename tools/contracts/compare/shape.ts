/** A schema as an OpenAPI file has it. */
export type Raw = Readonly<Record<string, unknown>>;

/** What one schema says of a value, in the words of OpenAPI 3.1. */
export interface Shape {
	/** Without 'null'. Empty: any type. */
	readonly types: readonly string[];
	readonly isNullable: boolean;
	readonly values?: readonly string[];
	readonly format?: string;
	/** Pattern, lengths and bounds by name. */
	readonly limits: Readonly<Record<string, string>>;
	readonly fields: ReadonlyMap<string, Raw>;
	readonly required: ReadonlySet<string>;
	readonly rows?: Raw;
	/** What a field may be that has no name of its own. */
	readonly others?: Raw;
	readonly isClosed: boolean;
}

/** `forms` are the alternatives of a schema, `base` is what it says besides, and `whole` is all of it as one. */
export interface Parts {
	readonly base: Shape;
	readonly forms: readonly Raw[];
	readonly whole: Shape;
}

const LIMITS = ['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf', 'minItems', 'maxItems', 'uniqueItems'];
export const ANNOTATIONS = /^(x-.*|description|summary|title|examples?|deprecated|externalDocs)$/;

export const ANY: Raw = {};
export const NOTHING: Shape = { types: [], isNullable: false, limits: {}, fields: new Map(), required: new Set(), isClosed: false };

export const isObject = (part: unknown): part is Raw => typeof part === 'object' && part !== null && !Array.isArray(part);
export const listOf = (part: unknown): unknown[] => (Array.isArray(part) ? part : part === undefined ? [] : [part]);
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
export const unique = <T>(all: readonly T[]) => [...new Set(all)];

function typesOf({ type, properties, items, enum: values, const: only }: Raw): string[] {
	if (type !== undefined) return listOf(type).map(String);
	if (properties !== undefined) return ['object'];
	if (items !== undefined) return ['array'];
	return unique([...listOf(values), ...listOf(only)].filter((value) => value !== null).map((value) => typeof value));
}

/** What a schema says by its own keywords. */
export function ownShapeOf(raw: Raw, resolve: (part: unknown) => Raw): Shape {
	const types = typesOf(raw);
	const limits = LIMITS.filter((name) => raw[name] !== undefined).map((name) => [name, textOf(raw[name])] as const);
	const values = raw.const === undefined ? (raw.enum as unknown[] | undefined) : [raw.const];
	const properties = isObject(raw.properties) ? raw.properties : {};
	return {
		types: types.filter((type) => type !== 'null').sort(),
		isNullable: raw.nullable === true || types.includes('null'),
		values: values?.filter((value) => value !== null).map(textOf),
		format: typeof raw.format === 'string' ? raw.format.toLowerCase() : undefined,
		limits: Object.fromEntries(limits),
		fields: new Map(Object.entries(properties).map(([name, field]) => [name, resolve(field)])),
		required: new Set(listOf(raw.required).map(String)),
		rows: raw.items === undefined ? undefined : resolve(raw.items),
		others:
			isObject(raw.additionalProperties) && Object.keys(raw.additionalProperties).length > 0
				? resolve(raw.additionalProperties)
				: undefined,
		isClosed: raw.additionalProperties === false,
	};
}
