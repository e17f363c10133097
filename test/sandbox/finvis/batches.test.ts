import { FINVIS_APPROVER } from '../../../sandbox';
import { batchFrom, payment, today } from '../batch';
import { Bench, type Caller } from '../caller';

let bench: Bench;
let finvis: Caller;
let account: any;
beforeAll(async () => {
	bench = await Bench.open();
});
beforeEach(async () => {
	bench.admin.reset();
	finvis = await bench.finvis();
	account = (await finvis.get('/accounts/')).json.results[0];
});
afterEach(() => expect(bench.admin.violations()).toEqual([]));
afterAll(() => bench.stop());

const batch = (fields = {}) => batchFrom(account.id, fields);
const create = async (fields = {}, key = 'key-create') => (await finvis.post('/payments/batches/', batch(fields), key)).json;
const find = async (id: string) => (await finvis.get('/payments/batches/?page_size=200')).json.results.find((one: any) => one.id === id);

async function approve(id: string, by = finvis) {
	await finvis.post(`/payments/batches/${id}/submit`, undefined, `submit-${id}`);
	const approval = (await finvis.get('/approvals/pending')).json.results.find((one: any) => one.object_id === id);
	return by.post(`/approvals/${approval.id}/approve`, undefined, `approve-${id}`);
}

it('a batch moves money after creation, submission, approval and time', async () => {
	const draft = await create();
	expect(draft).toMatchObject({
		status: 'draft',
		total_amount: '100.30',
		payment_count: 2,
		currency: 'SEK',
		company_id: account.company_id,
	});
	const submitted = await finvis.post(`/payments/batches/${draft.id}/submit`, undefined, 'key-submit');
	expect([submitted.status, submitted.json.status]).toEqual([200, 'pending_approval']);
	const [approval] = (await finvis.get('/approvals/pending')).json.results.filter((one: any) => one.object_id === draft.id);
	expect(approval).toMatchObject({
		status: 'pending',
		object_type: 'payment_batch',
		amount: '100.30',
		requested_by: 'finvis-demo',
	});
	const approver = await bench.finvis(FINVIS_APPROVER);
	const approved = await approver.post(`/approvals/${approval.id}/approve`, { comment: 'Granskad' }, 'key-approve');
	expect(approved.json.status).toBe('approved');
	expect((await find(draft.id)).status).toBe('approved');
	expect(bench.admin.ledger()).toEqual([]);
	bench.admin.clock.advance(61);
	expect((await find(draft.id)).status).toBe('processing');
	bench.admin.clock.advance(61);
	expect((await find(draft.id)).status).toBe('executed');
	expect(bench.admin.ledger('E2E-1')).toEqual([
		{
			seq: 1,
			time: expect.any(String),
			api: 'finvis',
			kind: 'payment',
			reference: 'E2E-1',
			objectId: expect.any(String),
			batchId: draft.id,
			idempotencyKey: 'key-create',
			amount: '100.10',
			currency: 'SEK',
			account: account.id,
			counterparty: 'SE3550000000054910000003',
		},
	]);
	expect(bench.admin.ledger()).toHaveLength(2);
	const after = (await finvis.get(`/accounts/${account.id}`)).json;
	expect(Number(after.booked_balance)).toBeCloseTo(Number(account.booked_balance) - 100.3, 2);
	const { count, results } = (await finvis.get(`/transactions?account_id=${account.id}&date_from=${today()}`)).json;
	expect([count, results[0].amount, results[1].amount]).toEqual([2, '-100.10', '-0.20']);
});

it('a payment to an account of the tenant arrives there', async () => {
	const other = (await finvis.get('/accounts/')).json.results[1];
	const { id } = await create({ payments: [payment({ creditor_account: { type: 'iban', value: other.iban } })] });
	await approve(id);
	bench.admin.clock.advance(200);
	expect(Number((await finvis.get(`/accounts/${other.id}`)).json.booked_balance)).toBeCloseTo(Number(other.booked_balance) + 100.1, 2);
	expect(bench.admin.ledger()).toHaveLength(1);
});

it('a batch waits for its execution date, and fails without cover', async () => {
	const date = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
	const later = await create({ execution_date: date });
	const uncovered = await create({ payments: [payment({ amount: '99999999999.99' })] }, 'key-uncovered');
	await approve(later.id);
	await approve(uncovered.id);
	bench.admin.clock.advance(200);
	expect([(await find(later.id)).status, (await find(uncovered.id)).status]).toEqual(['approved', 'failed']);
	expect(bench.admin.ledger()).toEqual([]);
	bench.admin.clock.advance(3 * 86_400);
	finvis = await bench.finvis();
	expect((await find(later.id)).status).toBe('executed');
});

it('the setting four eyes requires another person', async () => {
	bench.admin.settings.patch({ finvis: { fourEyes: true } });
	const { id } = await create();
	expect((await approve(id)).status).toBe(403);
	expect((await approve(id, await bench.finvis(FINVIS_APPROVER))).status).toBe(200);
});

it('a batch cannot be submitted or approved twice with another key', async () => {
	const { id } = await create();
	const first = await approve(id);
	const approvalId = first.json.id;
	const submitted = await finvis.post(`/payments/batches/${id}/submit`, undefined, 'another');
	const approved = await finvis.post(`/approvals/${approvalId}/approve`, undefined, 'another-one');
	expect([submitted.status, submitted.json.code, approved.status, approved.json.code]).toEqual([409, 'conflict', 409, 'conflict']);
});

it.each([
	['no account', { account_id: undefined }, /account_id is missing/],
	['an unknown account', { account_id: 'x' }, /there is no account x/],
	['a past date', { execution_date: '2020-01-01' }, /execution_date must not be in the past/],
	['no payments', { payments: [] }, /at least one payment/],
	['a zero amount', { payments: [payment({ amount: '0.00' })] }, /payments\.0\.amount must be greater than 0/],
	['a negative amount', { payments: [payment({ amount: '-1' })] }, /payments\.0\.amount must be greater than 0/],
	['a wrong currency', { currency: 'USD' }, /differs from the account's SEK/],
	['no creditor', { payments: [{ amount: '1' }] }, /body\.payments\.0 must have required property 'creditor_name'/],
])('refuses %s', async (_name, fields, message) => {
	const { status, json } = await finvis.post('/payments/batches/', batch(fields), 'k');
	expect([status, json.code]).toEqual([400, 'invalid']);
	expect(json.detail).toMatch(message);
});
