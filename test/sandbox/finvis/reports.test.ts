import { Bench, type Caller } from '../caller';

let bench: Bench;
let finvis: Caller;
beforeAll(async () => {
	bench = await Bench.open();
	finvis = await bench.finvis();
});
afterEach(() => expect(bench.admin.violations()).toEqual([]));
afterAll(() => bench.stop());

it('a match can be confirmed once', async () => {
	const [match] = (await finvis.get('/reconciliation/matches?status=suggested')).json.results;
	const confirmed = await finvis.post(`/reconciliation/matches/${match.id}/confirm`, undefined, 'm1');
	expect(confirmed.json).toMatchObject({ status: 'confirmed', confirmed_at: expect.any(String) });
	expect((await finvis.post(`/reconciliation/matches/${match.id}/confirm`, undefined, 'm2')).status).toBe(409);
});

it('reports match accounts and transactions', async () => {
	const accounts = (await finvis.get('/accounts/?page_size=200')).json.results.filter((one: any) => one.currency === 'SEK');
	const positions = (await finvis.get('/reporting/positions')).json;
	expect(positions.positions).toHaveLength(accounts.length);
	expect(Number(positions.total)).toBeCloseTo(
		accounts.reduce((all: number, one: any) => all + Number(one.booked_balance), 0),
		2,
	);
	const past = (await finvis.get('/reporting/positions?as_of=2025-06-30')).json;
	expect(past.total).not.toBe(positions.total);
	const flow = (await finvis.get('/reporting/cashflow?date_from=2025-07-01&date_to=2025-12-31')).json;
	expect(flow.periods).toHaveLength(6);
	const net = flow.periods.reduce((all: number, one: any) => all + Number(one.net), 0);
	expect(Number(past.total) + net).toBeCloseTo(Number(positions.total), 2);
});
