import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { UserError } from '../core/userError';
import type { Paging } from '../http/pagination';
import type { ApiRequest } from '../http/request';

/** What a field may need to understand its value. */
export interface ReadContext {
	/** IANA name of the workflow's time zone, for dates without one. */
	readonly timezone: string;
	/** Takes what the checks of the fields find, in words that name the field; without it nothing is checked. */
	readonly found?: (finding: string) => void;
}

/** How a locator finds its entries. */
export interface ListSearch {
	/** Name under which the node offers the search; one per locator and API. */
	readonly method: string;
	/** Parameters that must be chosen first, by name. */
	readonly parents: readonly string[];
	readonly request: (parents: Record<string, string>) => ApiRequest;
	readonly paging: Paging;
	readonly show: (row: IDataObject) => { name: unknown; value: unknown };
	/** Query with which the server itself narrows the list, when the typed text allows it. */
	readonly narrow?: (filter: string) => IDataObject | undefined;
}

/** One parameter of the panel: how it looks, and how its value becomes what `request` sees. */
export interface Field<T> {
	readonly property: Omit<INodeProperties, 'name'>;
	/** The value, or why it is refused; whoever reads the field names it. Never called with an empty value. */
	readonly read: (value: unknown, context: ReadContext) => T | UserError;
	/** Why a value that was read had better not be sent, beside the other values of its set; the reason never repeats a number. */
	readonly check?: (value: string, others: Values, context: ReadContext) => string | undefined;
	/** A value that the API would accept: the placeholder in the panel, and the sample of tests. */
	readonly example: unknown;
	/** Shown, and read, only when another field of the same operation has one of these values. */
	readonly shownFor?: Readonly<Record<string, Array<string | boolean>>>;
	readonly search?: ListSearch;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export type OptionalValuesOf<F extends Fields> = { readonly [K in keyof F]?: F[K] extends Field<infer T> ? T : never };

/** Values by parameter name, as the engine passes them on. */
export type Values = Readonly<Record<string, unknown>>;

/** Has what is read looked at before it is sent. */
export const withCheck = <T>(check: NonNullable<Field<T>['check']>, field: Field<T>): Field<T> => ({ ...field, check });

/** Shows a field only for some values of another field. */
export const visibleWhen = <T>(condition: NonNullable<Field<T>['shownFor']>, field: Field<T>): Field<T> => ({
	...field,
	shownFor: condition,
});

/** A field that may stay empty although it stands outside the collection. */
export const optional = <T>(field: Field<T>): Field<T | undefined> => ({ ...field, property: { ...field.property, required: false } });

/** The property of the panel under its name; `show` adds conditions to the field's own. */
export const propertyOf = (
	name: string,
	{ property, shownFor }: Field<unknown>,
	show: Record<string, Array<string | boolean>> = {},
): INodeProperties => ({
	...property,
	name,
	displayOptions: { show: { ...show, ...shownFor } },
});
