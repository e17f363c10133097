import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useBench } from '../../support/sandbox';
import { batch, byId, seeded, subscription, type Seeded } from '../../support/samples';

const bench = useBench();
let seed: Seeded;

beforeAll(async () => {
	seed = await seeded(bench);
});

const accounts = (parameters: INodeParameters) => ({
	resource: 'account',
	operation: 'getMany',
	parameters: { client: byId(seed.client), ...parameters },
});
const orders = (parameters: object = {}) => subscription(seed, { reference: '={{ $json.reference }}', ...parameters });
const rows = (...references: string[]) => references.map((reference) => ({ reference }));

describe('the receipt', () => {
	test('is the first field of the item, and begins with a sentence', async () => {
		const { json } = await bench.fondo().run(orders(), rows('FIRST-1'));
		expect(Object.keys(json[0])[0]).toBe('receipt');
		expect(Object.keys(json[0].receipt as object)[0]).toBe('message');
		expect(json[0].receipt).toMatchObject({ message: "'FIRST-1' was created." });
		const again = await bench.fondo().run(orders(), rows('FIRST-1'));
		expect(again.json[0].receipt).toMatchObject({ message: "'FIRST-1' was there already. Its status is received. Nothing was sent." });
	});

	test('is first also among chosen fields', async () => {
		const { json } = await bench.fondo().run(orders({ options: { fieldsToReturn: 'status' } }), rows('FIRST-2'));
		expect(Object.keys(json[0])).toEqual(['receipt', 'id', 'status']);
	});
});

describe('hints above the output', () => {
	test('there is none where all is plain', async () => {
		expect((await bench.fondo().run(orders(), rows('PLAIN-1', 'PLAIN-2'))).hints).toEqual([]);
		expect((await bench.fondo().run(accounts({}))).hints).toEqual([]);
	});

	test('say how many writes were there already', async () => {
		await bench.fondo().run(orders(), rows('HINT-1'));
		const { hints } = await bench.fondo().run(orders(), rows('HINT-1', 'HINT-2', 'HINT-3'));
		expect(hints).toMatchObject([{ message: '3 writes: 2 created; 1 there already and not sent again.', type: 'info' }]);
	});

	test('say that a rehearsal sent nothing', async () => {
		const { hints } = await bench.fondo({ rehearsal: true }).run(orders(), rows('HINT-4'));
		expect(hints).toMatchObject([
			{ message: '1 write: 1 rehearsed and not sent, because Rehearsal is on in the credential.', type: 'warning' },
		]);
	});

	test('say what is not known', async () => {
		bench.sandbox.admin.faults.add({ match: { path: 'createOrder' }, kind: 'status', status: 500, times: 1 });
		const settings = { ...orders(), onError: 'continueRegularOutput' as const };
		const { hints, customData } = await bench.fondo().run(settings, rows('HINT-5'));
		bench.sandbox.admin.faults.clear();
		expect(hints).toMatchObject([{ type: 'danger', message: expect.stringContaining('1 not known to be executed') }]);
		expect(customData).toMatchObject({ reference: 'HINT-5', outcome: 'unknown' });
	});

	test('name a field to return that no result has, and filters that nothing matches', async () => {
		const { hints } = await bench.fondo().run(accounts({ options: { fieldsToReturn: 'name, ghost' } }));
		expect(hints).toMatchObject([{ message: "No result has the field 'ghost'. Remove 'Fields to Return' to see all fields." }]);
		const none = await bench.finvis().run({
			resource: 'transaction',
			operation: 'getMany',
			parameters: { filters: { dateFrom: '1999-01-01', dateTo: '1999-01-02' } },
		});
		expect([none.error, none.json]).toEqual([undefined, []]);
		expect(none.hints).toMatchObject([{ message: 'Nothing matches the filters. Remove one of them to see more.' }]);
	});
});

