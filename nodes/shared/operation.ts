import type { IDataObject } from 'n8n-workflow';
import type { Fields, OptionalValuesOf, Values, ValuesOf } from './fields/field';
import type { LocatorOptions } from './fields/locator';
import { locator } from './fields/locator';
import { one } from './output/one';
import type { ResultMode } from './output/resultMode';
import type { SimpleFields } from './output/shape';
import type { Paging } from './http/pagination';
import type { ApiRequest, Lookup } from './http/request';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** `GET /accounts/{id}` and the like: every method and path of a contract, as openapi-typescript describes it. */
export type Route<Paths> = {
	[P in keyof Paths & string]: {
		[V in Verb]: V extends keyof Paths[P] ? (Paths[P][V] extends { responses: unknown } ? `${Uppercase<V>} ${P}` : never) : never;
	}[Verb];
}[keyof Paths & string];

type Contract<Paths, R> = R extends `${infer M} ${infer P}`
	? P extends keyof Paths
		? Lowercase<M> extends keyof Paths[P]
			? Paths[P][Lowercase<M>]
			: never
		: never
	: never;

type PathOf<C> = C extends { parameters: { path: infer T } } ? { readonly path: T } : { readonly path?: undefined };
type QueryOf<C> = C extends { parameters: { query?: infer T } } ? { readonly query?: T } : { readonly query?: undefined };
type BodyOf<C> = C extends { requestBody: { content: { 'application/json': infer T } } }
	? { readonly body: T }
	: C extends { requestBody?: { content: { 'application/json': infer T } } }
		? { readonly body?: T }
		: { readonly body?: undefined };

/** What the contract wants of a call: path, query and body. */
export type RequestOf<Paths, R> = PathOf<Contract<Paths, R>> & QueryOf<Contract<Paths, R>> & BodyOf<Contract<Paths, R>>;

interface Words {
	/** Label in the operation menu, Title Case. */
	readonly name: string;
	/** A sentence by which a person or an AI can choose, with the resource. */
	readonly action: string;
	readonly description: string;
}

/** One operation as the engine sees it, its types erased. */
export interface Operation extends Words {
	readonly route: string;
	readonly fields: Fields;
	readonly optional: Fields;
	readonly perRow?: Fields;
	readonly output: ResultMode;
	readonly lookup?: Lookup;
	readonly simple?: SimpleFields;
	request(values: Values): { path?: Record<string, string>; query?: IDataObject; body?: IDataObject; controls?: IDataObject };
	derivedFields?(body: IDataObject): IDataObject;
}

interface Definition<Paths, R, F extends Fields, O extends Fields, P extends Fields> extends Words {
	/** Shown, and required unless they say otherwise. */
	readonly fields: F;
	/** Gathered in one collection. */
	readonly optional?: O;
	/** All items make one call: these fields are read from every item and become `rows`, the others from the first item. */
	readonly perRow?: P;
	/** Pure: from the user's values to the call. */
	readonly request: (
		values: ValuesOf<F> & OptionalValuesOf<O> & ([keyof P] extends [never] ? unknown : { readonly rows: ReadonlyArray<ValuesOf<P>> }),
	) => RequestOf<Paths, R> & Pick<ApiRequest, 'controls'>;
	/** How the answer becomes items; one item when left out. */
	readonly output?: ResultMode;
	/** For objects of more than ten fields: those that most users need, offered as Simplify. */
	readonly simple?: SimpleFields;
	/** What the API works out of the body, for a rehearsal to answer with. */
	readonly derivedFields?: (body: IDataObject) => IDataObject;
	/** Where a created object can be found again by its reference, for APIs that take no key. */
	readonly lookup?: Lookup & { readonly list: Extract<Route<Paths>, `GET ${string}`> };
}

/** `operation` and `locator` of one API, checked by the compiler against its contract. */
export function buildersFor<Paths>() {
	return {
		operation: <R extends Route<Paths>, F extends Fields, O extends Fields = Record<never, never>, P extends Fields = Record<never, never>>(
			route: R,
			definition: Definition<Paths, R, F, O, P>,
		): Operation => ({
			optional: {},
			output: one,
			...definition,
			route,
			// The one place where the operation's own types are given up: the engine passes on what its fields have read.
			request: definition.request as unknown as Operation['request'],
		}),

		/** `of` tells the parameters that come first, and the call that they make. */
		locator: <R extends Extract<Route<Paths>, `GET ${string}`>, P extends string = never>(
			route: R,
			look: Omit<LocatorOptions, 'request' | 'parents' | 'paging'> & {
				paging: Paging;
				parents?: readonly P[];
				request?: (parents: Record<P, string>) => RequestOf<Paths, R>;
			},
		) =>
			locator({
				...look,
				parents: look.parents ?? [],
				request: (parents) => ({ route, ...(look.request?.(parents) as object | undefined) }),
			}),
	};
}
