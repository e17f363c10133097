import { FINVIS_APPROVER } from '../../../sandbox';
import { timeInStockholm } from '../../../sandbox/page/format';
import { batchFrom, payment } from '../batch';
import { Bench, type Caller, until } from '../caller';
import { Receiver } from '../receiver';

let bench: Bench;
let fondo: Caller;
let finvis: Caller;
let root: string;
beforeAll(async () => {
	bench = await Bench.open({ settings: { finvis: { webhookRetryMilliseconds: 5 } } });
});
beforeEach(async () => {
	bench.admin.reset();
	fondo = await bench.fondo();
	finvis = await bench.finvis();
	root = `/v2/partner/client/${(await fondo.get('/v2/partner/client')).json[0].id}`;
});
afterAll(() => bench.stop());

/** The text of the page, or of one section, without tags and on one line. */
const shown = async (section?: string, query = '') => {
	const text = await (await fetch(`${bench.sandbox.adminUrl}/${query}`)).text();
	const html = section === undefined ? text : (new RegExp(`<section id="${section}".*?</section>`, 's').exec(text)?.[0] ?? '');
	return html
		.replace(/<[^>]*>/g, ' ')
		.replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(code))
		.replaceAll('\u202f', ' ')
		.replace(/\s+/g, ' ');
};

/** Sends a form as a browser does, and reads the notice of the next page. */
const act = async (action: string, form: Record<string, string> = {}) => {
	const { adminUrl } = bench.sandbox;
	const headers = { origin: adminUrl, 'sec-fetch-site': 'same-origin' };
	const answer = await fetch(`${adminUrl}/ui/${action}`, { method: 'POST', headers, body: new URLSearchParams(form), redirect: 'manual' });
	const location = answer.headers.get('location') ?? '';
	const text = await (await fetch(`${adminUrl}${location}`)).text();
	const notice = /<div id="notice" role="status">(.*?)<\/div>/s.exec(text)?.[1] ?? '';
	return {
		status: answer.status,
		location,
		notice: notice
			.replace(/<[^>]*>/g, ' ')
			.replace(/\s+/g, ' ')
			.trim(),
	};
};

const saver = async () => (await fondo.get(`${root}/account`)).json.find((one: any) => one.status === 'active' && one.balance > 500);
const order = async (clientRef: string, amount = 200) =>
	(
		await fondo.post(`${root}/order`, {
			orderType: 'subscription',
			account: (await saver()).id,
			clientRef,
			instrument: 'SE0001862426SEK',
			amount,
		})
	).json;
const submitted = async (name = 'Vecka 10', more = {}) => {
	const [account] = (await finvis.get('/accounts/')).json.results;
	const batch = (await finvis.post('/payments/batches/', batchFrom(account.id, { name, ...more }), name)).json;
	await finvis.post(`/payments/batches/${batch.id}/submit`, undefined, `${name}-submit`);
	const pending = (await finvis.get('/approvals/pending?page_size=200')).json.results;
	return { account, batch, approval: pending.find((one: any) => one.object_id === batch.id) };
};
const batchStatus = async (id: string) =>
	(await finvis.get('/payments/batches/?page_size=200')).json.results.find((one: any) => one.id === id).status;

