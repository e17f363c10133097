import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import { isObject } from '../core/isObject';
import { UserError } from '../core/userError';
import type { Shapes } from './shapes';
import { fieldsOf } from './shapes';

type Names = Readonly<Record<string, string>>;

/**
 * How the answers and lists of a real API differ from the contract. A correction never changes what a write sends, and gives the nodes
 * a field only where an answer lacks it.
 */
export interface Corrections {
	/** Name of a field in answers → its name in the contract. */
	readonly fields?: Names;
	/** Name of a filter in the contract → its name at the API. */
	readonly filters?: Names;
	/** The same for the parameters of pages, and for what answers say about pages. */
	readonly paging?: Names;
	/** Path to the rows or the object in an answer: of all answers, or by route. */
	readonly envelope?: string | Names;
	/** Fields whose amounts in answers are in minor units, such as öre: names of the contract, or names at the API that `fields` has. */
	readonly minorUnits?: readonly string[];
}

/** The corrections of a credential, with their text. */
export interface GivenCorrections extends Corrections {
	readonly text: string;
}

export const correctionsProperty: INodeProperties = {
	displayName: 'Vendor Corrections (JSON)',
	name: 'vendorCorrections',
	type: 'json',
	default: '',
	placeholder: 'e.g. {"fields":{"partnerReference":"clientRef"}}',
	description:
		"How the API differs from what this package expects. 'System: Learn Shapes' proposes it. It changes how answers are read and how lists are asked, never what a write sends.",
};

/** Parameters with which the nodes ask for a page, and what an answer says about pages. */
const PAGE_PARAMETERS = ['start', 'limit', 'page', 'page_size', 'offset', 'cursor'];
export const PAGE_ANSWERS = ['next', 'count'];
const LONGEST = 10_000;
/** A name as APIs give it. `__proto__` is one that JavaScript understands. */
const NAME = /^(?!__proto__$)[\w$@.:-]{1,80}$/;
const PATH = /^[\w$@:-]{1,80}(\.[\w$@:-]{1,80}){0,3}$/;

const refused = (key: string, rule: string) =>
	new UserError(`Vendor Corrections (JSON) cannot be used: '${key}' ${rule}`, 'Correct the field in the credential, or empty it.');

const quoted = (names: Iterable<string>) => [...names].sort().join(', ');

/** A map of names; `allowed` says which keys there may be. Two keys may not lead to the same name. */
function namesIn(given: unknown, key: string, check: (from: string, to: string, at: string) => void): Names {
	if (!isObject(given)) throw refused(key, 'must be an object of names');
	const names = Object.entries(given).map(([from, to]): [string, string] => {
		if (!NAME.test(from) || typeof to !== 'string' || !NAME.test(to)) throw refused(`${key}.${from}`, 'must lead from a name to a name');
		check(from, to, `${key}.${from}`);
		return [from, to];
	});
	const twice = names.find(([, to], index) => names.findIndex(([, other]) => other === to) !== index);
	if (twice) throw refused(`${key}.${twice[0]}`, `leads to '${twice[1]}', and so does another`);
	return Object.fromEntries(names);
}

