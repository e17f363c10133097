import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from 'openapi-backend';
import type { Clock } from '../state/clock';
import type { RateLimit, RateLimitState } from '../state/rateLimiter';
import type { ApiName, Grant } from '../state/tokens';
import type { Behaviour, Page, View } from '../vendors/position';
import type { Contract } from './contract';
import type { HttpError } from './httpError';

/** What the pipeline needs from the context that an API gives to its handlers. */
export interface ApiContext {
	clock: Clock;
	readonly settings: { rateLimit: RateLimit | null };
	/** What the vendor positions make of this API. */
	readonly vendor: Behaviour;
}

/** What distinguishes one API from the other. */
export interface Api<Context extends ApiContext> {
	name: ApiName;
	contract: Contract;
	handler(operationId: string): Handler<Context> | undefined;
	/** Writes an error in the shape of this API. */
	errorResponse(error: HttpError, operationId?: string): HandlerResponse;
	/** Checks token, scope and tenant; throws an HttpError. */
	authorize(operation: Operation, headers: HandlerRequest['headers'], context: Context): Grant;
	unauthorized: HttpError;
	/** Whether the operation gives a token. */
	isToken(operationId: string): boolean;
	/** Wraps a handler, for example to replay writes with an idempotency key. */
	wrapHandler?(
		handler: Handler<Context>,
		request: HandlerRequest,
		method: string,
		path: string,
		context: Context,
	): Promise<HandlerResponse>;
	/** A value of a response as the vendor positions write it. */
	show(value: unknown, view: View, context: Context): unknown;
	/** Path, query or body of a request with IDs and codes as the store keeps them. */
	read(value: unknown, context: Context): unknown;
	/** Whether a request asks for a check only. */
	isCheck?(request: HandlerRequest): boolean;
	/** The answer on a path that the contract does not have, for a vendor that has it. */
	beyondContract?(method: string, path: string, headers: HandlerRequest['headers'], context: Context): HandlerResponse | undefined;
	/** Departs from the contract on purpose, after the sandbox has validated the response. */
	transformResponse?(response: HandlerResponse, context: Context): HandlerResponse;
	/** Headers that show the rate limit; none by default. */
	rateLimitHeaders?(rateLimit: RateLimitState, context: Context): Record<string, string>;
	/** Whether a 429 names the time to wait; it does by default. */
	sendsRetryAfter?(context: Context): boolean;
}

/** The request that a handler receives. The contract gives its types; the pipeline has validated the values. */
export interface HandlerRequest<Path = unknown, Query = unknown, Body = unknown> {
	operationId: string;
	path: Path;
	query: Query;
	body: Body;
	headers: IncomingHttpHeaders;
	grant: Grant;
	/** Address of the API as the caller sees it, without a trailing slash. */
	baseUrl: string;
	/** Address of the request without its query. */
	url: string;
}

/** What a handler says about its response, for the vendor positions. */
interface ResponseNotes {
	headers?: Record<string, string>;
	/** The response is a list. */
	list?: { rows: readonly unknown[]; page(rows: readonly unknown[]): Page };
	/** The response shows an object that was just created; its address after the base URL. */
	created?: string;
	/** Nothing was executed: a check, or an act that was already done. */
	nothingDone?: true;
	/** What the vendor answers instead of `body`, which follows the contract. */
	instead?: unknown;
}

export interface HandlerResponse extends ResponseNotes {
	status: number;
	body?: unknown;
}

type PathOf<Op> = Op extends { parameters: { path: infer P } } ? P : unknown;
type QueryOf<Op> = Op extends { parameters: { query?: infer Q } } ? ([NonNullable<Q>] extends [never] ? unknown : NonNullable<Q>) : unknown;
type BodyOf<Op> = Op extends { requestBody?: infer R } ? (R extends { content: infer C } ? C[keyof C] : undefined) : undefined;

type SuccessStatus = 200 | 201 | 204;
type ContentOf<R> = R extends { content: { 'application/json': infer B } }
	? { body: B }
	: R extends { content: { 'application/pdf': unknown } }
		? { body: Buffer }
		: { body?: undefined };

/** The successful responses of an operation. A handler throws every other one as an HttpError. */
type SuccessResponse<Op> = Op extends { responses: infer R }
	? { [S in keyof R & SuccessStatus]: { status: S } & ResponseNotes & ContentOf<R[S]> }[keyof R & SuccessStatus]
	: never;

type RequestOf<Op> = HandlerRequest<PathOf<Op>, QueryOf<Op>, BodyOf<Op>>;

/** Handlers of a contract's operations; the pipeline answers the others with the contract's example. */
export type Handlers<Operations, Context> = {
	[Id in keyof Operations]?: (
		request: RequestOf<Operations[Id]>,
		context: Context,
	) => SuccessResponse<Operations[Id]> | Promise<SuccessResponse<Operations[Id]>>;
};

export type Handler<Context> = (request: HandlerRequest, context: Context) => HandlerResponse | Promise<HandlerResponse>;

export function handlerNamed<Operations, Context>(
	handlers: Handlers<Operations, Context>,
	operationId: string,
): Handler<Context> | undefined {
	if (!Object.hasOwn(handlers, operationId)) return undefined;
	// The only cast from validated values to the contract's types.
	return handlers[operationId as keyof Operations] as Handler<Context> | undefined;
}
