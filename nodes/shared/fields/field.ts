import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { UserError } from '../core/userError';
import type { NameList, Wanted } from '../http/names';
import type { Paging } from '../http/pagination';
import type { ApiRequest } from '../http/request';

/** How amounts that arrive as text are written. */
export type AmountFormat = 'point' | 'swedish';

/** What a field needs beside its own value. */
export interface ReadContext {
	/** IANA name of the workflow's time zone, for dates without a zone. */
	readonly timezone: string;
	/** How amounts are written; with a point when it is left out. */
	readonly amountFormat?: AmountFormat;
	/** Receives every finding. Without it no check runs, and the first value that cannot be read throws a UserError. */
	readonly onFinding?: (finding: ReadFinding) => void;
}

/** What is wrong with a value, or doubtful. */
export interface Finding {
	/** Number of the row from 1; undefined for a field that the whole call shares. */
	readonly row?: number;
	/** Label of the field. */
	readonly field?: string;
	/** The value as it came, with numbers of persons and accounts masked. */
	readonly seen?: string;
	/** What is wrong, in words that follow the name of the field. */
	readonly rule: string;
	readonly advice: string;
	/** Row, field and rule in one sentence, as a message quotes it. */
	readonly message: string;
	/** `stop`: the node sends nothing. */
	readonly severity: 'stop' | 'warning';
}

/** A finding by where it comes from: the value cannot be read, a check says no, or a bank may say no. */
export type ReadFinding = Omit<Finding, 'severity'> & { readonly from: 'reading' | 'check' | 'warning' };

/** What a list says of the object with an ID; an empty object where that is not known. */
export type Named = (list: NameList, id: unknown) => IDataObject;

/** A list that names what rows give by ID. */
export interface NamesOfRows {
	readonly list: NameList;
	/** The ID in a row; the whole list is read when left out. */
	readonly of?: (row: IDataObject) => unknown;
	readonly near?: (rows: readonly IDataObject[]) => Wanted['near'];
}

/** How a locator finds its entries. */
export interface ListSearch {
	/** Name of the node's `listSearch` method; unique per locator and API. */
	readonly method: string;
	/** Names of the parameters that the user must choose first. */
	readonly parents: readonly string[];
	readonly request: (parents: Record<string, string>) => ApiRequest;
	readonly paging: Paging;
	/** Lists that name what a row gives by ID; whole, or only the IDs of `of`. */
	readonly names?: readonly NamesOfRows[];
	/** `also` is further text by which the entry is found. */
	readonly show: (row: IDataObject, named: Named) => { name: unknown; value: unknown; also?: unknown };
	/** Whether the operation can act on the row; every row when left out. */
	readonly offers?: (row: IDataObject) => boolean;
	/** When the object was made, for lists that begin with the newest. */
	readonly madeAt?: (row: IDataObject) => unknown;
	/** Query with which the API itself filters the list; undefined when it cannot filter by the typed text. */
	readonly narrow?: (filter: string) => IDataObject | undefined;
}

/** Why a value should not be sent, or undefined; a UserError has advice of its own. Sees the other values of its set. */
export type FieldCheck = (value: string, others: Values, context: ReadContext) => string | UserError | undefined;

/** One parameter: how the panel shows it, and how its raw value becomes the value that `request` receives. */
export interface Field<T> {
	readonly property: Omit<INodeProperties, 'name'>;
	/** Returns the value, or a UserError whose message follows the field's name. Never called with an empty value. */
	readonly read: (value: unknown, context: ReadContext) => T | UserError;
	/** Returns why the value should not be sent; sees the other values of its set. The reason never repeats a number. */
	readonly check?: FieldCheck;
	/** Like `check`, for what a bank may refuse and the contract does not name: the node sends it, and the receipt lists the reason. */
	readonly warning?: FieldCheck;
	/** How a finding quotes the value: as it came, or only the end of an account. Other values are quoted with all numbers hidden. */
	readonly quotedAs?: 'whole' | 'account';
	/** A value that the API accepts: the placeholder in the panel, and the sample in tests. */
	readonly example: unknown;
	/** The default in version 1 of the nodes, where version 1.1 has another one. n8n stores no value that is the default. */
	readonly firstDefault?: string;
	/** In a tool of an AI Agent the author of the workflow gives the value, never the AI. */
	readonly notByAi?: true;
	/** The field is shown and read only when each named field of the same operation has one of the listed values. */
	readonly visibleWhen?: Readonly<Record<string, Array<string | boolean>>>;
	readonly search?: ListSearch;
	/** What is typed in further modes of a locator, in the form that `read` knows; by the name of the mode. */
	readonly modes?: Readonly<Record<string, (value: unknown) => string | UserError>>;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export type OptionalValuesOf<F extends Fields> = { readonly [K in keyof F]?: F[K] extends Field<infer T> ? T : never };

/** Values by parameter name, without their types. */
export type Values = Readonly<Record<string, unknown>>;

/** Adds a check to a field. */
export const withCheck = <T>(check: FieldCheck, field: Field<T>): Field<T> => ({ ...field, check });

/** Adds a warning to a field. */
export const withWarning = <T>(warning: FieldCheck, field: Field<T>): Field<T> => ({ ...field, warning });

/** Keeps the AI from giving the value of a field. */
export const notByAi = <T>(field: Field<T>): Field<T> => ({ ...field, notByAi: true });

/** Shows a field only for some values of other fields. */
export const visibleWhen = <T>(condition: NonNullable<Field<T>['visibleWhen']>, field: Field<T>): Field<T> => ({
	...field,
	visibleWhen: condition,
});

/** Lets a field outside the collection stay empty. */
export const optional = <T>(field: Field<T>): Field<T | undefined> => ({ ...field, property: { ...field.property, required: false } });

/** Versions of the nodes. n8n stores no value that is the default, so another default needs another version. */
export const VERSIONS = [1, 1.1];

/** Conditions for the first version, and for all later ones. */
export const FIRST: IDisplayOptions['show'] = { '@version': [VERSIONS[0]] };
export const LATER: IDisplayOptions['show'] = { '@version': [{ _cnd: { gte: VERSIONS[1] } }] };

/** The field as node properties with a name: one, or one for each default. `show` adds conditions to the field's own. */
export function propertiesOfField(name: string, field: Field<unknown>, show: IDisplayOptions['show'] = {}): INodeProperties[] {
	const shown = (versions: IDisplayOptions['show'], more: Partial<INodeProperties> = {}): INodeProperties => ({
		...field.property,
		...more,
		name,
		displayOptions: { show: { ...show, ...field.visibleWhen, ...versions } },
	});
	return field.firstDefault === undefined ? [shown({})] : [shown(FIRST, { default: field.firstDefault }), shown(LATER)];
}
