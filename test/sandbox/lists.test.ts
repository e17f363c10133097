import { Bench, type Caller } from './caller';

let bench: Bench;
let fondo: Caller;
let finvis: Caller;
let root: string;
beforeAll(async () => {
	bench = await Bench.open();
});
beforeEach(async () => {
	bench.admin.reset();
	[fondo, finvis] = await Promise.all([bench.fondo(), bench.finvis()]);
	root = `/v2/partner/client/${(await fondo.get('/v2/partner/client')).json[0].id}`;
});
afterAll(() => bench.stop());

const ids = (items: Array<{ id: string }>): string[] => items.map(({ id }) => id);
const patchSettings = (value: object) => bench.admin.settings.patch(value);

describe('Fondo lists', () => {
	it('are complete and sorted without a limit', async () => {
		const { json } = await fondo.get(`${root}/account`);
		const keys = json.map(({ sortedId }: { sortedId: string }) => sortedId);
		expect(keys).toHaveLength(100);
		expect(keys).toEqual([...keys].sort());
	});

	it.each(['inclusive', 'exclusive'] as const)('have pages with an %s cursor', async (cursor) => {
		patchSettings({ fondo: { cursor } });
		const first = (await fondo.get(`${root}/account?limit=10`)).json;
		const second = (await fondo.get(`${root}/account?limit=10&start=${first[9].sortedId}`)).json;
		const all = ids((await fondo.get(`${root}/account?limit=20`)).json);
		expect(ids(second)).toEqual(cursor === 'inclusive' ? all.slice(9, 19) : all.slice(10, 20));
	});

	it('are shortened silently to the page cap', async () => {
		patchSettings({ fondo: { pageCap: 7 } });
		expect((await fondo.get(`${root}/account`)).json).toHaveLength(7);
		expect((await fondo.get(`${root}/account?limit=50`)).json).toHaveLength(7);
	});

	it('filter by owner, reference and modified date', async () => {
		const [, account] = (await fondo.get(`${root}/account`)).json;
		expect(ids((await fondo.get(`${root}/account?ssn=${account.owner.ssn}`)).json)).toEqual([account.id]);
		const [, , booked] = (await fondo.get(`${root}/transaction/cash?reftype=order`)).json;
		expect((await fondo.get(`${root}/transaction/cash?ref=${booked.ref}`)).json).toEqual([booked]);
		expect((await fondo.get(`${root}/order?modifiedFrom=2026-01-01T00:00:00.000Z`)).json).toEqual([]);
		await fondo.post(`${root}/account/${(await active()).id}/withdrawal`, { executorRef: '1', amount: 1 });
		expect((await fondo.get(`${root}/account?modifiedFrom=2026-01-01T00:00:00.000Z`)).json).toHaveLength(1);
	});

	it.each(['limit=0', 'limit=x', 'modifiedFrom=yesterday', 'ssn=abc'])('refuse %s', async (query) => {
		const { status, json } = await fondo.get(`${root}/account?${query}`);
		expect([status, json.error]).toEqual([400, 'invalid_request']);
		expect(json.error_description).toContain(query.split('=')[0]);
	});

	it('answer 403 for other clients and 404 for unknown objects', async () => {
		const unknown = '00000000-0000-4000-8000-000000000000';
		expect((await fondo.get(`/v2/partner/client/${unknown}/account`)).status).toBe(403);
		expect((await fondo.get(`${root}/account/${unknown}`)).status).toBe(404);
	});
});

describe('Finvis lists', () => {
	it('link from page to page with absolute addresses', async () => {
		const seen: string[] = [];
		let next: string | null = `${bench.sandbox.finvisUrl}/accounts/?page_size=5`;
		while (next !== null) {
			const { json } = await finvis.get(next.replace(bench.sandbox.finvisUrl, ''));
			seen.push(...ids(json.results));
			next = json.next;
			if (next !== null) expect(next.startsWith(`${bench.sandbox.finvisUrl}/accounts/?`)).toBe(true);
		}
		expect(new Set(seen).size).toBe(17);
	});

	it('obey page_size up to 200', async () => {
		expect((await finvis.get('/transactions')).json.results).toHaveLength(50);
		expect((await finvis.get('/transactions?page_size=500')).json.results).toHaveLength(200);
		patchSettings({ finvis: { pageCap: 20 } });
		const capped = (await finvis.get('/transactions?page_size=100')).json;
		expect([capped.count, capped.results.length]).toEqual([7000, 20]);
	});

	it('can be plain arrays', async () => {
		patchSettings({ finvis: { list: 'bare' } });
		expect((await finvis.get('/companies')).json).toHaveLength(6);
		expect(bench.admin.violations()).toEqual([]);
	});

	it('filter by account, company, dates and status', async () => {
		const [account] = (await finvis.get('/accounts/')).json.results;
		const own = (await finvis.get(`/transactions?account_id=${account.id}&date_from=2025-03-01&date_to=2025-03-31&page_size=200`)).json
			.results;
		expect(own.length).toBeGreaterThan(10);
		expect(
			own.every(
				(one: { account_id: string; booking_date: string }) => one.account_id === account.id && one.booking_date.startsWith('2025-03'),
			),
		).toBe(true);
		expect((await finvis.get(`/accounts/?company_id=${account.company_id}`)).json.count).toBe(3);
		expect((await finvis.get('/payments/batches/?status=draft')).json.count).toBe(2);
		expect((await finvis.get('/transactions?date_from=March')).status).toBe(400);
		expect((await finvis.get('/transactions?page=0')).status).toBe(400);
	});
});

async function active() {
	return (await fondo.get(`${root}/account`)).json.find((one: { status: string }) => one.status === 'active');
}
