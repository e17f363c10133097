import { Bench, type Caller, until } from '../caller';

let bench: Bench;
let fondo: Caller;
let finvis: Caller;
let root: string;
let order: object;
beforeAll(async () => {
	bench = await Bench.open();
});
beforeEach(async () => {
	bench.admin.reset();
	[fondo, finvis] = await Promise.all([bench.fondo(), bench.finvis()]);
	root = `/v2/partner/client/${(await fondo.get('/v2/partner/client')).json[0].id}`;
	const account = (await fondo.get(`${root}/account`)).json.find((one: any) => one.status === 'active' && one.balance > 500);
	order = {
		orderType: 'subscription',
		account: account.id,
		clientRef: 'F-1',
		instrument: 'SE0001862426SEK',
		amount: 200,
	};
});
afterAll(() => bench.stop());

const send = () => fondo.post(`${root}/order`, order);
const moved = () => bench.admin.ledger('F-1').length;

it('cut_before destroys the connection before the effect', async () => {
	bench.admin.faults.add({ match: { path: 'createOrder' }, times: 1, kind: 'cut_before' });
	await expect(send()).rejects.toThrow();
	expect(moved()).toBe(0);
	expect((await send()).status).toBe(200);
	expect(
		bench.admin
			.requests()
			.map(({ status, fault }) => [status, fault])
			.slice(-2),
	).toEqual([
		[0, 'cut_before'],
		[200, undefined],
	]);
});

it('cut_after destroys the connection after the effect', async () => {
	bench.admin.faults.add({ match: { path: 'createOrder' }, times: 1, kind: 'cut_after' });
	await expect(send()).rejects.toThrow();
	expect(moved()).toBe(1);
});

it('empty answers 204 after the effect', async () => {
	bench.admin.faults.add({ match: { path: '/order$', method: 'post' }, times: 1, kind: 'empty' });
	const { status, text } = await send();
	expect([status, text, moved()]).toEqual([204, '', 1]);
});

it('malformed answers broken JSON', async () => {
	bench.admin.faults.add({ match: { path: 'getClients' }, times: 1, kind: 'malformed' });
	const { status, text, json } = await fondo.get('/v2/partner/client');
	expect([status, json]).toEqual([200, undefined]);
	expect(text).toContain('{');
});

it('expired_token answers 401 in the shape of each API', async () => {
	bench.admin.faults.add({ kind: 'expired_token', times: 2 });
	expect((await fondo.get('/v2/partner/client')).json.error).toBe('unauthorized');
	const { status, json } = await finvis.get('/accounts/');
	expect([status, json.code]).toEqual([401, 'not_authenticated']);
});

it('rate_limit answers 429 with the time to wait', async () => {
	bench.admin.faults.add({ match: { api: 'finvis' }, times: 1, kind: 'rate_limit', retryAfter: 7 });
	const { status, headers, json } = await finvis.get('/accounts/');
	expect([status, headers.get('retry-after'), headers.get('x-ratelimit-reset'), json.code]).toEqual([429, '7', '7', 'throttled']);
});

it('status answers with any status, body and headers', async () => {
	bench.admin.faults.add([
		{
			match: { api: 'finvis' },
			times: 1,
			kind: 'status',
			status: 503,
			body: '<h1>Down</h1>',
			headers: { 'content-type': 'text/html', 'retry-after': '2' },
		},
		{ match: { api: 'fondo' }, times: 1, kind: 'status', status: 500 },
	]);
	const html = await finvis.get('/accounts/');
	expect([html.status, html.text, html.headers.get('content-type'), html.headers.get('retry-after')]).toEqual([
		503,
		'<h1>Down</h1>',
		'text/html; charset=utf-8',
		'2',
	]);
	expect((await fondo.get('/v2/partner/client')).json).toEqual({
		error: 'server_error',
		error_description: 'Injected fault',
	});
});

it('latency delays the response', async () => {
	bench.admin.faults.add({ kind: 'latency', delayMs: 120, times: 1 });
	const started = Date.now();
	expect((await fondo.get('/v2/partner/client')).status).toBe(200);
	expect(Date.now() - started).toBeGreaterThanOrEqual(115);
});

it('status and latency apply after the effect with `after`', async () => {
	bench.admin.faults.add({ match: { path: 'createOrder' }, times: 1, kind: 'status', status: 502, after: true });
	const { status, json } = await send();
	expect([status, json.error, moved()]).toEqual([502, 'server_error', 1]);
	bench.admin.faults.add({ match: { path: 'createOrder' }, times: 1, kind: 'latency', delayMs: 1_500, after: true });
	let answered = false;
	const slow = fondo.post(`${root}/order`, { ...order, clientRef: 'F-2' }).finally(() => (answered = true));
	await until(() => bench.admin.ledger('F-2').length === 1);
	expect(answered).toBe(false);
	expect((await slow).status).toBe(200);
});

it('a conflict has the error code of each API', async () => {
	bench.admin.faults.add({ kind: 'status', status: 409, times: 2 });
	expect((await finvis.get('/companies')).json.code).toBe('conflict');
	expect((await fondo.get('/v2/partner/client')).json.error).toBe('conflict');
});

it('a fault applies to the nth request, every nth request, or by chance', async () => {
	const statuses = async (count: number): Promise<number[]> => {
		const found: number[] = [];
		for (let index = 0; index < count; index += 1) found.push((await finvis.get('/companies')).status);
		return found;
	};
	bench.admin.faults.add({ match: { path: 'listCompanies', nth: 2 }, kind: 'status', status: 500 });
	expect(await statuses(4)).toEqual([200, 500, 200, 200]);
	bench.admin.faults.clear();
	bench.admin.faults.add({ match: { every: 2 }, kind: 'status', status: 500 });
	expect(await statuses(4)).toEqual([200, 500, 200, 500]);
	bench.admin.faults.clear();
	bench.admin.faults.add({ match: { probability: 0.5 }, kind: 'status', status: 500 });
	const hit = (await statuses(40)).filter((status) => status === 500).length;
	expect(hit).toBeGreaterThan(5);
	expect(hit).toBeLessThan(35);
});

it('a wrong fault is refused with the name of the wrong field', () => {
	const wrong = (fault: object) => () => bench.admin.faults.add(JSON.parse(JSON.stringify(fault)));
	expect(wrong({ kind: 'explode' })).toThrow(/kind: .*'latency'/);
	expect(wrong({ kind: 'status', match: { path: '(' } })).toThrow(/match\.path: is neither an operationId nor a regular expression/);
	expect(wrong({ kind: 'status', staus: 500 })).toThrow(/staus/);
});