describe('the page shows', () => {
	it('each movement of money, and that no reference moved money twice', async () => {
		expect(await shown('ledger')).toContain('No money has moved yet.');
		await order('S-1', 1234.5 - 1000);
		expect(await shown('ledger')).toMatch(/No reference moved money twice\..*S-1 Fondo · fund order .* Adrigo Hedge .*234,50 SEK .*once/);
	});

	it('a reference that moved money twice', async () => {
		await order('S-1', 110);
		await order('S-1', 110);
		expect(await shown('ledger')).toMatch(/1 reference moved money more than once\..*✕ more than once.*✕ more than once/);
	});

	it('a canceled order, without counting it as a second movement', async () => {
		const { id } = await order('S-1', 110);
		await fondo.send('DELETE', `${root}/order/${id}`);
		await order('S-1', 110);
		expect(await shown('ledger')).toMatch(/No reference moved money twice\..*once.*canceled/);
	});

	it('orders with their status', async () => {
		await order('S-1');
		for (const [seconds, state] of [
			[0, 'received'],
			[301, 'pending'],
			[3600, 'sent'],
			[86_400, 'confirmed'],
			[172_800, 'settled'],
		] as const) {
			bench.admin.clock.advance(seconds);
			expect(await shown('orders', '?find=s-1')).toMatch(new RegExp(`S-1 subscription Adrigo Hedge .*200,00 SEK .* ${state} `));
		}
	});

	it('the way of a redemption from the fund to the account', async () => {
		const swedish = (value: number) =>
			value
				.toFixed(2)
				.replace('.', ',')
				.replace(/\B(?=(\d{3})+,)/g, ' ');
		const { json } = await fondo.get(`${root}/account`);
		const held = (one: any) => one.positions.find(({ units }: any) => units > 20);
		const account = json.find((one: any) => one.status === 'active' && held(one));
		const { instrument, units } = held(account);
		const order = { orderType: 'redemption', account: account.id, clientRef: 'R-1', instrument, units: 12.5 };
		const { id } = (await fondo.post(`${root}/order`, order)).json;
		const redemption = async () => (await shown('orders', '?find=r-1')).split('Redemptions from fund to account')[1];
		expect(await redemption()).toMatch(
			/R-1 from .* received Placed \S+ : 12,5 units of .*\. The units are set aside\. Their price, and so the amount, is/,
		);
		bench.admin.clock.advance(301 + 3600 + 86_400);
		const { amount } = (await fondo.get(`${root}/order/${id}`)).json;
		expect(await redemption()).toContain(`Confirmed for ${swedish(amount)} SEK. The cash comes to the account when the order settles.`);
		bench.admin.clock.advance(172_800);
		const after = (await fondo.get(`${root}/account/${account.id}`)).json;
		expect(after.balance).toBeCloseTo(account.balance + amount, 2);
		const left = String(Math.round((units - 12.5) * 1e7) / 1e7).replace('.', ',');
		expect((await redemption()).replace(/(\d) (?=\d{3})/g, '$1')).toContain(
			`12,5 units left the account, ${swedish(amount)} SEK came to its cash. The account has ${left} units and ${swedish(after.balance)} SEK now.`.replace(
				/(\d) (?=\d{3})/g,
				'$1',
			),
		);
		// The ledger shows where the money comes from and where it goes.
		expect(await shown('ledger', '?find=r-1')).toMatch(new RegExp(`R-1 Fondo · fund order \\S.* ${account.owner.fullName}`));

		const canceled = (await fondo.post(`${root}/order`, { ...order, clientRef: 'R-1 again', units: 1 })).json;
		await fondo.send('DELETE', `${root}/order/${canceled.id}`);
		expect(await redemption()).toContain('1 unit of');
		expect(await redemption()).toContain('Canceled: the units stay on the account, and no cash comes.');
	});

	it.each([
		['2026-01-15T11:30:00Z', '2026-01-15 12:30:00'],
		['2026-07-15T22:30:00Z', '2026-07-16 00:30:00'],
	])('the time in Sweden beside UTC: %s is %s', async (utc, local) => {
		expect(timeInStockholm(utc)).toBe(local);
		expect(await shown('clock')).toMatch(/\d\d:\d\d:\d\d \d{4}-\d\d-\d\d UTC \d{4}-\d\d-\d\d \d\d:\d\d:\d\d in Stockholm/);
	});

	it('what n8n still remembers after a reset, and how to forget it', async () => {
		expect(await shown('start-over')).toMatch(
			/n8n keeps its own memory: every reference .* npm run demo -- --fresh .* fondo-demo\+2 and finvis-demo\+2/,
		);
		await order('S-1');
		await order('S-2');
		expect((await act('reset')).notice).toContain('n8n still remembers 2 references of the old ledger, if it sent them.');
		expect((await act('reset')).notice).not.toContain('n8n still remembers');
	});

	it('accounts with their balances', async () => {
		const account = await saver();
		const { balance } = account;
		await order('S-1');
		const text = await shown('accounts', `?find=${account.id}`);
		expect(text).toContain(account.owner.fullName);
		expect(text.replace(/(\d) (?=\d{3})/g, '$1')).toContain((balance - 200).toFixed(2).replace('.', ','));
		const [bank] = (await finvis.get('/accounts/')).json.results;
		expect((await shown('accounts', `?find=${bank.iban}`)).replace(/(\d) (?=\d{3})/g, '$1')).toContain(
			`${bank.booked_balance.replace('.', ',')} ${bank.currency}`,
		);
	});

	it('payment batches, payment instructions, and pending approvals with their payments', async () => {
		await submitted();
		expect(await shown('payments')).toMatch(/Vecka 10 2 payments .*100,30 SEK .*pending approval/);
		expect(await shown('approvals')).toMatch(
			/Vecka 10 .*2 payments .*Leverantören AB E2E-1 · SE35.* 100,10 .*finvis-demo .*100,30 SEK Approve/,
		);
		const payments = [{ account: (await saver()).id, amount: 300, clientRef: 'AG-1' }];
		await fondo.post(`${root}/instruction/payment`, { type: 'autogiro', payments });
		expect(await shown('payments')).toMatch(/autogiro .*1 payment AG-1 300,00 SEK .*new/);
	});

	it('requests with the fault that applied to them', async () => {
		bench.admin.faults.add({ kind: 'status', status: 503, match: { path: 'listAccounts' }, times: 1 });
		await finvis.get('/accounts/');
		expect(await shown('requests')).toMatch(/listAccounts GET \/public\/accounts\/ Finvis .*503 \d+ ms fault: status/);
		expect(await shown('faults')).toMatch(/status 503 both APIs .*spent/);
		expect(await shown('requests')).not.toContain(finvis.token);
	});

	it('events, and webhook deliveries with their responses', async () => {
		await order('S-1');
		expect(await shown('events')).toMatch(/order\.create S-1 Sparbolaget received .*no listener/);
		const receiver = await Receiver.open();
		receiver.responses.push(500);
		await finvis.post('/webhooks/', { url: receiver.url, events: ['payment.status.updated'] }, 'w');
		await submitted();
		await until(() => bench.admin.deliveries()[0]?.state === 'delivered');
		await receiver.close();
		expect(await shown('webhooks')).toMatch(/payment\.status\.updated .*\/hook 500, 200 .*delivered/);
	});

	it('only rows that match the search, and a link to more rows', async () => {
		await order('S-1');
		expect(await shown('orders', '?find=nowhere')).toContain('Nothing here contains “nowhere”.');
		expect(await shown('orders')).toMatch(/7 of \d+\. Show more/);
		expect(await shown('orders', '?all=orders-table')).toMatch(/200 of \d+\. Use Find to narrow them down\./);
	});

	it('text of others as text, not as HTML', async () => {
		await order('<script>alert(1)</script>', 110);
		await submitted('"><img src=x onerror=alert(1)>');
		const response = await fetch(`${bench.sandbox.adminUrl}/?find=${encodeURIComponent('"><i>')}&notice=<i>&all=<i>`);
		const pages = [await response.text(), await (await fetch(bench.sandbox.adminUrl)).text()];
		for (const text of pages) expect(text).not.toMatch(/<script>|<img|<i>/);
		expect(pages[1]).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
		expect(response.headers.get('content-security-policy')).toContain(
			"default-src 'none'; style-src 'self'; img-src data:; script-src 'self'",
		);
	});

	it('files of its own server only', async () => {
		const text = await (await fetch(bench.sandbox.adminUrl)).text();
		const files = [...text.matchAll(/(?:src|<link[^>]*href)="([^"]*)"/g)].map(([, file]) => file);
		expect(files).toEqual(['pico.classless.min.css', 'base.css', 'page.css', 'page.js'].map((file) => `/ui/assets/${file}`));
		for (const file of [...files, '/ui/assets/idiomorph.esm.js'])
			expect((await fetch(`${bench.sandbox.adminUrl}${file}`)).status).toBe(200);
	});
});

