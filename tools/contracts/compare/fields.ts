import type { Change, Differences, Finding, Side } from './difference';
import type { Schemas } from './schemas';
import { ANY, type Raw, type Shape } from './shape';

/** Two schemas that describe the same value. */
interface Pair {
	readonly findings: ReadonlyArray<Finding & { field?: string }>;
	readonly children: ReadonlyArray<readonly [step: string, ours: Raw, theirs: Raw]>;
}

export interface Root {
	readonly route: string;
	readonly side: Side;
	/** In words: "request", "answer 200", "query limit". */
	readonly label: string;
	/** Name of the parameter that the schemas describe. */
	readonly field?: string;
	readonly ours: unknown;
	readonly theirs: unknown;
}

const DEEPEST = 60;

const typeText = ({ types, isNullable }: Shape) =>
	[...(types.length > 0 ? types : ['any type']), ...(isNullable ? ['null'] : [])].join(' or ');
const describe = (shape: Shape, isRequired: boolean) =>
	[isRequired ? 'required' : 'optional', typeText(shape), shape.format && `(${shape.format})`].filter(Boolean).join(' ');

/** How the second set differs from the first; a set that is not there allows everything. */
function changeOf(ours: readonly string[] | undefined, theirs: readonly string[] | undefined): Change {
	if (!theirs || (ours && ours.every((value) => theirs.includes(value)))) return 'wider';
	if (!ours || theirs.every((value) => ours.includes(value))) return 'narrower';
	return 'other';
}

const withIntegers = (types: readonly string[]) => (types.includes('number') ? [...types, 'integer'] : types);
const listed = (types: readonly string[]) => (types.length > 0 ? withIntegers(types) : undefined);
const canMeet = (a: Shape, b: Shape) =>
	a.types.length === 0 || b.types.length === 0 || withIntegers(a.types).some((type) => withIntegers(b.types).includes(type));
const isSame = (a: readonly string[] | undefined, b: readonly string[] | undefined) =>
	a === b || (a !== undefined && b?.length === a.length && a.every((value) => b.includes(value)));

/** Compares schemas field by field. Each pair of schemas is compared once, however many operations use it. */
export class FieldComparison {
	private readonly pairs = new Map<string, Pair>();

	constructor(
		private readonly ours: Schemas,
		private readonly theirs: Schemas,
		private readonly differences: Differences,
	) {}

	compare({ route, side, label, field, ours, theirs }: Root) {
		const seen = new Set<string>();
		let level: Array<readonly [path: string, ours: Raw, theirs: Raw]> = [['', this.ours.resolve(ours), this.theirs.resolve(theirs)]];
		for (let depth = 0; level.length > 0 && depth < DEEPEST; depth += 1) {
			const next: typeof level = [];
			for (const [path, our, their] of level) {
				const key = `${this.ours.idOf(our)} ${this.theirs.idOf(their)}`;
				if (seen.has(key)) continue;
				seen.add(key);
				const { findings, children } = this.pairOf(key, our, their);
				for (const { field: own, ...finding } of findings) {
					const at = [label, `${path}${finding.at}`.replace(/^\./, '')].filter(Boolean).join(', ');
					const name = own ?? lastName(path) ?? field;
					this.differences.add(route, side, { ...finding, at }, `${this.ours.idOf(our)}${finding.at}`, name);
				}
				for (const [step, ourChild, theirChild] of children) next.push([path + step, ourChild, theirChild]);
			}
			level = next;
		}
	}

	private pairOf(key: string, our: Raw, their: Raw): Pair {
		const known = this.pairs.get(key);
		if (known) return known;
		const a = this.ours.partsOf(our);
		const b = this.theirs.partsOf(their);
		const forms = this.matched(a.forms, b.forms);
		const made = forms ? this.compareShapes(a.base, b.base) : this.compareShapes(a.whole, b.whole);
		const count: Finding[] = forms || a.forms.length === b.forms.length ? [] : [formsFinding(a.forms.length, b.forms.length)];
		const pair = { findings: [...made.findings, ...count], children: [...made.children, ...(forms ?? [])] };
		this.pairs.set(key, pair);
		return pair;
	}

	/** The alternatives of both sides in pairs: by the values that tell them apart, else in their order; undefined when their number differs. */
	private matched(ours: readonly Raw[], theirs: readonly Raw[]): Pair['children'] | undefined {
		if (ours.length === 0 || ours.length !== theirs.length) return undefined;
		const tagged = new Map(theirs.map((form) => [tagOf(this.theirs, form), form]));
		const tags = ours.map((form) => tagOf(this.ours, form));
		const isTagged = new Set(tags).size === ours.length && tags.every((tag) => tag !== '' && tagged.has(tag));
		return ours.map((form, index) => ['', form, (isTagged && tagged.get(tags[index])) || theirs[index]] as const);
	}

