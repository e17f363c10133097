/** Whose account is it: lists that begin with the company, lists that offer only what can be acted on, and names in results. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useBench } from '../support/sandbox';
import { byId } from '../support/samples';
import { useServer } from '../support/server';
import { giveTimeBack, takeTime } from '../support/time';

const bench = useBench();
const getMany = async (resource: string, operation = 'getMany', parameters: object = {}) =>
	await bench.finvis().run({ resource, operation, parameters: { returnAll: true, ...parameters } as INodeParameters });
const search = async (method: string, filter?: string) => (await bench.finvis().list(method, {}, filter)).results;
const callsTo = (path: string) => bench.sandbox.admin.requests().filter((request) => request.path.endsWith(path)).length;

const reads = () => bench.sandbox.admin.requests().filter(({ method }) => method === 'GET').length;

let accounts: IDataObject[];
let companies: IDataObject[];
const companyName = (id: unknown) => companies.find((one) => one.id === id)?.name;

beforeAll(async () => {
	accounts = (await getMany('account')).json;
	companies = (await getMany('company')).json;
});

describe('the list of bank accounts', () => {
	test('says company, bank, last four digits and currency', async () => {
		const results = await search('searchBankAccount');
		expect(results).toHaveLength(accounts.length);
		const [{ id, company_id, bank, iban, currency, name }] = accounts;
		expect(results.find(({ value }) => value === id)?.name).toBe(
			`${String(companyName(company_id))}, ${String(bank)} …${String(iban).slice(-4)}, ${String(currency)} (${String(name)})`,
		);
	});

	test('is searched by company, by bank, by name and by the whole number', async () => {
		const { id, company_id, bank, iban, name } = accounts[3];
		const spaced = String(iban).replace(/(.{4})/g, '$1 ');
		for (const filter of [companyName(company_id), bank, name, iban, spaced])
			expect({ filter, found: (await search('searchBankAccount', String(filter))).map(({ value }) => value) }).toEqual({
				filter,
				found: expect.arrayContaining([id]),
			});
		expect(await search('searchBankAccount', String(iban))).toHaveLength(1);
	});

	test('reads the companies once for all searches of a connection', async () => {
		const before = callsTo('/companies');
		expect(before).toBeGreaterThan(0);
		for (const filter of ['a', 'b', 'c']) await search('searchBankAccount', filter);
		expect(callsTo('/companies')).toBe(before);
	});

	test('is there without companies, where the client may not read them', async () => {
		bench.sandbox.admin.faults.add({ match: { path: 'listCompanies' }, kind: 'status', status: 403, body: { detail: 'No' } });
		const { results } = await bench.finvis({ clientId: 'finvis-demo+2' }).list('searchBankAccount', {});
		bench.sandbox.admin.faults.clear();
		expect(results.length).toBeGreaterThan(0);
		for (const { name } of results) expect(name).toMatch(/^[\p{L} ]+ …\d{4}, (SEK|EUR) \(.+\)$/u);
	});
});

describe('By IBAN', () => {
	const byIban = (value: unknown) => ({ __rl: true, mode: 'iban', value }) as unknown as INodeParameters;
	const get = async (value: unknown) =>
		await bench.finvis().run({ resource: 'account', operation: 'get', parameters: { account: byIban(value) } });

	test('finds the account, however the number is written', async () => {
		const { id, iban } = accounts[2];
		for (const written of [iban, String(iban).toLowerCase(), String(iban).replace(/(.{4})/g, '$1 ')])
			expect((await get(written)).json[0]).toMatchObject({ id });
	});

	test('is the same batch as by ID, in the request and in the receipt', async () => {
		const { id, iban } = accounts.find(({ currency }) => currency === 'SEK')!;
		const create = async (account: INodeParameters) =>
			await bench.finvis().run({
				resource: 'paymentBatch',
				operation: 'create',
				parameters: {
					account,
					executionDate: '={{ $now.plus({ days: 2 }) }}',
					bankDay: 'next',
					reference: 'by-iban',
					payments: {
						rows: [{ amount: '10.00', creditorName: 'A AB', creditorAccountType: 'bankgiro', creditorAccount: '5050-1055' }],
					},
				} as unknown as INodeParameters,
			});
		const [first] = (await create(byIban(iban))).json;
		expect(first).toMatchObject({ account_id: id, receipt: { outcome: 'created' } });
		const [again] = (await create(byId(id))).json;
		expect(again).toMatchObject({ id: first.id, receipt: { outcome: 'found' } });
		expect((again.receipt as IDataObject).fingerprint).toBe((first.receipt as IDataObject).fingerprint);
	});

	test('refuses a number whose check digits do not fit, and reads nothing', async () => {
		const wrong = String(accounts[0].iban).replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
		const before = bench.sandbox.admin.requests().length;
		const { error } = await get(wrong);
		expect(error?.message).toMatch(/^'Bank Account': the check digits? of the/);
		expect(bench.sandbox.admin.requests()).toHaveLength(before);
	});

	test('says where no account has the number', async () => {
		expect((await get('SE3550000000054910000003')).error?.message).toBe('No bank account at Finvis has the IBAN that ends with 0003');
	});

	describe('at another server', () => {
		const server = useServer();
		const iban = 'SE3550000000054910000003';
		const ask = async (clientId: string) =>
			(
				await bench
					.finvis({ baseUrl: server.url, clientId })
					.run({ resource: 'account', operation: 'get', parameters: { account: byIban(iban) } })
			).error;

		test('two accounts of one number are no account, and nothing is asked of either', async () => {
			server.answer = () => ({
				body: [
					{ id: 'a', iban },
					{ id: 'b', iban: iban.replace(/(.{4})/g, '$1 ') },
				],
			});
			expect((await ask('two'))?.message).toBe('2 bank accounts at Finvis have the IBAN that ends with 0003');
			expect([...new Set(server.received.map(({ path }) => path))]).toEqual(['/accounts/']);
		});

		test('a refused list is reported', async () => {
			server.answer = () => ({ status: 403, body: { detail: 'Not you' } });
			expect((await ask('refused'))?.message).toBe('The bank accounts could not be read, so there is no account for the IBAN');
		});

		test('an account that is newer than the list that is kept is found', async () => {
			const rows = [{ id: 'old', iban: 'SE4550000000058398257466' }];
			server.answer = ({ path }) => (path.endsWith('/accounts/') ? { body: rows } : { body: { id: path.split('/').at(-1) } });
			expect((await ask('newer'))?.message).toContain('No bank account');
			rows.push({ id: 'new', iban });
			takeTime(Date.now() + 11_000);
			expect(await ask('newer')).toBeUndefined();
			giveTimeBack();
		});
	});
});

describe('lists offer only what can be acted on, the newest first', () => {
	const dayIn = (name: string) => /\d{4}-\d\d-\d\d/.exec(name)?.[0];

	test('Submit: drafts, with company, name, day and amount', async () => {
		const drafts = (await getMany('paymentBatch')).json.filter(({ status }) => status === 'draft');
		const newest = [...drafts].sort((a, b) => (String(a.created_at) < String(b.created_at) ? 1 : -1));
		const results = await search('searchPaymentBatch');
		expect(results.map(({ value }) => value)).toEqual(newest.map(({ id }) => id));
		const [{ company_id, name, execution_date, total_amount, currency }] = drafts;
		const shown = `${String(companyName(company_id))}: ${String(name)}, ${String(execution_date)}, ${String(total_amount)} ${String(currency)}`;
		expect(results.map((one) => one.name)).toContain(shown);
	});

	test('Confirm: suggested matches, with company, counterparty, day and amount', async () => {
		const suggested = (await getMany('reconciliation')).json.filter(({ status }) => status === 'suggested');
		const results = await search('searchMatch');
		expect(new Set(results.map(({ value }) => value))).toEqual(new Set(suggested.map(({ id }) => id)));
		const [first, ...more] = results.map(({ value }) => String(suggested.find(({ id }) => id === value)?.created_at));
		expect([first, ...more]).toEqual([first, ...more].sort().reverse());
		for (const { name } of results) expect(name).toMatch(/^Norrlands .+ AB: invoice \d+, .+, \d{4}-\d\d-\d\d, \d+\.\d\d (SEK|EUR)$/);
	});

	test('Approve: pending approvals, with company, name, day, amount and who asked', async () => {
		const pending = (await getMany('approval', 'getManyPending')).json;
		const results = await search('searchApproval');
		expect(new Set(results.map(({ value }) => value))).toEqual(new Set(pending.map(({ id }) => id)));
		for (const { name } of results) {
			expect(name).toMatch(/^Norrlands .+ AB: Leverantörer .+, \d+\.\d\d SEK, requested by .+@example\.se$/);
			expect(dayIn(name)).toBeDefined();
		}
	});
});

describe('Add Names', () => {
	const NAMES = ['company_name', 'account_name', 'counterparty', 'day'];

	test.each([
		['transaction', 'getMany', NAMES],
		['reconciliation', 'getMany', NAMES],
		['approval', 'getManyPending', ['batch_name', 'company_name', 'account_name', 'day']],
	])('%s: %s', async (resource, operation, names) => {
		const parameters = { returnAll: false, limit: 40 };
		const plain = (await getMany(resource, operation, parameters)).json;
		const { json, hints } = await getMany(resource, operation, { ...parameters, addNames: true });
		expect(hints).toEqual([]);
		expect(json).toHaveLength(plain.length);
		json.forEach((row, index) => {
			expect(row).toMatchObject(plain[index]);
			for (const name of names) expect({ name, value: row[name] }).toEqual({ name, value: expect.stringMatching(/./) });
		});
		const [row] = json;
		const account = accounts.find(({ id }) => id === row.account_id);
		if (account) expect(row).toMatchObject({ account_name: account.name, company_name: companyName(account.company_id) });
	});

	test('Get Positions: names in each position', async () => {
		const { json } = await getMany('report', 'getPositions', { addNames: true });
		const { as_of, positions } = json[0] as { as_of: string; positions: IDataObject[] };
		for (const position of positions) {
			const account = accounts.find(({ id }) => id === position.account_id)!;
			expect(position).toMatchObject({
				account_name: account.name,
				company_name: companyName(account.company_id),
				day: as_of.slice(0, 10),
			});
		}
	});

	test('with Fields to Return, and in pages', async () => {
		const options = { fieldsToReturn: 'amount, company_name' };
		const [row] = (await getMany('transaction', 'getMany', { returnAll: false, limit: 1, addNames: true, options })).json;
		expect(Object.keys(row).sort()).toEqual(['amount', 'company_name', 'id']);
		const [page] = (await getMany('transaction', 'getMany', { returnAll: false, limit: 3, processInPages: true, addNames: true, options }))
			.json;
		expect(page.next).not.toBeNull();
		for (const one of page.rows as IDataObject[]) expect(Object.keys(one).sort()).toEqual(['amount', 'company_name', 'id']);
	});

	test('makes no call for each item, and none for each incoming item', async () => {
		const before = reads();
		await bench.finvis().run(
			{ resource: 'transaction', operation: 'getMany', parameters: { limit: 50, addNames: true } },
			Array.from({ length: 10 }, () => ({})),
		);
		// The ten lists; companies and accounts are known.
		expect(reads() - before).toBe(10);
	});

	test('leaves out what it cannot read, and says so', async () => {
		bench.sandbox.admin.faults.add({ match: { path: 'listAccounts' }, kind: 'status', status: 403, body: { detail: 'No' } });
		const { json, hints, error } = await bench
			.finvis({ clientId: 'finvis-approver', clientSecret: 'finvis-approver-secret' })
			.run({ resource: 'transaction', operation: 'getMany', parameters: { limit: 3, addNames: true } }, [{}, {}]);
		bench.sandbox.admin.faults.clear();
		expect(error).toBeUndefined();
		expect(json).toHaveLength(6);
		expect(json[0]).toHaveProperty('counterparty');
		expect(json[0]).not.toHaveProperty('company_name');
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining("'Add Names' could not read the bank accounts: "),
			"Some results have no 'company_name', because Finvis does not give it.",
			"Some results have no 'account_name', because Finvis does not give it.",
		]);
	});
});
