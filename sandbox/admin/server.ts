import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { errorText } from '../state/validation';
import type { SandboxAdmin } from './admin';

const clockBody = z.strictObject({
	advanceSeconds: z.number().nonnegative().optional(),
	speed: z.number().nonnegative().optional(),
});
const revokeBody = z.strictObject({ api: z.enum(['fondo', 'finvis']).optional() });
const vendorBody = z.array(z.string());
const emitBody = z.strictObject({ clientId: z.string().optional(), frame: z.record(z.unknown()) });

/** The admin API and the page. Neither has a login, so they listen on loopback only. */
export function adminServer(admin: SandboxAdmin, page: Router): Express {
	const app = express();
	app.disable('x-powered-by');
	app.use(page);
	// A web page in a browser on this machine can reach this port too. The browser always sends its origin.
	app.use(({ headers }, response, next) => {
		if (headers.origin === undefined) next();
		else response.status(403).json({ error: 'The admin API does not serve web pages' });
	});
	app.use(express.json({ limit: '1mb', strict: false }));

	app.get('/health', (_request, response) => void response.json({ status: 'ready' }));
	app.get('/ledger', ({ query }, response) => {
		response.json({ entries: admin.ledger(typeof query.reference === 'string' ? query.reference : undefined) });
	});
	app.get('/requests', (_request, response) => void response.json({ requests: admin.requests() }));
	app.get('/violations', (_request, response) => void response.json({ violations: admin.violations() }));
	app.get('/changes', (_request, response) => void response.json({ changes: admin.changes() }));
	app.get('/faults', (_request, response) => void response.json({ faults: admin.faults.list() }));
	app.post('/faults', ({ body }, response) => void response.status(201).json({ faults: admin.faults.add(body) }));
	app.delete('/faults', (_request, response) => void response.json({ cleared: admin.faults.clear() }));
	app.delete('/faults/:id', ({ params }, response) => void response.json({ cleared: admin.faults.clear(Number(params.id)) }));
	app.post('/reset', (_request, response) => {
		admin.reset();
		response.json({ status: 'ready' });
	});
	app.get('/clock', (_request, response) => void response.json({ now: admin.clock.now(), speed: admin.clock.speed() }));
	app.post('/clock', ({ body }, response) => {
		const { advanceSeconds, speed } = clockBody.parse(body ?? {});
		if (speed !== undefined) admin.clock.speed(speed);
		if (advanceSeconds !== undefined) admin.clock.advance(advanceSeconds);
		response.json({ now: admin.clock.now(), speed: admin.clock.speed() });
	});
	app.get('/tokens', (_request, response) => void response.json(admin.tokens.counts()));
	app.post('/tokens/revoke', ({ body }, response) => {
		response.json({ revoked: admin.tokens.revoke(revokeBody.parse(body ?? {}).api) });
	});
	app.get('/settings', (_request, response) => void response.json(admin.settings.read()));
	app.patch('/settings', ({ body }, response) => void response.json(admin.settings.patch(body ?? {})));
	app.get('/vendor', (_request, response) => void response.json({ positions: admin.vendor.list() }));
	app.put('/vendor', ({ body }, response) => void response.json({ positions: admin.vendor.set(vendorBody.parse(body)) }));
	app.get('/stream', (_request, response) => {
		response.json({ connections: admin.stream.connections(), clientIds: admin.stream.clientIds() });
	});
	app.post('/stream/emit', ({ body }, response) => {
		const { clientId, frame } = emitBody.parse(body ?? {});
		response.json({ sent: admin.stream.emit(frame, clientId) });
	});
	app.post('/stream/cut', (_request, response) => void response.json({ cut: admin.stream.cut() }));
	app.get('/stream/faults', (_request, response) => void response.json({ faults: admin.stream.faults.list() }));
	app.post('/stream/faults', ({ body }, response) => void response.status(201).json({ faults: admin.stream.faults.add(body) }));
	app.delete('/stream/faults', (_request, response) => void response.json({ cleared: admin.stream.faults.clear() }));
	app.post('/deposits', ({ body }, response) => void response.status(201).json(admin.deposits(body ?? {})));
	app.patch('/batches/:id', ({ params, body }, response) => void response.json(admin.changeBatch(params.id, body ?? {})));
	app.get('/deliveries', (_request, response) => void response.json({ deliveries: admin.deliveries() }));
	app.post('/deliveries/:id/redeliver', async ({ params, body }, response) => {
		response.status(201).json(await admin.webhooks.redeliver(params.id, body));
	});
	app.get('/webhooks', (_request, response) => void response.json({ webhooks: admin.webhooks.list() }));
	app.delete('/webhooks/:id', ({ params }, response) => void response.json({ removed: admin.webhooks.remove(params.id) }));
	app.post('/events', ({ body }, response) => void response.status(201).json(admin.webhooks.emit(body ?? {})));

	app.use(({ method, path }, response) => void response.status(404).json({ error: `No such admin address: ${method} ${path}` }));
	app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
		response.status(400).json({ error: errorText(error) });
	});
	return app;
}
