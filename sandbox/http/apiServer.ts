import express, { type Express, type Request, type Response, type Router } from 'express';
import type { State } from '../state/state';
import type { Api, ApiContext, HandlerResponse } from './api';
import { handleRequest } from './pipeline';

/** The state of the moment: a reset replaces it. */
export interface Current<Context> {
	state: State;
	context: Context;
}

/** Serves an API over HTTP. It loads the contract at the first request. */
export function apiServer<Context extends ApiContext>(
	load: () => Promise<Api<Context>>,
	apiRoot: string,
	current: () => Current<Context>,
	pages?: Router,
): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	if (pages !== undefined) app.use(pages);
	app.use(express.raw({ type: () => true, limit: '5mb' }));
	app.use(async (request: Request, response: Response) => {
		const { state, context } = current();
		const api = await load();
		const started = performance.now();
		state.scheduler.runDue();
		const body: unknown = request.body;
		const url = new URL(`http://${request.headers.host ?? '127.0.0.1'}${request.originalUrl.replace(/^(?!\/)/, '/')}`);
		// A clock that only a test moves dates the responses too, or they would contradict the dates of the objects.
		if (state.clock.speed === 0) response.setHeader('date', new Date(context.clock.now()).toUTCString());
		const result = await handleRequest(
			api,
			{
				method: request.method,
				path: url.pathname,
				query: Object.fromEntries(url.searchParams),
				headers: presentHeaders(request.headers),
				body: Buffer.isBuffer(body) ? body : undefined,
				baseUrl: url.origin + (apiRoot === '/' ? '' : apiRoot),
			},
			context,
			state,
		);
		const { response: sent } = result;
		if (sent === 'cut') request.socket.destroy();
		else send(response, sent);
		state.requestLog.write(
			{
				time: new Date().toISOString(),
				api: api.name,
				method: request.method,
				path: url.pathname,
				query: url.search,
				operationId: result.operationId,
				status: sent === 'cut' ? 0 : sent.status,
				durationMs: Math.round(performance.now() - started),
				clientId: result.grant?.clientId,
				fault: result.fault,
				acted: result.acted === true ? true : undefined,
				replayed: sent !== 'cut' && sent.headers?.['Idempotent-Replayed'] === 'true' ? true : undefined,
			},
			request.headers,
		);
	});
	return app;
}

function presentHeaders(headers: Request['headers']): Record<string, string | string[]> {
	return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function send(response: Response, { status, headers, body }: HandlerResponse): void {
	response.status(status).set(headers ?? {});
	const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
	if (isJson && !response.hasHeader('content-type')) response.type('json');
	if (body === undefined) response.end();
	else if (!isJson) response.send(body);
	else response.send(hasBig(body) ? JSON.stringify(body, markBig).replace(BIGS, '$1') : JSON.stringify(body));
}

const hasBig = (value: unknown): boolean =>
	typeof value === 'bigint' || (typeof value === 'object' && value !== null && Object.values(value).some(hasBig));

/** JSON has no writer for whole numbers above 2^53, so they go out as marked texts that lose their quotes. */
const BIG = '\u0001';
const BIGS = /"\\u0001(\d+)"/g;

/** Reads the value itself: n8n-workflow, where it is loaded, gives whole numbers a `toJSON` that quotes them. */
function markBig(this: Record<string, unknown>, name: string, written: unknown): unknown {
	const value = this[name];
	return typeof value === 'bigint' ? `${BIG}${value}` : written;
}
