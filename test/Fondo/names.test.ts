/** Fondo's lists name accounts and instruments beside what has only their IDs. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useBench } from '../support/sandbox';
import { byId, seeded, subscription, type Seeded } from '../support/samples';

const bench = useBench();
let seed: Seeded;
let account: IDataObject;
let fund: IDataObject;

beforeAll(async () => {
	seed = await seeded(bench);
	const get = async (resource: string, parameters: object) =>
		(await bench.fondo().run({ resource, operation: 'get', parameters: parameters as INodeParameters })).json[0];
	account = await get('account', { client: byId(seed.client), account: byId(seed.accounts[0]) });
	fund = await get('instrument', { instrument: byId(seed.instrument) });
	const placed = await bench.fondo().run(subscription(seed), [{ reference: 'NAMED-1' }, { reference: 'NAMED-2' }]);
	expect(placed.error?.message).toBeUndefined();
});

const search = async (method: string, filter?: string) =>
	(await bench.fondo().list(method, { parameters: { client: byId(seed.client) } }, filter)).results;
const shownAccount = () => `${String((account.owner as IDataObject).fullName)}, ${String(account.name)} (${String(account.ref)})`;

test('an order by its fund, its account and its day', async () => {
	const [{ name }] = await search('searchOpenOrder', 'NAMED-1');
	expect(name).toMatch(/^NAMED-1 \(subscription .+, \w+\), .+, \d{4}-\d\d-\d\d$/);
	expect(name).toContain(String(fund.name));
	expect(name).toContain(shownAccount());
	expect(await search('searchOpenOrder', `NAMED-2 ${seed.instrument}`)).toHaveLength(1);
});

test('Cancel offers orders that are not sent yet, the newest first', async () => {
	const orders = (
		await bench.fondo().run({ resource: 'order', operation: 'getMany', parameters: { client: byId(seed.client), returnAll: true } })
	).json;
	const open = orders.filter(({ status }) => !['sent', 'confirmed', 'settled', 'canceled'].includes(String(status)));
	expect(open.length).toBeLessThan(orders.length);
	const results = await search('searchOpenOrder');
	expect(new Set(results.map(({ value }) => value))).toEqual(new Set(open.map(({ id }) => id)));
	const days = results.map(({ name }) => name.slice(-10));
	expect(days).toEqual([...days].sort().reverse());
});

test('Get offers every order, by the same names', async () => {
	for (const { name } of await search('searchOrder'))
		expect(name).toMatch(/ \((subscription|redemption) .+, \w+\), .+, .+ \(\d+\), \d{4}-\d\d-\d\d$/);
});

test.each(['searchCashTransaction', 'searchFundTransaction', 'searchAllocationPlan'])(
	'%s shows the account by its name',
	async (method) => {
		const results = await search(method);
		expect(results.length).toBeGreaterThan(0);
		for (const { name } of results) {
			expect(name).toMatch(/.+, .+ \(\d+\)/);
			expect(name).not.toMatch(/undefined|[\da-f]{8}-[\da-f]{4}/);
		}
	},
);