	private compareShapes(our: Shape, their: Shape): Pair {
		const findings: Array<Finding & { field?: string }> = [];
		const found = (aspect: string, ours: string, theirs: string, change: Change, at = '', field?: string) =>
			findings.push({ at, aspect, ours, theirs, change, field });
		if (!isSame(our.types, their.types)) {
			found(
				'type',
				typeText({ ...our, isNullable: false }),
				typeText({ ...their, isNullable: false }),
				changeOf(listed(our.types), listed(their.types)),
			);
			if (!canMeet(our, their)) return { findings, children: [] };
		}
		if (our.isNullable !== their.isNullable)
			found(
				'null',
				our.isNullable ? 'may be null' : 'is never null',
				their.isNullable ? 'may be null' : 'is never null',
				their.isNullable ? 'wider' : 'narrower',
			);
		if (!isSame(our.values, their.values))
			found('values', our.values?.join(', ') ?? 'any value', their.values?.join(', ') ?? 'any value', changeOf(our.values, their.values));
		if (our.format !== their.format)
			found(
				'format',
				our.format ?? 'any format',
				their.format ?? 'any format',
				!their.format ? 'wider' : our.format ? 'other' : 'narrower',
			);
		for (const name of new Set([...Object.keys(our.limits), ...Object.keys(their.limits)])) {
			const [a, b] = [our.limits[name], their.limits[name]];
			if (a !== b) found(name, a ?? 'no limit', b ?? 'no limit', b === undefined ? 'wider' : a === undefined ? 'narrower' : 'other');
		}
		if (our.isClosed !== their.isClosed) {
			const text = (isClosed: boolean) => (isClosed ? 'no other fields' : 'other fields too');
			found('other fields', text(our.isClosed), text(their.isClosed), their.isClosed ? 'narrower' : 'wider');
		}
		return { findings, children: this.compareContents(our, their, found) };
	}

	private compareContents(
		our: Shape,
		their: Shape,
		found: (aspect: string, ours: string, theirs: string, change: Change, at: string, field: string) => void,
	): Pair['children'] {
		const children: Array<readonly [string, Raw, Raw]> = [];
		const text = (schemas: Schemas, raw: Raw, { required }: Shape, name: string) =>
			describe(schemas.partsOf(raw).whole, required.has(name));
		for (const name of new Set([...our.fields.keys(), ...their.fields.keys(), ...our.required, ...their.required])) {
			const [a, b] = [our.fields.get(name), their.fields.get(name)];
			const at = `.${name}`;
			const [isNeeded, isNeededThere] = [our.required.has(name), their.required.has(name)];
			if (a && b) children.push([at, a, b]);
			if (a && !b) found('field', text(this.ours, a, our, name), 'no such field', 'other', at, name);
			else if (b && !a) found('field', 'no such field', text(this.theirs, b, their, name), isNeededThere ? 'narrower' : 'added', at, name);
			else if (isNeeded !== isNeededThere)
				found(
					'required',
					isNeeded ? 'required' : 'optional',
					isNeededThere ? 'required' : 'optional',
					isNeededThere ? 'narrower' : 'wider',
					at,
					name,
				);
		}
		if (our.rows ?? their.rows) children.push(['[]', our.rows ?? ANY, their.rows ?? ANY]);
		if (our.others ?? their.others) children.push(['.*', our.others ?? ANY, their.others ?? ANY]);
		return children;
	}
}

const formsFinding = (ours: number, theirs: number): Finding => {
	const text = (count: number) => (count === 0 ? 'one form' : `${count} forms`);
	return { at: '', aspect: 'forms', ours: text(ours), theirs: text(theirs), change: 'added' };
};

/** The fields of a form that have one value only, such as `orderType: subscription`. */
const tagOf = (schemas: Schemas, form: Raw) =>
	[...schemas.partsOf(form).whole.fields]
		.map(([name, field]) => [name, schemas.partsOf(field).whole.values ?? []] as const)
		.filter(([, values]) => values.length === 1)
		.map(([name, [value]]) => `${name}=${value}`)
		.sort()
		.join('&');

const lastName = (path: string) => /([^.[\]*]+)(\[\]|\.\*)*$/.exec(path)?.[1];
