import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Field, Fields } from '../../nodes/shared/fields/field';
import type { Operation } from '../../nodes/shared/operation';
import { collectionNameOf, optionalFieldsOf, mainFieldsOf } from '../../nodes/shared/resource';
import { byId } from '../support/samples';

/** One way to fill in the panel of an operation. */
export interface Form {
	readonly title: string;
	/** Names of the optional fields that are filled in. */
	readonly optional: readonly string[];
	readonly parameters: INodeParameters;
	/** Incoming items, for operations that read fields from every one. */
	readonly input: IDataObject[];
}

type Values = Record<string, unknown>;

/** Values that take the place of examples, by name of the field or column; new for every form. */
export type Instead = Readonly<Record<string, () => unknown>>;

const put = (values: Values, instead: Instead): Values =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, instead[name]?.() ?? value]));

/** What a field can be switched to: the entries of a menu, on and off; undefined where anything can be typed. */
function switchOf({ property }: Field<unknown>): unknown[] | undefined {
	if (property.type === 'boolean') return [false, true];
	if (property.type !== 'options') return undefined;
	return (property.options ?? []).map((option) => ('value' in option ? option.value : undefined));
}

/** Every combination of the switches among the fields. */
const switchings = (fields: Fields): Values[] =>
	Object.entries(fields).reduce<Values[]>(
		(so_far, [name, field]) => {
			const values = switchOf(field);
			return values === undefined ? so_far : so_far.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
		},
		[{}],
	);

/** The rows of a table: one for every entry of a menu in it, with all cells or the required ones. */
function rowsOf({ property, example }: Field<unknown>, all: boolean, instead: Instead): unknown[] {
	const [group] = property.options ?? [];
	if (group === undefined || !('values' in group)) throw new Error(`${property.displayName} has no columns`);
	const [row] = example as Values[];
	const wanted = group.values.filter(({ required }) => all || required);
	const menu = group.values.find(({ type }) => type === 'options');
	const entries = (menu?.options ?? [undefined]).map((option) => (option !== undefined && 'value' in option ? option.value : undefined));
	return entries.map((entry) =>
		put(Object.fromEntries(wanted.map(({ name }) => [name, menu?.name === name ? entry : row[name]])), instead),
	);
}

/** A value as the editor stores it. */
function stored(field: Field<unknown>, all: boolean, instead: Instead): unknown {
	const { property, example } = field;
	if (property.type === 'resourceLocator') return byId(example);
	if (property.type === 'fixedCollection') return { rows: rowsOf(field, all, instead) };
	return property.type === 'json' ? JSON.stringify(example) : example;
}

const isShown = ({ visibleWhen: visibleWhen }: Field<unknown>, chosen: Values) =>
	Object.entries(visibleWhen ?? {}).every(([other, allowed]) => allowed.some((one) => one === chosen[other]));

const filled = (fields: Fields, chosen: Values, all: boolean, instead: Instead): Values =>
	put(
		Object.fromEntries(
			Object.entries(fields)
				.filter(([name, field]) => isShown(field, chosen) && (all || field.property.required || name in chosen))
				.map(([name, field]) => [name, name in chosen ? chosen[name] : stored(field, all, instead)]),
		),
		instead,
	);

/** Rows that come in as items, one for every entry of a menu, and the expressions that read them. */
function itemsFor(perRow: Fields, all: boolean, instead: Instead): { input: IDataObject[]; parameters: Values } {
	const input = switchings(perRow).map((chosen) => filled(perRow, chosen, all, instead) as IDataObject);
	return { input, parameters: Object.fromEntries(Object.keys(input[0]).map((name) => [name, `={{ $json.${name} }}`])) };
}

/**
 * Every form of an operation's panel, filled with the fields' examples; each combination of its switches with the required
 * fields only, with every optional field alone, and with all of them.
 */
export function formsOf(operation: Operation, instead: Instead = {}): Form[] {
	const shown = mainFieldsOf(operation);
	const optional = optionalFieldsOf(operation);
	const names = Object.keys(optional);
	const sets = [
		{ title: 'required fields only', names: [] as string[], all: false },
		...names.map((name) => ({ title: `with ${name}`, names: [name], all: false })),
		{ title: 'all fields', names, all: true },
	];

	const forms = switchings(shown).flatMap((chosen) =>
		sets.flatMap(({ title, names: given, all }) => {
			const collection = Object.fromEntries(given.map((name) => [name, optional[name]]));
			const { input, parameters } = operation.perRow ? itemsFor(operation.perRow, all, instead) : { input: [{}], parameters: {} };
			// Other… needs the field beside it. Without it the node sends nothing.
			const isWhole = ({ status }: Values) => status !== 'other' || 'otherStatus' in collection;
			return switchings(collection)
				.filter(isWhole)
				.map((switched): Form => {
					const values = { ...filled(shown, chosen, all, instead), ...parameters };
					const extra = filled(collection, switched, true, instead);
					const switches = Object.entries({ ...chosen, ...switched }).map(([name, value]) => `${name} ${String(value)}`);
					return {
						title: [title, ...switches].join(', '),
						optional: given,
						input,
						parameters: { ...values, ...(given.length > 0 ? { [collectionNameOf(operation)]: extra } : {}) } as INodeParameters,
					};
				});
		}),
	);
	// A change needs something to change; that its panel refuses an empty one is tested elsewhere.
	return operation.route.startsWith('PATCH ') ? forms.filter(({ parameters }) => collectionNameOf(operation) in parameters) : forms;
}
