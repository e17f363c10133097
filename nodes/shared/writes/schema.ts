/** The part of JSON Schema that the contracts use for request bodies. */
export interface Schema {
	readonly type?: string;
	readonly nullable?: boolean;
	readonly enum?: readonly unknown[];
	readonly pattern?: string;
	readonly format?: string;
	readonly required?: readonly string[];
	readonly properties?: Readonly<Record<string, Schema | undefined>>;
	readonly items?: Schema;
	readonly minItems?: number;
	readonly minProperties?: number;
	readonly allOf?: readonly Schema[];
	readonly anyOf?: readonly Schema[];
	readonly oneOf?: readonly Schema[];
}

const typeOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
	date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text),
	'date-time': (text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
	uri: (text) => URL.canParse(text),
	uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
};

/** The violations of a schema, one line each, with the path of the field and never with the value. */
export function problemsOf(schema: Schema, value: unknown, at = 'the body'): string[] {
	if (value === null && schema.nullable) return [];
	const isType = schema.type === undefined || schema.type === typeOf(value) || (schema.type === 'integer' && Number.isInteger(value));
	if (!isType) return [`${at} is ${typeOf(value)}, not ${schema.type}`];
	const { anyOf, oneOf } = schema;
	const forms = [anyOf, oneOf].flatMap((all) => (all ? [nearest(all, value, at)] : []));
	return [
		...(schema.enum && !schema.enum.includes(value) ? [`${at} is none of ${schema.enum.join(', ')}`] : []),
		...(typeof value === 'string' ? textProblems(schema, value, at) : []),
		...(Array.isArray(value) ? listProblems(schema, value, at) : []),
		...(typeof value === 'object' && value !== null && !Array.isArray(value) ? objectProblems(schema, { ...value }, at) : []),
		...(schema.allOf ?? []).flatMap((part) => problemsOf(part, value, at)),
		...forms.flat(),
	];
}

/** The violations of the form with the fewest, because that is most likely the form that the user meant. */
const nearest = (forms: readonly Schema[], value: unknown, at: string) =>
	forms.map((form) => problemsOf(form, value, at)).reduce((best, one) => (one.length < best.length ? one : best));

function textProblems({ pattern, format = '' }: Schema, text: string, at: string): string[] {
	const isFormed = (FORMATS[format]?.(text) ?? true) && (pattern === undefined || new RegExp(pattern, 'u').test(text));
	return isFormed ? [] : [`${at} is not written as ${format || pattern}`];
}

function listProblems({ items = {}, minItems = 0 }: Schema, list: unknown[], at: string): string[] {
	if (list.length < minItems) return [`${at} has fewer than ${minItems} entries`];
	return list.flatMap((one, index) => problemsOf(items, one, `${at}.${index + 1}`));
}

function objectProblems(
	{ properties = {}, required = [], minProperties = 0 }: Schema,
	object: Record<string, unknown>,
	at: string,
): string[] {
	const inside = at === 'the body' ? '' : `${at}.`;
	const given = Object.entries(object).filter(([, value]) => value !== undefined);
	const isGiven = (name: string) => given.some(([other]) => other === name);
	return [
		...(given.length < minProperties ? [`${at} is empty`] : []),
		...required.filter((name) => !isGiven(name)).map((name) => `${inside}${name} is missing`),
		...given.flatMap(([name, value]) => problemsOf((Object.hasOwn(properties, name) && properties[name]) || {}, value, `${inside}${name}`)),
	];
}
