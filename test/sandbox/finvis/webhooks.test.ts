import { createHmac } from 'node:crypto';
import { TENANT_ONE, TENANT_TWO } from '../../../sandbox';
import { Bench, Caller, until } from '../caller';
import { Receiver } from '../receiver';

let bench: Bench;
let admin: Caller;
let receiver: Receiver;
beforeAll(async () => {
	bench = await Bench.open({ settings: { finvis: { webhookRetryMilliseconds: 5 } } });
	admin = new Caller(bench.sandbox.adminUrl, '');
});
beforeEach(async () => {
	bench.admin.reset();
	receiver = await Receiver.open();
});
afterEach(() => receiver.close());
afterAll(() => bench.stop());

const EVENT = { event: 'transaction.created', data: { id: 'T-1' } };

async function subscribe(events: string[] = ['transaction.created']) {
	const finvis = await bench.finvis();
	return (await finvis.post('/webhooks/', { url: receiver.url, events }, `hook-${events.join()}`)).json;
}

/** A webhook, and the id of its first delivery after it arrived. */
async function delivered() {
	const hook = await subscribe();
	const [delivery] = (await admin.post('/events', EVENT)).json.deliveries;
	await until(() => bench.admin.deliveries().every(({ state }) => state === 'delivered'));
	return { hook, delivery };
}

const digest = (secret: string, body: string, encoding: 'hex' | 'base64') => createHmac('sha256', secret).update(body).digest(encoding);

describe('an event of the admin API', () => {
	it('goes to the webhooks that subscribe to it, with a signature', async () => {
		const { hook } = await delivered();
		const [{ body, signature } = { body: '', signature: '' }] = receiver.received;
		expect(JSON.parse(body)).toMatchObject({ ...EVENT, tenant_id: TENANT_ONE, id: expect.any(String), created_at: expect.any(String) });
		expect(signature).toBe(digest(hook.secret, body, 'hex'));
	});

	it('can have any name, and go to webhooks that do not subscribe to it', async () => {
		await subscribe();
		const event = { event: 'reconciliation.match.suggested' };
		expect((await admin.post('/events', event)).json).toEqual({ deliveries: [] });
		expect((await admin.post('/events', { ...event, toAll: true })).json.deliveries).toHaveLength(1);
		await until(() => receiver.received.length === 1);
		expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ ...event, data: {} });
	});

	it('stays within its tenant', async () => {
		await subscribe();
		expect((await admin.post('/events', { ...EVENT, tenantId: TENANT_TWO })).json).toEqual({ deliveries: [] });
		const unknown = await admin.post('/events', { ...EVENT, tenantId: 'T-3' });
		expect([unknown.status, unknown.json.error]).toEqual([400, 'There is no tenant T-3']);
	});
});

describe('a signature', () => {
	it.each([
		['hex', 'hex', ''],
		['base64', 'base64', ''],
		['sha256=hex', 'hex', 'sha256='],
		['sha256=base64', 'base64', 'sha256='],
	] as const)('can have the format %s, by setting or for one redelivery', async (format, encoding, prefix) => {
		const { hook, delivery } = await delivered();
		await admin.post(`/deliveries/${delivery}/redeliver`, { format });
		bench.admin.settings.patch({ finvis: { webhookSignature: format } });
		await admin.post('/events', EVENT);
		await until(() => receiver.received.length === 3);
		for (const { body, signature } of receiver.received.slice(1)) {
			expect(signature).toBe(prefix + digest(hook.secret, body, encoding));
		}
	});
});

describe('a redelivery', () => {
	it('repeats the same bytes with the same signature once, and returns the response status', async () => {
		const { delivery } = await delivered();
		receiver.responses.push(401);
		const { status, json } = await admin.post(`/deliveries/${delivery}/redeliver`);
		expect(status).toBe(201);
		expect(json).toMatchObject({ id: delivery, attempts: [401], state: 'failed' });
		expect(receiver.received).toHaveLength(2);
		expect(receiver.received[1]).toEqual(receiver.received[0]);
	});

	it.each(['body', 'signature', 'unsigned', 'secret'] as const)('can be tampered with: %s', async (tamper) => {
		const { hook, delivery } = await delivered();
		await bench.admin.webhooks.redeliver(delivery, { tamper });
		const [first, second] = receiver.received;
		const changed = { body: second?.body !== first?.body, signature: second?.signature !== first?.signature };
		expect(changed).toEqual({ body: tamper === 'body', signature: tamper !== 'body' });
		expect(second?.signature === undefined).toBe(tamper === 'unsigned');
		expect(second?.signature).not.toBe(digest(hook.secret, second?.body ?? '', 'hex'));
		expect(() => JSON.parse(second?.body ?? '')).not.toThrow();
	});

	it.each([
		['tampers in an unknown way', (id: string) => [id, { tamper: 'everything' }], /tamper/],
		['repeats an unknown delivery', () => ['D-1', {}], /There is no delivery D-1/],
	] as const)('is refused when it %s', async (_name, input, message) => {
		const { delivery } = await delivered();
		const [id, options] = input(delivery);
		const { status, json } = await admin.post(`/deliveries/${id}/redeliver`, options);
		expect(status).toBe(400);
		expect(json.error).toMatch(message);
	});

	it('cannot get a new signature after its webhook is deleted', async () => {
		const { hook, delivery } = await delivered();
		bench.admin.webhooks.remove(hook.id);
		expect((await admin.post(`/deliveries/${delivery}/redeliver`, { format: 'base64' })).json.error).toMatch(/its webhook is deleted/);
		expect((await admin.post(`/deliveries/${delivery}/redeliver`)).json.attempts).toEqual([200]);
	});
});

it('the admin API lists webhooks without secrets, and deletes them', async () => {
	const hook = await subscribe();
	const { secret: _secret, ...shown } = hook;
	expect((await admin.get('/webhooks')).json).toEqual({ webhooks: [{ tenantId: TENANT_ONE, ...shown }] });
	expect((await admin.send('DELETE', `/webhooks/${hook.id}`)).json).toEqual({ removed: 1 });
	expect((await admin.send('DELETE', `/webhooks/${hook.id}`)).json).toEqual({ removed: 0 });
	expect((await (await bench.finvis()).get(`/webhooks/${hook.id}`)).status).toBe(404);
});
