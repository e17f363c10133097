import type { IDataObject } from 'n8n-workflow';
import { finvisConnection } from '../../nodes/Finvis/connection';
import { oncePerReference } from '../../nodes/Finvis/oncePerReference';
import type { ApiRequest } from '../../nodes/shared/http/request';
import { withKey } from '../../nodes/shared/writes/idempotencyKey';
import { memoryWith } from '../support/memory';

const connection = finvisConnection({ environment: 'production', clientId: 'client-1', tenantMode: 'own', trailingSlash: 'contract' });

const batchFor = (payee: string): ApiRequest => ({
	route: 'POST /payments/batches/',
	reference: 'INV-2026-0042',
	body: {
		name: 'Week 10 (INV-2026-0042)',
		account_id: 'acc-1',
		currency: 'SEK',
		payments: [{ creditor_name: payee, amount: '1250.00' }],
	},
	derivedFields: { total_amount: '1250.00', payment_count: 1 },
	lookup: { list: 'GET /payments/batches/' },
});

/** The marks that version 0.1.0 stored for the batch of Alfa AB. Changed marks hide another payee: these never change. */
const SENT = 'b9127bff-5d9e-8b11-aa99-7a8abe564bb8 sent';
const CONTENT = `${SENT} 89941f99dd73ee9050275764d4bbd0952901d2b6d4fa60c945e05c77fc1e3b7d`;

/** The batch as Finvis lists it: with the total, without the payees. */
const listed: IDataObject = {
	id: 'b-1',
	name: 'Week 10 (INV-2026-0042)',
	status: 'draft',
	account_id: 'acc-1',
	currency: 'SEK',
	total_amount: '1250.00',
	payment_count: 1,
};

/** Runs a batch against a Finvis that lists these batches; `writes` are the calls that changed something. */
async function run(request: ApiRequest, batches: IDataObject[], ...stored: string[]) {
	const writes: ApiRequest[] = [];
	const memory = memoryWith(...stored);
	const once = withKey(connection)(
		oncePerReference(memory)(async (call) => {
			if (call.route.startsWith('GET ')) return { status: 200, headers: {}, body: { count: batches.length, next: null, results: batches } };
			writes.push(call);
			return { status: 201, headers: {}, body: { id: 'b-1' } };
		}),
	);
	const result = await once(request).catch((error: unknown) => error);
	return { result, writes, stored: [...memory.stored] };
}

describe('with the memory of version 0.1.0 the node', () => {
	test('finds the batch of the same payee', async () => {
		const { result, writes } = await run(batchFor('Alfa AB'), [listed], SENT, CONTENT);
		expect(result).toMatchObject({ outcome: 'found', body: { id: 'b-1' } });
		expect(writes).toEqual([]);
	});

	test('refuses the same total for another payee', async () => {
		const { result, writes } = await run(batchFor('Beta AB'), [listed], SENT, CONTENT);
		expect(result).toMatchObject({
			message: "The reference 'INV-2026-0042' was already used for something else",
			description: expect.stringContaining('The total is the same, but a payee'),
		});
		expect(writes).toEqual([]);
	});
});

test('the node stores the marks of version 0.1.0 for a new batch', async () => {
	const { writes, stored } = await run(batchFor('Alfa AB'), []);
	expect(writes).toHaveLength(1);
	expect(stored).toEqual([SENT, CONTENT]);
});