describe('hints about the settings of the node', () => {
	test('a write says what Retry On Fail and Execute Once mean', async () => {
		const { hints } = await bench.fondo().run({ ...orders(), retryOnFail: true, executeOnce: true }, rows('HINT-2'));
		expect(hints.map(({ message }) => message)).toEqual([
			'1 write: 1 there already and not sent again.',
			'Retry On Fail is on: after an error n8n runs all items again, and what was sent is not sent again.',
			'Execute Once is on: only the first item was used.',
		]);
		expect((await bench.fondo().run({ ...accounts({}), retryOnFail: true, executeOnce: true })).hints).toEqual([]);
	});

	test('a write that is not recorded is not called safe to repeat', async () => {
		const parameters = { client: byId(seed.client), additionalFields: { name: 'Changed' } };
		const change = { resource: 'client', operation: 'update', parameters, retryOnFail: true };
		const { hints, error } = await bench.fondo().run(change as never);
		expect([error?.message, hints]).toEqual([undefined, []]);
	});

	test('Always Output Data is named where there is nothing', async () => {
		const parameters = { filters: { dateFrom: '1999-01-01', dateTo: '1999-01-02' } };
		const transactions = { resource: 'transaction', operation: 'getMany', parameters, alwaysOutputData: true };
		const { hints } = await bench.finvis().run(transactions);
		expect(hints.at(-1)?.message).toBe('Always Output Data is on: the next node gets one empty item.');
		expect((await bench.finvis().run({ ...transactions, parameters: {} })).hints).toEqual([]);
	});

	test('a write with a warning is counted, and its receipt says what it is', async () => {
		const payment = { amount: '1.00', creditorName: 'N'.repeat(71), creditorAccountType: 'bankgiro', creditorAccount: '5050-1055' };
		const { hints, json } = await bench.finvis().run(batch(seed, { reference: 'HINT-3', payments: { rows: [payment] } }));
		expect(hints).toMatchObject([{ message: "1 write has a warning: read 'warnings' in the receipt." }]);
		expect((json[0].receipt as IDataObject).warnings).toEqual([expect.stringMatching(/Creditor Name.*71/)]);
	});

	test('an item that failed before its write is counted', async () => {
		const settings = { ...orders(), onError: 'continueRegularOutput' as const };
		const { hints } = await bench.fondo().run(settings, rows('HINT-2', '', ''));
		expect(hints.slice(1)).toMatchObject([{ message: "2 items failed. On Error lets the workflow go on, with the reason in 'error'." }]);
	});
});

test('a moved execution date is in the receipt and above the output', async () => {
	const [account] = (await bench.finvis().run({ resource: 'account', operation: 'getMany', parameters: { returnAll: true } })).json;
	const parameters = {
		account: byId(String(account.id)),
		executionDate: '2031-05-01',
		bankDay: 'next',
		reference: 'MOVED-1',
		payments: {
			rows: [{ amount: '10.00', creditorName: 'Leverantören AB', creditorAccountType: 'bankgiro', creditorAccount: '5050-1055' }],
		},
		additionalFields: { currency: String(account.currency) },
	};
	const { json, hints, error } = await bench.finvis().run({ resource: 'paymentBatch', operation: 'create', parameters });
	const moved = 'The execution date is 2031-05-02, because banks are closed on 2031-05-01.';
	expect([error, json[0].execution_date]).toEqual([undefined, '2031-05-02']);
	expect(json[0].receipt).toMatchObject({ message: `'MOVED-1' was created. ${moved}` });
	expect(hints).toMatchObject([{ message: moved, type: 'info' }]);
});

describe("the data of n8n's list of executions", () => {
	test('names API, references, outcomes and objects, each once', async () => {
		const { customData, json } = await bench.fondo().run(orders(), rows('FIND-1', 'FIND-2'));
		expect(customData).toEqual({
			api: 'Fondo',
			reference: 'FIND-1, FIND-2',
			outcome: 'created',
			objectId: json.map(({ id }) => id).join(', '),
		});
	});

	test('names nothing for a read', async () => {
		expect((await bench.fondo().run(accounts({}))).customData).toEqual({});
	});

	test('has at most 255 characters in each, and whole references', async () => {
		const references = Array.from({ length: 60 }, (_, index) => `LONG-REFERENCE-${index}`);
		const { customData } = await bench.fondo().run(orders(), rows(...references));
		const { reference } = customData;
		expect(reference.length).toBeLessThanOrEqual(255);
		expect(references).toEqual(expect.arrayContaining(reference.split(', ')));
	});

	test('hides the number of a person in a reference', async () => {
		const { customData } = await bench.fondo().run(orders(), rows('19121212-1212'));
		expect(customData.reference).toBe('[number hidden]');
	});
});
