import { ANNOTATIONS, ANY, isObject, listOf, NOTHING, ownShapeOf, unique, type Parts, type Raw, type Shape } from './shape';

type Kind = 'allOf' | 'anyOf';

const isNull = ({ type, enum: values }: Raw) =>
	type === 'null' || (values !== undefined && listOf(values).every((value) => value === null));
/** What two lists share; a list that is not there allows everything. */
const both = <T>(a: readonly T[] | undefined, b: readonly T[] | undefined) => (a && b ? a.filter((one) => b.includes(one)) : (a ?? b));

/** The schemas of one OpenAPI document. The same schema is the same object, however often it is referred to. */
export class Schemas {
	private readonly resolved = new Map<Raw, Raw>();
	private readonly parts = new Map<Raw, Parts>();
	private readonly ids = new Map<Raw, number>();
	private readonly combined = new Map<string, Raw>();

	constructor(private readonly document: Raw) {}

	/** What a `$ref` leads to; the reader of the file has made sure that there is something. */
	resolve(part: unknown): Raw {
		if (!isObject(part)) return ANY;
		if (typeof part.$ref !== 'string') return part;
		const known = this.resolved.get(part) ?? this.follow(part);
		this.resolved.set(part, known);
		return known;
	}

	private follow(part: Raw): Raw {
		const seen = new Set<Raw>();
		let here = part;
		for (let ref = here.$ref; typeof ref === 'string' && !seen.has(here); ref = here.$ref) {
			seen.add(here);
			const besides = Object.fromEntries(Object.entries(here).filter(([key]) => key !== '$ref' && !ANNOTATIONS.test(key)));
			const target = ref
				.slice(2)
				.split('/')
				.map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
				.reduce<unknown>((at, key) => (at as Raw | undefined)?.[key], this.document);
			const found = isObject(target) ? target : ANY;
			here = Object.keys(besides).length === 0 ? found : this.together(here, besides, found);
		}
		return here;
	}

	idOf(raw: Raw): number {
		const known = this.ids.get(raw) ?? this.ids.size;
		this.ids.set(raw, known);
		return known;
	}

	partsOf(part: unknown): Parts {
		const raw = this.resolve(part);
		const known = this.parts.get(raw);
		if (known) return known;
		// A schema that is a part of itself adds nothing to itself.
		this.parts.set(raw, { base: NOTHING, forms: [], whole: NOTHING });
		const made = this.read(raw);
		this.parts.set(raw, made);
		return made;
	}

	/** One schema for several: all of them hold, or one of them. The same schemas give the same object. */
	private combine(kind: Kind, parts: readonly unknown[]): Raw {
		const flat = unique(
			parts.flatMap((part) => {
				const raw = this.resolve(part);
				return Object.keys(raw).length === 1 && Array.isArray(raw[kind]) ? raw[kind].map((one) => this.resolve(one)) : [raw];
			}),
		);
		if (flat.length === 1) return flat[0];
		const key = `${kind} ${flat.map((raw) => this.idOf(raw)).join(' ')}`;
		const made = this.combined.get(key) ?? { [kind]: flat };
		this.combined.set(key, made);
		return made;
	}

	/** OpenAPI 3.1 allows keywords beside `$ref`. */
	private together(here: Raw, besides: Raw, target: Raw): Raw {
		const key = `beside ${this.idOf(here)}`;
		const made = this.combined.get(key) ?? { allOf: [target, besides] };
		this.combined.set(key, made);
		return made;
	}

	private read(raw: Raw): Parts {
		const own = ownShapeOf(raw, (part) => this.resolve(part));
		const held = listOf(raw.allOf).map((part) => this.partsOf(part));
		const alternatives = [raw.oneOf, raw.anyOf]
			.filter((list) => list !== undefined)
			.map((list) => listOf(list).map((one) => this.resolve(one)));
		const hasNull = alternatives.some((list) => list.some(isNull));
		const lists = alternatives.map((list) => list.filter((one) => !isNull(one)));
		const single = lists.filter((list) => list.length === 1).map(([only]) => this.partsOf(only));
		const several = lists.filter((list) => list.length > 1);
		const base = this.all([{ ...own, isNullable: own.isNullable || hasNull }, ...[...held, ...single].map((part) => part.base)]);
		const choices = [...several, ...[...held, ...single].map(({ forms }) => forms).filter((forms) => forms.length > 0)];
		const whole = this.all([base, ...choices.map((forms) => this.oneOf(forms.map((form) => this.partsOf(form).whole)))]);
		return choices.length > 1 ? { base: whole, forms: [], whole } : { base, forms: choices[0] ?? [], whole };
	}

	private all(shapes: readonly Shape[]): Shape {
		return shapes.reduce((a, b) => ({
			types: both(a.types.length > 0 ? a.types : undefined, b.types.length > 0 ? b.types : undefined) ?? [],
			isNullable: a.isNullable || b.isNullable,
			values: both(a.values, b.values),
			format: a.format ?? b.format,
			limits: { ...b.limits, ...a.limits },
			fields: this.fieldsOf('allOf', [a, b]),
			required: new Set([...a.required, ...b.required]),
			rows: this.either('allOf', [a.rows, b.rows]),
			others: this.either('allOf', [a.others, b.others]),
			isClosed: a.isClosed || b.isClosed,
		}));
	}

	private oneOf(shapes: readonly Shape[]): Shape {
		const [first] = shapes;
		const shared = Object.entries(first.limits).filter(([name, text]) => shapes.every(({ limits }) => limits[name] === text));
		return {
			types: shapes.every(({ types }) => types.length > 0) ? unique(shapes.flatMap(({ types }) => types)).sort() : [],
			isNullable: shapes.some(({ isNullable }) => isNullable),
			values: shapes.every(({ values }) => values) ? unique(shapes.flatMap(({ values = [] }) => values)) : undefined,
			format: shapes.every(({ format }) => format === first.format) ? first.format : undefined,
			limits: Object.fromEntries(shared),
			fields: this.fieldsOf('anyOf', shapes),
			required: new Set([...first.required].filter((name) => shapes.every(({ required }) => required.has(name)))),
			rows: this.either(
				'anyOf',
				shapes.map(({ rows }) => rows),
			),
			others: this.either(
				'anyOf',
				shapes.map(({ others }) => others),
			),
			isClosed: shapes.every(({ isClosed }) => isClosed),
		};
	}

	private fieldsOf(kind: Kind, shapes: readonly Shape[]): Map<string, Raw> {
		const byName = new Map<string, Raw[]>();
		for (const { fields } of shapes) for (const [name, raw] of fields) byName.set(name, [...(byName.get(name) ?? []), raw]);
		return new Map([...byName].map(([name, raws]) => [name, this.combine(kind, raws)]));
	}

	private either(kind: Kind, raws: ReadonlyArray<Raw | undefined>): Raw | undefined {
		const present = raws.filter((raw) => raw !== undefined);
		return present.length === 0 ? undefined : this.combine(kind, present);
	}
}
