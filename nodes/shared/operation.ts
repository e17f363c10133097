import type { IDataObject } from 'n8n-workflow';
import type { Fields, Finding, OptionalValuesOf, Values, ValuesOf } from './fields/field';
import type { ColumnTable } from './fields/columns';
import type { LocatorOptions } from './fields/locator';
import { locator } from './fields/locator';
import type { Paging } from './http/pagination';
import type { ApiRequest, Lookup } from './http/request';
import { one } from './output/one';
import type { ResultMode } from './output/resultMode';
import type { SimpleFields } from './output/shape';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Every method and path of a contract as openapi-typescript describes it, e.g. `GET /accounts/{id}`. */
export type Route<Paths> = {
	[P in keyof Paths & string]: {
		[V in Verb]: V extends keyof Paths[P] ? (Paths[P][V] extends { responses: unknown } ? `${Uppercase<V>} ${P}` : never) : never;
	}[Verb];
}[keyof Paths & string];

type ContractOf<Paths, R> = R extends `${infer M} ${infer P}`
	? P extends keyof Paths
		? Lowercase<M> extends keyof Paths[P]
			? Paths[P][Lowercase<M>]
			: never
		: never
	: never;

type PathOf<C> = C extends { parameters: { path: infer T } } ? { readonly path: T } : { readonly path?: undefined };
type QueryOf<C> = C extends { parameters: { query?: infer T } } ? { readonly query?: T } : { readonly query?: undefined };
type Without<T, Names extends string> = T extends unknown ? Omit<T, Names> & { readonly [K in Names]?: never } : never;
type BodyOf<C, Reserved extends string> = C extends { requestBody: { content: { 'application/json': infer T } } }
	? { readonly body: Without<T, Reserved> }
	: C extends { requestBody?: { content: { 'application/json': infer T } } }
		? { readonly body?: Without<T, Reserved> }
		: { readonly body?: undefined };

/** Path, query and body that the contract requires, without the body fields that the API's write path adds (`Reserved`). */
export type RequestOf<Paths, R, Reserved extends string = never> = PathOf<ContractOf<Paths, R>> &
	QueryOf<ContractOf<Paths, R>> &
	BodyOf<ContractOf<Paths, R>, Reserved>;

interface Labels {
	/** Label in the operation menu, in title case. */
	readonly name: string;
	/** A sentence that names the resource and lets a person or an AI choose. */
	readonly action: string;
	readonly description: string;
}

/** A call of its own for a part of the rows. */
export interface Part {
	/** What `request` gets; its `reference` is that of the part. */
	readonly values: Values;
	/** Indexes of its rows. */
	readonly rows: readonly number[];
}

/** How one call of all rows becomes several. */
export interface Split {
	/** The optional switch. Without it all rows become one call. */
	readonly when: string;
	/** Fields that each row then has of its own, as it has those of `perRow`. */
	readonly by: readonly string[];
	/** Fields of the body that raw JSON may not replace, because they tell the parts apart. */
	readonly bodyFields: readonly string[];
	/** The parts, in an order that does not depend on that of the rows. Throws a UserError when what holds for all of them does not. */
	readonly into: (values: Values) => readonly Part[];
}

/** What `request` may give beside path, query and body. The reference is the field of that name where it gives none. */
type Built = Pick<ApiRequest, 'controls' | 'takeOver' | 'partOf' | 'reference'>;

/** One operation as the engine sees it, without the types of its fields. */
export interface Operation extends Labels {
	readonly route: string;
	readonly fields: Fields;
	readonly optional: Fields;
	readonly perRow?: Fields;
	readonly split?: Split;
	readonly columns?: ColumnTable;
	readonly output: ResultMode;
	readonly lookup?: Lookup;
	readonly simple?: SimpleFields;
	readonly isAct?: true;
	readonly plan?: 'prepare' | 'execute';
	findings?(values: Values): Finding[];
	preview?(values: Values): IDataObject;
	request(values: Values): Partial<Built> & {
		path?: Record<string, string>;
		query?: IDataObject;
		body?: IDataObject;
	};
	derivedFields?(body: IDataObject): IDataObject;
}

