import express, { type Express, type Request, type Response, type Router } from 'express';
import type { World } from '../world';
import type { Api } from './api';
import type { Answer } from './operation';
import { run } from './pipeline';

/** Puts an API behind HTTP; its contract is read at the first request. `current` gives the world of the moment, since a reset replaces it. */
export function apiServer(load: () => Promise<Api>, apiRoot: string, current: () => World, pages?: Router): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	if (pages !== undefined) app.use(pages);
	app.use(express.raw({ type: () => true, limit: '5mb' }));
	app.use(async (request: Request, response: Response) => {
		const world = current();
		const api = await load();
		const started = performance.now();
		world.agenda.runDue();
		const body: unknown = request.body;
		const url = new URL(request.originalUrl, `http://${request.headers.host ?? '127.0.0.1'}`);
		const outcome = await run(
			api,
			{
				method: request.method,
				path: url.pathname,
				query: Object.fromEntries(url.searchParams),
				headers: presentHeaders(request.headers),
				body: Buffer.isBuffer(body) ? body : undefined,
				baseUrl: url.origin + (apiRoot === '/' ? '' : apiRoot),
			},
			world,
		);
		const { answer } = outcome;
		if (answer === 'cut') request.socket.destroy();
		else send(response, answer);
		world.log.write(
			{
				time: new Date().toISOString(),
				api: api.name,
				method: request.method,
				path: url.pathname,
				query: url.search,
				operationId: outcome.operationId,
				status: answer === 'cut' ? 0 : answer.status,
				durationMs: Math.round(performance.now() - started),
				clientId: outcome.grant?.clientId,
				fault: outcome.fault,
				replayed: answer !== 'cut' && answer.headers?.['Idempotent-Replayed'] === 'true' ? true : undefined,
			},
			request.headers,
		);
	});
	return app;
}

function presentHeaders(headers: Request['headers']): Record<string, string | string[]> {
	return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function send(response: Response, answer: Answer): void {
	response.status(answer.status).set(answer.headers ?? {});
	if (answer.body === undefined) response.end();
	else if (Buffer.isBuffer(answer.body)) response.send(answer.body);
	else if (typeof answer.body === 'string') response.send(answer.body);
	else response.json(answer.body);
}
