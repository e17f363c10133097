import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContract } from '../../../sandbox/http/contract';
import { Bench, type Caller } from '../caller';

/** Operations without a request here: the APIs make three of them, and auth.test.ts covers the tokens. */
const LEFT_OUT = ['webhookCallback', 'journeyCallback', 'webhookNotification', 'authToken', 'createToken', 'createTenantToken'];

/** The operations of a contract by the text of its file, without LEFT_OUT. */
function operationIdsOf(api: 'fondo' | 'finvis'): string[] {
	const text = readFileSync(join(__dirname, `../../../contracts/${api}.openapi.yaml`), 'utf8');
	const ids = [...text.matchAll(/^ +operationId: (\w+)$/gm)].map(([, id]) => id);
	return ids.filter((id) => !LEFT_OUT.includes(id)).sort();
}

let bench: Bench;
beforeAll(async () => {
	bench = await Bench.open();
});
afterAll(() => bench.stop());

it('answers every Fondo operation in the shape of the contract', async () => {
	const fondo = await bench.fondo();
	const client = (await fondo.get('/v2/partner/client')).json[0].id;
	const root = `/v2/partner/client/${client}`;
	const [plan] = (await fondo.get(`${root}/allocationplan`)).json;
	const account = (await fondo.get(`${root}/account/${plan.account}`)).json;
	const closable = (await fondo.get(`${root}/account`)).json.find((one: { status: string }) => one.status !== 'active');
	const [position] = account.positions;
	const orderFields = { account: account.id, executorRef: account.owner.ssn, instrument: position.instrument };
	const bankAccount = account.bankAccounts[0].id;
	const bodies: Record<string, unknown> = {
		createClient: {
			name: 'Ny AB',
			displayName: 'Ny',
			crn: '5591234567',
			country: 'SE',
			serviceTypes: [{ accountServiceType: 'portfolioManagement' }],
		},
		updateClient: { displayName: 'Nytt namn' },
		patchAllocationPlan: { bankAccount },
		postJourney: {
			journey: { type: 'createAccount', accountName: 'Spar' },
			callbackUrl: 'http://127.0.0.1:9/',
			scope: null,
		},
		createOrder: { ...orderFields, orderType: 'redemption', clientRef: 'a', units: 1 },
		createOrderWithdrawal: { ...orderFields, orderType: 'redemption', clientRef: 'b', units: 1, bankAccount },
		createWithdrawal: { clientRef: 'c', executorRef: account.owner.ssn, amount: 1 },
		createPaymentInstruction: { type: 'autogiro', payments: [{ account: account.id, amount: 100, clientRef: 'd' }] },
	};
	const order = (await fondo.post(`${root}/order`, { ...orderFields, orderType: 'redemption', clientRef: 'e', units: 1 })).json;
	const journey = (await fondo.post(`${root}/journey`, bodies.postJourney)).json;
	const instruction = (await fondo.post(`${root}/instruction/payment`, bodies.createPaymentInstruction)).json;
	const ids: Record<string, string> = {
		client_id: client,
		account_id: account.id,
		allocation_plan_id: plan.id,
		agreement_type_key: 'account',
		journey_id: journey.id,
		instrument_id: position.instrument,
		instruction_id: instruction.id,
		order_id: order.id,
	};
	const transactions = {
		getCashTransactionById: (await fondo.get(`${root}/transaction/cash?limit=1`)).json[0].id,
		getFundTransactionById: (await fondo.get(`${root}/transaction/fund?limit=1`)).json[0].id,
	};
	const called = await callAll(fondo, 'fondo', bodies, (name, operationId) => {
		if (name === 'transaction_id') return Object.entries(transactions).find(([id]) => id === operationId)?.[1];
		return operationId === 'deleteAccount' && name === 'account_id' ? closable.id : ids[name];
	});
	expect(called.sort()).toEqual(operationIdsOf('fondo'));
	expect(bench.admin.violations()).toEqual([]);
});

it('answers every Finvis operation in the shape of the contract', async () => {
	const finvis = await bench.finvis();
	const [account] = (await finvis.get('/accounts/')).json.results;
	const create = {
		account_id: account.id,
		payments: [{ amount: '10', creditor_name: 'X', creditor_account: { type: 'iban', value: 'SE1' } }],
	};
	const hook = { url: 'http://127.0.0.1:9/hook', events: ['transaction.created'] };
	const ids: Record<string, string> = {
		getAccount: account.id,
		submitPaymentBatch: (await finvis.post('/payments/batches/', create, randomUUID())).json.id,
		confirmReconciliationMatch: (await finvis.get('/reconciliation/matches?status=suggested')).json.results[0].id,
		approveApproval: (await finvis.get('/approvals/pending')).json.results[0].id,
		getWebhook: (await finvis.post('/webhooks/', hook, randomUUID())).json.id,
		deleteWebhook: (await finvis.post('/webhooks/', hook, randomUUID())).json.id,
	};
	const bodies = { createPaymentBatch: create, createWebhook: hook };
	const called = await callAll(finvis, 'finvis', bodies, (_name, operationId) => ids[operationId]);
	expect(called.sort()).toEqual(operationIdsOf('finvis'));
	expect(bench.admin.violations()).toEqual([]);
});

it('names the missing field of a wrong request', async () => {
	const fondo = await bench.fondo();
	const client = (await fondo.get('/v2/partner/client')).json[0].id;
	const wrong = await fondo.post(`/v2/partner/client/${client}/order`, { orderType: 'subscription', account: 'x' });
	expect(wrong.status).toBe(400);
	expect(wrong.json.error).toBe('invalid_request');
	expect(wrong.json.error_description).toMatch(/must have required property 'instrument'/);
	expect((await fondo.get('/v2/partner/nothing')).json).toEqual({
		error: 'not_found',
		error_description: 'No such address: GET /v2/partner/nothing',
	});
	expect((await fondo.send('DELETE', '/ping')).status).toBe(405);
	const broken = await fetch(`${fondo.base}/v2/partner/client`, {
		method: 'POST',
		body: '{',
		headers: { authorization: `Bearer ${fondo.token}`, 'content-type': 'application/json' },
	});
	expect(await broken.json()).toEqual({ error: 'invalid_request', error_description: 'The body is not valid JSON' });
});

it('accepts paths with and without a trailing slash', async () => {
	const finvis = await bench.finvis();
	for (const path of ['/accounts', '/accounts/', '/companies', '/companies/', '/payments/batches', '/payments/batches/']) {
		expect([path, (await finvis.get(path)).status]).toEqual([path, 200]);
	}
});

/**
 * Calls the operations and returns their ids. An operation without a handler answers any ID with its example. Throws unless every response is successful.
 */
async function callAll(
	caller: Caller,
	api: 'fondo' | 'finvis',
	bodies: Record<string, unknown>,
	idFor: (name: string, operationId: string) => string | undefined,
): Promise<string[]> {
	const contract = await loadContract(api, api === 'fondo' ? '/' : '/public');
	const operations = contract.operations().filter(({ operationId }) => !LEFT_OUT.includes(operationId ?? ''));
	const names: string[] = [];
	for (const { operationId = '', method, path } of operations) {
		const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => idFor(name, operationId) ?? randomUUID());
		const { status, text } = await caller.send(method.toUpperCase(), filled, {
			body: bodies[operationId],
			key: randomUUID(),
		});
		if (status >= 300) throw new Error(`${operationId} answered ${status}: ${text}`);
		names.push(operationId);
	}
	return names;
}