type AllValues<F extends Fields, O extends Fields, P extends Fields> = ValuesOf<F> &
	OptionalValuesOf<O> &
	([keyof P] extends [never] ? unknown : { readonly rows: ReadonlyArray<ValuesOf<P>> });

interface Definition<Paths, Reserved extends string, R, F extends Fields, O extends Fields, P extends Fields> extends Labels {
	/** Fields that are always shown; required unless they are `optional`. */
	readonly fields: F;
	/** Fields in the collection Additional Fields or Filters. */
	readonly optional?: O;
	/** All items make one call: these fields come from every item and become `rows`, all other fields come from the first item. */
	readonly perRow?: P;
	/** Lets the user fill `perRow` by the columns of a sheet: the fields `fillFields` and `columns` come before them. */
	readonly columns?: ColumnTable;
	/** Lets the user make several calls of the rows. */
	readonly split?: Split;
	/** Pure function from the values of the fields to the call. */
	readonly request: (values: AllValues<F, O, P>) => RequestOf<Paths, R, Reserved> & Built;
	/** Findings that take several values to see. Values that could not be read are missing. */
	readonly findings?: (values: Partial<AllValues<F, O, P>>) => Finding[];
	/** Makes the operation a preview: it sends nothing, and returns all findings as items. The function gives the totals of the first. */
	readonly preview?: (values: Partial<AllValues<F, O, P>>) => IDataObject;
	/** How the response becomes items; default `one`. */
	readonly output?: ResultMode;
	/** For objects of more than ten fields: the fields that most users need, offered as Simplify. */
	readonly simple?: SimpleFields;
	/** Fields that the API computes from the body; a rehearsal adds them to its answer. */
	readonly derivedFields?: (body: IDataObject) => IDataObject;
	/** Acts on one object by its ID, at most once: the record of writes keeps it by that ID. */
	readonly isAct?: true;
	/** `prepare`: the client of the operation sends no write. `execute`: the values of the write come from a plan, so no option changes them. */
	readonly plan?: 'prepare' | 'execute';
	/** The list that shows a created object with its reference. */
	readonly lookup?: Lookup & { readonly list: Extract<Route<Paths>, `GET ${string}`> };
}

/**
 * `operation` and `locator` of one API; the compiler checks routes, parameters and bodies against the contract's `Paths`.
 * `Reserved` names body fields that the API's write path adds, so that `request` cannot set them.
 */
export function buildersFor<Paths, Reserved extends string = never>() {
	return {
		operation: <R extends Route<Paths>, F extends Fields, O extends Fields = Record<never, never>, P extends Fields = Record<never, never>>(
			route: R,
			definition: Definition<Paths, Reserved, R, F, O, P>,
		): Operation => ({
			optional: {},
			output: one,
			...definition,
			route,
			// The engine is not generic: it passes exactly the values that it read from these fields.
			request: definition.request as unknown as Operation['request'],
			findings: definition.findings as unknown as Operation['findings'],
			preview: definition.preview as unknown as Operation['preview'],
		}),

		/** `parents` names the parameters that the user chooses first; `request` turns them into the call. */
		locator: <R extends Extract<Route<Paths>, `GET ${string}`>, P extends string = never>(
			route: R,
			options: Omit<LocatorOptions, 'request' | 'parents' | 'paging'> & {
				paging: Paging;
				parents?: readonly P[];
				request?: (parents: Record<P, string>) => RequestOf<Paths, R>;
			},
		) =>
			locator({
				...options,
				parents: options.parents ?? [],
				request: (parents) => ({ route, ...(options.request?.(parents) as object | undefined) }),
			}),
	};
}
