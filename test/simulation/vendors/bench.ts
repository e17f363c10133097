/** A vendor with a clock, and the calls that the tests of the positions make. */
import { finvisVendor, type FinvisVendor } from '../../../sandbox/vendors/model/finvis';
import { fondoVendor } from '../../../sandbox/vendors/model/fondo';
import { type Fields, fieldsOf, type Vendor, type VendorResponse } from '../../../sandbox/vendors/model/vendor';

export const START = Date.UTC(2026, 10, 2, 9);
export const CLIENT = '/v2/partner/client/0c7a2f0e-2b2f-4d0e-9c4b-6f2f5f0f9a01';
export const ACCOUNT = '49ad7378-121c-4a53-9894-dfd14a7b4877';

export const rowsOf = (body: unknown): Fields[] => {
	const { results, data, items } = fieldsOf(body);
	const rows = [body, results, data, items].find(Array.isArray);
	if (!rows) throw new TypeError(`There are no rows in ${JSON.stringify(body)}.`);
	return rows.map(fieldsOf);
};

class Calls<V extends Vendor> {
	now = START;

	constructor(readonly vendor: V) {}

	after(milliseconds: number): this {
		this.now += milliseconds;
		return this;
	}

	send(method: string, path: string, { query = {}, headers = {}, body }: Partial<Calls.Options> = {}): VendorResponse {
		return this.vendor.handle({ method, path, query, headers, body }, this.now);
	}

	get = (path: string, query: Record<string, string> = {}) => this.send('GET', path, { query });
	rows = (path: string, query: Record<string, string> = {}) => rowsOf(this.get(path, query).body);
	/** The operation of every effect, without its path. */
	effects = () => this.vendor.effects().map(({ operation }) => operation.split('/').at(-1) || 'batches');
}

declare namespace Calls {
	interface Options {
		query: Record<string, string>;
		headers: Record<string, string>;
		body: unknown;
	}
}

const FUND = { orderType: 'subscription', account: ACCOUNT, executorRef: '7001010003', instrument: 'SE0001862426SEK', amount: 1500 };

export class FondoCalls extends Calls<Vendor> {
	constructor(...positions: string[]) {
		super(fondoVendor({ positions, refuses: (_operation, { amount }) => (Number(amount) > 1e6 ? 'Too much' : undefined) }));
	}

	order = (clientRef: string, more: Fields = {}, query: Record<string, string> = {}) =>
		this.send('POST', `${CLIENT}/order`, { query, body: { ...FUND, clientRef, ...more } });

	check = (more: Fields = {}) => this.order('INV-1', more, { 'validate-only': 'true' });

	payOut = (clientRef: string) =>
		this.send('POST', `${CLIENT}/account/${ACCOUNT}/withdrawal`, { body: { clientRef, executorRef: '197001010003', amount: 500 } });

	instruct = (...references: string[]) =>
		this.send('POST', `${CLIENT}/instruction/payment`, {
			body: { type: 'autogiro', payments: references.map((clientRef, index) => ({ amount: 110 + index, account: ACCOUNT, clientRef })) },
		});

	cancel = (id: unknown) => this.send('DELETE', `${CLIENT}/order/${String(id)}`);
	orders = (query: Record<string, string> = {}) => this.rows(`${CLIENT}/order`, query);
	cash = (query: Record<string, string> = {}) => this.rows(`${CLIENT}/transaction/cash`, query);
	references = (query: Record<string, string> = {}) => this.orders(query).map(({ clientRef }) => clientRef);
	/** Makes orders INV-1 to INV-n, one a millisecond. */
	many(count: number): this {
		for (let number = 1; number <= count; number++) this.after(1).order(`INV-${number}`);
		return this;
	}
}

const PAYMENTS = [
	{ amount: '12500.00', currency: 'SEK', creditor_name: 'A AB', creditor_account: { type: 'iban', value: 'SE3550000000054910000003' } },
	{ amount: '0.50', currency: 'SEK', creditor_name: 'B AB', creditor_account: { type: 'bankgiro', value: '5050-1055' } },
];
const TENANT = { 'x-tenant-id': '6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e' };
export const KEY = '0b5f6d3a-7c1e-4f9b-8a2d-5e6f7a8b9c0d';

export class FinvisCalls extends Calls<FinvisVendor> {
	private keys = 0;

	constructor(...positions: string[]) {
		super(finvisVendor({ positions }));
	}

	post = (path: string, body?: unknown, key = `0b5f6d3a-7c1e-4f9b-8a2d-${String((this.keys += 1)).padStart(12, '0')}`) =>
		this.send('POST', path, { headers: { ...TENANT, 'idempotency-key': key }, body });

	batch = (name: string, more: Fields = {}, key?: string) =>
		this.post(
			'/payments/batches/',
			{ name, account_id: ACCOUNT, execution_date: '2026-11-30', currency: 'SEK', payments: PAYMENTS, ...more },
			key,
		);

	submit = (id: unknown, key?: string) => this.post(`/payments/batches/${String(id)}/submit`, undefined, key);
	approve = (id: unknown) => this.post(`/approvals/${String(id)}/approve`);
	list = (path: string, query: Record<string, string> = {}) => this.send('GET', path, { query, headers: TENANT });
	override rows = (path: string, query: Record<string, string> = {}) => rowsOf(this.list(path, query).body);
	batches = (query: Record<string, string> = {}) => this.rows('/payments/batches/', query);
	names = (query: Record<string, string> = {}) => this.batches(query).map(({ name }) => name);
	approvals = () => this.rows('/approvals/pending');

	/** Makes batches INV-1 to INV-n, one a millisecond. */
	many(count: number): this {
		for (let number = 1; number <= count; number++) this.after(1).batch(`INV-${number}`);
		return this;
	}

	/** Makes a batch, submits and approves it. Gives its ID. */
	executed(name: string): unknown {
		const { id } = fieldsOf(this.batch(name).body);
		this.submit(id);
		this.approve(this.approvals().at(-1)?.id);
		return id;
	}
}

export const idOf = ({ body }: VendorResponse) => fieldsOf(body).id;
