import type { IncomingHttpHeaders } from 'node:http';
import type { World } from '../world';
import type { Grant } from '../tokens';

/** What a handler receives; the types are those of the contract, the pipeline has checked the values. */
export interface Call<Path = unknown, Query = unknown, Body = unknown> {
	operationId: string;
	path: Path;
	query: Query;
	body: Body;
	headers: IncomingHttpHeaders;
	grant: Grant;
	/** Address of the API as the caller sees it, without a closing slash. */
	baseUrl: string;
}

export interface Answer {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

type PathOf<Op> = Op extends { parameters: { path: infer P } } ? P : unknown;
type QueryOf<Op> = Op extends { parameters: { query?: infer Q } } ? ([NonNullable<Q>] extends [never] ? unknown : NonNullable<Q>) : unknown;
type BodyOf<Op> = Op extends { requestBody?: infer R } ? (R extends { content: infer C } ? C[keyof C] : undefined) : undefined;

type Success = 200 | 201 | 204;
type ContentOf<R> = R extends { content: { 'application/json': infer B } }
	? { body: B }
	: R extends { content: { 'application/pdf': unknown } }
		? { body: Buffer }
		: { body?: undefined };

/** The good answers of an operation; bad ones are thrown as a Refusal. */
export type GoodAnswer<Op> = Op extends { responses: infer R }
	? { [S in keyof R & Success]: { status: S; headers?: Record<string, string> } & ContentOf<R[S]> }[keyof R & Success]
	: never;

export type CallOf<Op> = Call<PathOf<Op>, QueryOf<Op>, BodyOf<Op>>;

export type Handlers<Operations> = {
	[Id in keyof Operations]?: (
		call: CallOf<Operations[Id]>,
		world: World,
	) => GoodAnswer<Operations[Id]> | Promise<GoodAnswer<Operations[Id]>>;
};

export type AnyHandler = (call: Call, world: World) => Answer | Promise<Answer>;

export function handlerNamed<Operations>(handlers: Handlers<Operations>, operationId: string): AnyHandler | undefined {
	if (!Object.hasOwn(handlers, operationId)) return undefined;
	// The one place where values meet the contract's types: requests are validated before they get here.
	return handlers[operationId as keyof Operations] as AnyHandler | undefined;
}