describe('the page approves as another person', () => {
	it('and Finvis executes the batch', async () => {
		const { batch, approval } = await submitted();
		const { status, location, notice } = await act('approve', { approval: approval.id, person: FINVIS_APPROVER.clientId });
		expect([status, location]).toEqual([303, expect.stringMatching(/^\/\?notice=\d+#approvals$/)]);
		expect(notice).toBe('✓ finvis-approver approved 100,30 SEK.');
		expect(await batchStatus(batch.id)).toBe('approved');
		bench.admin.clock.advance(121);
		expect(bench.admin.ledger('E2E-1')).toHaveLength(1);
	});

	it('and says why a batch failed', async () => {
		const { approval } = await submitted('Uncovered', { payments: [payment({ amount: '99999999999.99' })] });
		await act('approve', { approval: approval.id, person: FINVIS_APPROVER.clientId });
		bench.admin.clock.advance(121);
		expect(await shown('payments')).toMatch(/Uncovered 1 payment .{0,120} failed more than the account had/);
	});

	it('when four eyes is on', async () => {
		const { batch, approval } = await submitted();
		expect((await act('four-eyes', { on: 'yes' })).notice).toContain('A person may not approve their own request');
		expect(bench.admin.settings.read().finvis.fourEyes).toBe(true);
		const refused = await act('approve', { approval: approval.id, person: 'finvis-demo' });
		expect(refused.notice).toBe('✕ finvis-demo was refused (403): finvis-demo requested this approval; another person must give it');
		expect(await batchStatus(batch.id)).toBe('pending_approval');
		await act('four-eyes', { on: 'no' });
		expect((await act('approve', { approval: approval.id, person: 'finvis-demo' })).notice).toContain('finvis-demo approved');
	});

	it.each([
		['finvis-reader', /refused \(403\): Missing scope: write:payments/],
		['somebody', /person: must be one of finvis-demo, /],
		['constructor', /person: must be one of/],
	])('but not as %s', async (person, message) => {
		const { batch, approval } = await submitted();
		expect((await act('approve', { approval: approval.id, person })).notice).toMatch(message);
		expect(await batchStatus(batch.id)).toBe('pending_approval');
	});

	it('but not twice', async () => {
		const { approval } = await submitted();
		await act('approve', { approval: approval.id, person: 'finvis-approver' });
		const again = await act('approve', { approval: approval.id, person: 'finvis-approver' });
		expect(again.notice).toContain('refused (409): The approval has already been decided');
	});

	it('but not for a group of another person', async () => {
		const mine = (await finvis.get('/approvals/pending?page_size=200')).json.results.map(({ id }: { id: string }) => id);
		const page = await (await fetch(bench.sandbox.adminUrl)).text();
		const offered = [...page.matchAll(/name="approval" value="([^"]*)"/g)].map(([, id = '']) => id);
		const foreign = offered.find((id) => !mine.includes(id)) ?? '';
		expect((await act('approve', { approval: foreign, person: 'finvis-approver' })).notice).toContain('refused (404)');
		expect((await act('approve', { approval: foreign, person: 'finvis-partner' })).notice).toContain('finvis-partner approved');
	});

	it('although faults are on, because they apply to requests only', async () => {
		const { approval } = await submitted();
		bench.admin.faults.add({ kind: 'cut_after', times: 1 });
		expect((await act('approve', { approval: approval.id, person: 'finvis-approver' })).notice).toContain('approved');
		expect(bench.admin.faults.list()[0]?.applied).toBe(0);
	});
});

describe('the page changes', () => {
	it('the clock', async () => {
		const before = Date.parse(bench.admin.clock.now());
		expect((await act('clock', { advanceSeconds: '86400' })).notice).toMatch(
			/UTC, \d{4}-\d\d-\d\d \d\d:\d\d in Stockholm\. The clock runs 1 times as fast/,
		);
		expect(Date.parse(bench.admin.clock.now()) - before).toBeGreaterThanOrEqual(86_400_000);
		await act('clock', { speed: '3600' });
		expect(bench.admin.clock.speed()).toBe(3600);
		expect((await act('clock', { speed: '0' })).notice).toContain('has stopped');
		expect((await act('clock', { speed: '-1' })).notice).toMatch(/✕ speed must be a number of at least 0/);
		expect((await act('clock', { speed: 'fast' })).notice).toMatch(/✕ speed/);
	});

	it('faults: a response is lost and money moves once', async () => {
		const [account] = (await finvis.get('/accounts/')).json.results;
		await act('fault', { kind: 'cut_after', api: 'finvis', requests: 'writes', times: 'once' });
		expect(bench.admin.faults.list()).toMatchObject([{ kind: 'cut_after', times: 1, match: { api: 'finvis', method: 'POST' } }]);
		// The fault does not apply to a token request.
		await bench.finvis();
		await expect(finvis.post('/payments/batches/', batchFrom(account.id), 'K')).rejects.toThrow();
		const { json: batch } = await finvis.post('/payments/batches/', batchFrom(account.id), 'K');
		expect(await shown('requests')).toMatch(
			/createPaymentBatch .*201 \d+ ms first response repeated .*createPaymentBatch .*no response \d+ ms fault: cut after/,
		);
		await finvis.post(`/payments/batches/${batch.id}/submit`, undefined, 'S');
		const approval = (await finvis.get('/approvals/pending?page_size=200')).json.results.find((one: any) => one.object_id === batch.id);
		await act('approve', { approval: approval.id, person: 'finvis-approver' });
		bench.admin.clock.advance(121);
		expect(bench.admin.ledger('E2E-1')).toHaveLength(1);
		expect((await act('fault-off', { id: '1' })).notice).toBe('✓ Switched off: 1 fault.');
		expect(bench.admin.faults.list()).toEqual([]);
		expect((await act('fault', { kind: 'boom', api: 'both', requests: 'all', times: 'once' })).notice).toContain('kind: must be one of');
	});

	it('vendor positions', async () => {
		expect(await shown('vendor')).toContain('Fondo writes amounts as texts.');
		const { notice, location } = await act('vendor-on', { position: 'fondo-amounts-as-text' });
		expect([notice, location.split('#')[1]]).toEqual(['✓ Switched on: fondo-amounts-as-text.', 'vendor']);
		expect((await order('V-1')).amount).toBe('200');
		expect((await act('vendor-on', { position: 'fondo-amounts-with-exponent' })).notice).toMatch(/✕ The positions .* exclude each other/);
		expect((await act('vendor-on', { position: 'late' })).notice).toMatch(/✕ There is no vendor position/);
		expect(await shown('vendor')).toContain('fondo-amounts-as-text Switch off');
		expect((await act('vendor-off', { position: 'fondo-amounts-as-text' })).notice).toBe('✓ Switched off: fondo-amounts-as-text.');
		expect((await order('V-2')).amount).toBe(200);
	});

	it('the event stream', async () => {
		await act('stream-fault', { 'stream-kind': 'lose' });
		expect(bench.admin.stream.faults.list()).toMatchObject([{ kind: 'lose', every: 2 }]);
		expect(await shown('stream')).toMatch(/lose .*applied 0×/);
		await act('stream-faults-off');
		expect(bench.admin.stream.faults.list()).toEqual([]);
		expect((await act('stream-cut')).notice).toBe('✓ Cut: 0 connections.');
	});

	it('a delivery, which it sends again', async () => {
		const receiver = await Receiver.open();
		await finvis.post('/webhooks/', { url: receiver.url, events: ['payment.status.updated'] }, 'w');
		await submitted();
		await until(() => bench.admin.deliveries()[0]?.state === 'delivered');
		receiver.responses.push(409);
		const { notice } = await act('redeliver', { id: bench.admin.deliveries()[0]?.id ?? '' });
		expect(notice).toBe('✓ Sent payment.status.updated again; the response was 409.');
		expect(receiver.received.map(({ body }) => body)[1]).toBe(receiver.received[0]?.body);
		await receiver.close();
		expect((await act('redeliver', { id: 'none' })).notice).toBe('✕ There is no delivery none');
	});

	it('everything back to the start', async () => {
		await order('S-1');
		expect((await act('reset')).notice).toContain('back at its start');
		expect(bench.admin.ledger()).toEqual([]);
		expect(await shown('events')).toContain('Nothing has changed at Fondo yet.');
	});
});

describe('the page accepts its own forms only', () => {
	const from = async (headers: Record<string, string>, path = '/ui/reset', method = 'POST') =>
		(await fetch(`${bench.sandbox.adminUrl}${path}`, { method, headers })).status;

	it.each([
		['another page', () => ({ origin: 'https://example.se' })],
		['another page on this machine', () => ({ origin: 'http://127.0.0.1:1' })],
		['a page without an origin', () => ({ origin: 'null' })],
		['a request that the browser marks as cross-site', () => ({ origin: bench.sandbox.adminUrl, 'sec-fetch-site': 'cross-site' })],
		['a request that the browser marks as same-site', () => ({ origin: bench.sandbox.adminUrl, 'sec-fetch-site': 'same-site' })],
		['a request without an origin', () => ({})],
	])('not from %s', async (_who, headers) => {
		await order('S-1');
		expect(await from(headers())).toBe(403);
		expect(bench.admin.ledger()).toHaveLength(1);
	});

	it('not under another host name that resolves to this machine', async () => {
		const { port } = new URL(bench.sandbox.adminUrl);
		const { request } = await import('node:http');
		const ask = (path: string, method: string) =>
			new Promise((resolve) => {
				const headers = { host: `evil.example:${port}`, origin: `http://evil.example:${port}` };
				request({ port, host: '127.0.0.1', path, method, headers }, (response) => resolve(response.resume().statusCode)).end();
			});
		expect(await ask('/', 'GET')).toBe(403);
		expect(await ask('/ui/reset', 'POST')).toBe(403);
	});

	it('and the admin API serves no web page', async () => {
		expect(await from({ origin: bench.sandbox.adminUrl }, '/reset')).toBe(403);
		expect(await from({ origin: bench.sandbox.adminUrl }, '/ledger', 'GET')).toBe(403);
		expect(await from({}, '/ledger', 'GET')).toBe(200);
		expect((await act('nothing')).status).toBe(403);
	});
});