const readers = (shapes: Shapes, { fields: renamed }: IDataObject) => {
	const known = fieldsOf(shapes);
	const amounts = [...known].filter(([, shape]) => shape.has('number') || shape.has('decimal')).map(([name]) => name);
	const isQuery = (name: string) => shapes.queries.includes(name) || PAGE_PARAMETERS.includes(name);
	const queryNames = (allowed: readonly string[], answers: readonly string[]) => (from: string, to: string, at: string) => {
		if (![...allowed, ...answers].includes(from)) throw refused(at, `is none of ${quoted([...allowed, ...answers])}`);
		// A filter under the name of another would leave out rows in which a reference is looked up.
		if (!answers.includes(from) && (isQuery(to) || /validat/i.test(to)))
			throw refused(at, `may not become '${to}', which means something else`);
	};
	return {
		fields: (given: unknown) =>
			namesIn(given, 'fields', (from, to, at) => {
				if (!known.has(to)) throw refused(at, `leads to '${to}', which is no field of the contract`);
				// So no reference, amount, account or ID that the API shows can be hidden or replaced.
				if (known.has(from)) throw refused(at, 'is a field of the contract, and is not taken away from where it is');
			}),
		filters: (given: unknown) =>
			namesIn(
				given,
				'filters',
				queryNames(
					shapes.queries.filter((name) => !PAGE_PARAMETERS.includes(name)),
					[],
				),
			),
		paging: (given: unknown) => namesIn(given, 'paging', queryNames(PAGE_PARAMETERS, PAGE_ANSWERS)),
		envelope: (given: unknown) => {
			const check = (path: unknown, at: string) => {
				if (typeof path !== 'string' || !PATH.test(path)) throw refused(at, "must be a path such as 'data' or 'payload.rows'");
				return path;
			};
			if (!isObject(given)) return check(given, 'envelope');
			const wrong = Object.keys(given).find((route) => !(route in shapes.routes));
			if (wrong !== undefined) throw refused(`envelope.${wrong}`, "is no read of the contract, such as 'GET /v1/objects'");
			return Object.fromEntries(Object.entries(given).map(([route, path]) => [route, check(path, `envelope.${route}`)]));
		},
		minorUnits: (given: unknown) => {
			const names: IDataObject = isObject(renamed) ? renamed : {};
			const isKnown = (name: unknown): name is string =>
				typeof name === 'string' && (amounts.includes(name) || (Object.hasOwn(names, name) && amounts.includes(String(names[name]))));
			if (!Array.isArray(given) || !given.every(isKnown)) throw refused('minorUnits', `must be a list of these: ${quoted(amounts)}`);
			return given;
		},
	};
};

function parse(text: string, shapes: Shapes): GivenCorrections {
	let given: unknown;
	try {
		given = text.length > LONGEST ? undefined : JSON.parse(text);
	} catch {
		given = undefined;
	}
	if (!isObject(given)) throw refused('the text', `must be a JSON object of at most ${LONGEST} characters`);
	const read = readers(shapes, given);
	const parts = Object.entries(given).map(([key, value]) => {
		if (!Object.hasOwn(read, key)) throw refused(key, `is none of ${quoted(Object.keys(read))}`);
		return [key, read[key as keyof typeof read](value)];
	});
	return { ...(Object.fromEntries(parts) as Corrections), text };
}

const parsed = new WeakMap<Shapes, Map<string, GivenCorrections>>();
const MOST = 50;

/** The corrections of a credential; undefined where it has none. Throws a UserError that names the key and what is allowed. */
export function correctionsOf({ vendorCorrections: given }: ICredentialDataDecryptedObject, shapes: Shapes): GivenCorrections | undefined {
	const text = typeof given === 'string' ? given.trim() : JSON.stringify(given ?? '');
	if (text === '' || text === '""' || text === '{}') return undefined;
	const known = parsed.get(shapes) ?? new Map<string, GivenCorrections>();
	parsed.set(shapes, known);
	const corrections = known.get(text) ?? parse(text, shapes);
	if (known.size >= MOST) known.clear();
	known.set(text, corrections);
	return corrections;
}

/** The corrections in one line, for Check Setup. */
export function shownCorrections({ fields = {}, filters = {}, paging = {}, envelope, minorUnits = [] }: Corrections): string {
	const arrows = (names: Names) => Object.entries(names).map(([from, to]) => `${from} → ${to}`);
	const parts: Array<[string, readonly string[]]> = [
		['fields', arrows(fields)],
		['filters', arrows(filters)],
		['paging', arrows(paging)],
		['envelope', envelope === undefined ? [] : typeof envelope === 'string' ? [envelope] : arrows(envelope)],
		['minor units', minorUnits],
	];
	return parts.flatMap(([label, entries]) => (entries.length === 0 ? [] : [`${label}: ${entries.join(', ')}`])).join('; ');
}
