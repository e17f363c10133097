import { useBench } from '../../support/sandbox';
import { byId, seeded, type Seeded } from '../../support/samples';

const bench = useBench();
let seed: Seeded;

beforeAll(async () => {
	seed = await seeded(bench);
});

const forClient = () => ({ resource: 'account', operation: 'get', parameters: { client: byId(seed.client) } });

test('a list shows names, stores ids, and is complete', async () => {
	const { results } = await bench.fondo().list('searchClient', {});
	expect(results).toHaveLength(3);
	expect(results[0]).toEqual({ name: 'Sparbolaget', value: seed.client });
});

test('typing part of a name finds it, in any case and word order', async () => {
	const all = (await bench.fondo().list('searchInvestorAccount', forClient())).results;
	const wanted = all[7];
	const [name, owner] = [wanted.name.split(' (')[0], wanted.name.split(', ')[1].replace(')', '').split(' ').pop()];
	const { results } = await bench.fondo().list('searchInvestorAccount', forClient(), `${owner?.toUpperCase()} ${name.toLowerCase()}`);
	expect(results).toContainEqual(wanted);
	expect(results.length).toBeLessThan(all.length);
});

test('a personal number is looked up by the server', async () => {
	const { json } = await bench
		.fondo()
		.run({ resource: 'account', operation: 'getMany', parameters: { client: byId(seed.client), limit: 5 } });
	const { owner, id } = json[4] as { owner: { ssn: string }; id: string };
	const { results } = await bench.fondo().list('searchInvestorAccount', forClient(), `${owner.ssn.slice(0, 8)}-${owner.ssn.slice(8)}`);
	expect(results.map(({ value }) => value)).toContain(id);
	expect(bench.sandbox.admin.requests().pop()?.query).toContain('ssn=');
});

test('a list of what belongs to a client asks for the client first', async () => {
	await expect(bench.fondo().list('searchOrder', { parameters: { client: byId('') } })).rejects.toThrow('Choose the client first');
});

test('a long list comes page by page, each with the way to the next, and nothing is lost or repeated', async () => {
	bench.sandbox.admin.settings.patch({ fondo: { pageCap: 30 } });
	const found: unknown[] = [];
	let token: string | undefined;
	let answers = 0;
	do {
		const { results, paginationToken } = await bench.fondo().list('searchInvestorAccount', forClient(), '', token);
		found.push(...results.map(({ value }) => value));
		token = paginationToken as string | undefined;
		answers += 1;
	} while (token !== undefined);
	bench.sandbox.admin.settings.patch({ fondo: { pageCap: null } });
	expect(answers).toBeGreaterThan(1);
	expect(found).toHaveLength(100);
	expect(new Set(found).size).toBe(100);
});

test('every locator of both nodes brings entries', async () => {
	const { accounts } = seed;
	const parameters = { client: byId(seed.client), account: byId(accounts[0]) };
	for (const method of ['searchClient', 'searchInvestorAccount', 'searchInstrument', 'searchOrder', 'searchAgreementType']) {
		expect({ method, found: (await bench.fondo().list(method, { parameters })).results.length > 0 }).toEqual({ method, found: true });
	}
	for (const method of ['searchBankAccount', 'searchCompany', 'searchCorporateGroupKoncern', 'searchPaymentBatch', 'searchApproval']) {
		expect({ method, found: (await bench.finvis().list(method, {})).results.length > 0 }).toEqual({ method, found: true });
	}
});
