import { createServer, type Server } from 'node:http';
import { sign } from '../../sandbox/finvis/signature';
import { Bench, type Caller, until } from './caller';

let bench: Bench;
let fondo: Caller;
let root: string;
beforeAll(async () => {
	bench = await Bench.open({
		settings: { fondo: { heartbeatSeconds: 0.05 }, finvis: { webhookRetryMilliseconds: 5 } },
	});
});
beforeEach(async () => {
	bench.admin.reset();
	fondo = await bench.fondo();
	root = `/v2/partner/client/${(await fondo.get('/v2/partner/client')).json[0].id}`;
});
afterAll(() => bench.stop());

describe('deliveries', () => {
	let server: Server;
	let url: string;
	let received: Array<{ body: string; signature: unknown }>;
	let refusals: number;
	beforeEach(async () => {
		received = [];
		refusals = 0;
		server = createServer((request, response) => {
			let body = '';
			request
				.on('data', (part) => (body += part))
				.on('end', () => {
					if (refusals-- > 0) return void response.writeHead(500).end();
					received.push({ body, signature: request.headers['x-finvis-signature'] });
					response.end();
				});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
	});
	afterEach(() => new Promise((resolve) => server.close(resolve)));

	it('have the signature of the example in contracts/NOTES.md', () => {
		const body =
			'{"id":"6f708192-a3b4-4c5d-8e6f-708192a3b4c5","event":"payment.status.updated","created_at":"2026-03-06T10:05:00Z","tenant_id":"6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e","data":{"batch_id":"3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e","previous_status":"processing","status":"executed"}}';
		expect(sign('whsec_example_0123456789', body)).toBe('fe590fd2cc173c4e89fbafcbe915d3d805b4dc07bb60b4e635ab6c2045fe818e');
	});

	it('reach a webhook of Finvis, after retries', async () => {
		refusals = 2;
		const finvis = await bench.finvis();
		const hook = (await finvis.post('/webhooks/', { url, events: ['payment.status.updated'] }, 'hook')).json;
		expect(hook.secret).toMatch(/^whsec_/);
		expect((await finvis.get(`/webhooks/${hook.id}`)).json.secret).toBeUndefined();
		const draft = (await finvis.get('/payments/batches/?status=draft')).json.results[0];
		await finvis.post(`/payments/batches/${draft.id}/submit`, undefined, 'submit');
		await until(() => received.length === 1);
		const [{ body, signature } = { body: '', signature: '' }] = received;
		expect(JSON.parse(body)).toMatchObject({
			event: 'payment.status.updated',
			data: { batch_id: draft.id, previous_status: 'draft', status: 'pending_approval' },
		});
		expect(signature).toBe(sign(hook.secret, body));
		await until(() => bench.admin.deliveries()[0]?.state === 'delivered');
		expect(bench.admin.deliveries()[0]?.attempts).toEqual([500, 500, 200]);
		await finvis.send('DELETE', `/webhooks/${hook.id}`, { key: 'gone' });
		expect((await finvis.get('/webhooks/')).json.count).toBe(0);
	});

	it('go to https or to this machine only', async () => {
		const finvis = await bench.finvis();
		const { status, json } = await finvis.post('/webhooks/', { url: 'http://example.se/hook', events: ['transaction.created'] }, 'far');
		expect(status).toBe(400);
		expect(json.detail).toMatch(/must start with https/);
	});

	it('report the end of a journey', async () => {
		const request = {
			journey: { type: 'createAccount', accountName: 'Semester' },
			callbackUrl: url,
			scope: 'c2Vzc2lvbg==',
		};
		const { json: journey } = await fondo.post(`${root}/journey`, request);
		expect(journey).toMatchObject({ status: 'new', url: `${bench.sandbox.fondoUrl}/journey/${journey.id}` });
		expect(await (await fetch(journey.url)).text()).toContain('Open the account “Semester”');
		expect((await fondo.get(`${root}/journey/${journey.id}`)).json.status).toBe('pending');
		await fetch(`${journey.url}/complete`, { method: 'POST' });
		await until(() => received.length === 1);
		expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
			current: { id: journey.id, status: 'complete' },
			previous: { status: 'pending' },
			scope: 'c2Vzc2lvbg==',
		});
		const { result } = (await fondo.get(`${root}/journey/${journey.id}`)).json;
		expect((await fondo.get(`${root}/account/${result.account}`)).json.name).toBe('Semester');
	});

	it('report a journey that was canceled or expired', async () => {
		const request = { journey: {}, callbackUrl: url, scope: null };
		const first = (await fondo.post(`${root}/journey`, request)).json;
		const second = (await fondo.post(`${root}/journey`, request)).json;
		await fetch(`${first.url}/cancel`, { method: 'POST' });
		bench.admin.clock.advance(86_401);
		await until(() => received.length === 2);
		const status = async (id: string) => (await fondo.get(`${root}/journey/${id}`)).json.status;
		expect([await status(first.id), await status(second.id)]).toEqual(['canceled', 'expired']);
		expect(bench.admin.violations()).toEqual([]);
	});
});
