/** The part of JSON Schema that the contracts use for request bodies: a type alone is its name, and what has `properties` is an object. */
export type Schema = string | Rules;

interface Rules {
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
	readonly anyOf?: readonly Schema[];
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
	const rules: Rules = typeof schema === 'string' ? { type: schema } : schema;
	const { type = rules.properties && 'object', nullable, enum: words, anyOf } = rules;
	if (value === null && nullable) return [];
	const isType = type === undefined || type === typeOf(value) || (type === 'integer' && Number.isInteger(value));
	if (!isType) return [`${at} is ${typeOf(value)}, not ${type}`];
	return [
		...(words && !words.includes(value) ? [`${at} is none of ${words.join(', ')}`] : []),
		...(typeof value === 'string' ? textProblems(rules, value, at) : []),
		...(Array.isArray(value) ? listProblems(rules, value, at) : []),
		...(typeof value === 'object' && value !== null && !Array.isArray(value) ? objectProblems(rules, { ...value }, at) : []),
		...(anyOf ? nearest(anyOf, value, at) : []),
	];
}

/** The violations of the form with the fewest, because that is most likely the form that the user meant. */
const nearest = (forms: readonly Schema[], value: unknown, at: string) =>
	forms.map((form) => problemsOf(form, value, at)).reduce((best, one) => (one.length < best.length ? one : best));

function textProblems({ pattern, format = '' }: Rules, text: string, at: string): string[] {
	const isFormed = (FORMATS[format]?.(text) ?? true) && (pattern === undefined || new RegExp(pattern, 'u').test(text));
	return isFormed ? [] : [`${at} is not written as ${format || pattern}`];
}

function listProblems({ items = {}, minItems = 0 }: Rules, list: unknown[], at: string): string[] {
	if (list.length < minItems) return [`${at} has fewer than ${minItems} entries`];
	return list.flatMap((one, index) => problemsOf(items, one, `${at}.${index + 1}`));
}

function objectProblems(
	{ properties = {}, required = [], minProperties = 0 }: Rules,
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
