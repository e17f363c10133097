import { FINVIS_APPROVER } from '../../../sandbox';
import { batchFrom } from '../batch';
import { Bench, type Caller } from '../caller';

let bench: Bench;
let finvis: Caller;
let account: any;
beforeAll(async () => {
	bench = await Bench.open();
});
beforeEach(async () => {
	bench.admin.reset();
	finvis = await bench.finvis();
	account = (await finvis.get('/accounts/')).json.results[0];
});
afterEach(() => expect(bench.admin.violations()).toEqual([]));
afterAll(() => bench.stop());

const batch = (fields = {}) => batchFrom(account.id, fields);

describe('Idempotency-Key', () => {
	it('is required on writes', async () => {
		const { status, json } = await finvis.post('/payments/batches/', batch());
		expect(status).toBe(400);
		expect(json.detail).toMatch(/idempotency-key/i);
		expect((await finvis.post('/payments/batches/', batch(), ' ')).status).toBe(400);
	});

	it('gets the first response again', async () => {
		const first = await finvis.post('/payments/batches/', batch(), 'same');
		const second = await finvis.post('/payments/batches', batch(), 'same');
		expect([second.status, second.text, second.headers.get('idempotent-replayed')]).toEqual([201, first.text, 'true']);
		expect(first.headers.get('idempotent-replayed')).toBeNull();
		expect(bench.admin.requests().at(-1)?.replayed).toBe(true);
		expect((await finvis.get('/payments/batches/?status=draft')).json.count).toBe(3);
	});

	it('gets the first response again for another body and for another path', async () => {
		const first = await finvis.post('/payments/batches/', batch(), 'same');
		const body = await finvis.post('/payments/batches/', batch({ name: 'Vecka 11' }), 'same');
		const path = await finvis.post(`/payments/batches/${first.json.id}/submit`, undefined, 'same');
		expect([body.status, body.text, path.status, path.text]).toEqual([201, first.text, 201, first.text]);
		expect((await finvis.get('/payments/batches/?status=draft')).json.count).toBe(3);
	});

	it('is refused for another body or path, with the name of the different field, where the vendor does so', async () => {
		bench.admin.vendor.set(['other-body-409']);
		const { id } = (await finvis.post('/payments/batches/', batch(), 'same')).json;
		const body = await finvis.post('/payments/batches/', batch({ name: 'Vecka 11' }), 'same');
		expect([body.status, body.json.code]).toEqual([409, 'idempotency_key_reused']);
		expect(body.json.detail).toMatch(/different fields: name$/);
		expect((await finvis.post(`/payments/batches/${id}/submit`, undefined, 'same')).json.code).toBe('idempotency_key_reused');
	});

	it('belongs to a tenant', async () => {
		await finvis.post('/payments/batches/', batch(), 'same');
		const approver = await bench.finvis(FINVIS_APPROVER);
		expect((await approver.post('/payments/batches/', batch(), 'same')).headers.get('idempotent-replayed')).toBe('true');
	});

	it('keeps no error response', async () => {
		expect((await finvis.post('/payments/batches/', batch({ payments: [] }), 'same')).status).toBe(400);
		expect((await finvis.post('/payments/batches/', batch(), 'same')).status).toBe(201);
	});

	it('is refused while the first request runs', async () => {
		bench.admin.faults.add({ match: { path: 'createPaymentBatch' }, times: 1, kind: 'latency', delayMs: 150 });
		const slow = finvis.post('/payments/batches/', batch(), 'same');
		await new Promise((resolve) => setTimeout(resolve, 50));
		const early = await finvis.post('/payments/batches/', batch(), 'same');
		expect([early.status, early.json.code]).toEqual([409, 'idempotency_in_progress']);
		expect((await slow).status).toBe(201);
	});
});
