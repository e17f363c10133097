import type { IDataObject } from 'n8n-workflow';
import { newState } from '../../nodes/shared/connectionState';
import { compose } from '../../nodes/shared/http/request';
import type { ApiRequest } from '../../nodes/shared/http/request';
import { finvisConnection } from '../../nodes/Finvis/connection';
import { finvisWrites } from '../../nodes/Finvis/writes';
import { memoryWith } from '../support/memory';
import { giveTimeBack, skipWaits } from '../support/time';

beforeEach(skipWaits);
afterEach(giveTimeBack);

const connection = finvisConnection({ environment: 'production', clientId: 'client-1', tenantMode: 'own', trailingSlash: 'contract' });

const batchFor = (payee: string, more: Partial<ApiRequest> = {}): ApiRequest => ({
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
	...more,
});

/** The marks that version 0.1.0 stored for the batch of Alfa AB. Changed marks hide another payee: these never change. */
const SENT = 'b9127bff-5d9e-8b11-aa99-7a8abe564bb8 sent';
const CONTENT = `${SENT} 89941f99dd73ee9050275764d4bbd0952901d2b6d4fa60c945e05c77fc1e3b7d`;

/** The batch as Finvis lists it: with the total, without the payees, and with the plain name of version 0.1.0. */
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
	const send = compose(finvisWrites(connection, memory, newState()))(async (call) => {
		if (call.route.startsWith('GET ')) return { status: 200, headers: {}, body: { count: batches.length, next: null, results: batches } };
		writes.push(call);
		return { status: 201, headers: {}, body: { id: 'b-1' } };
	});
	const result = await send(request).catch((error: unknown) => error);
	return { result, writes, stored: [...memory.stored] };
}

const USED = { message: "The reference 'INV-2026-0042' was already used for something else" };

describe('with the memory of version 0.1.0 the node', () => {
	test('finds the batch of the same payee by its plain name', async () => {
		const { result, writes } = await run(batchFor('Alfa AB'), [listed], SENT, CONTENT);
		expect(result).toMatchObject({ outcome: 'found', body: { id: 'b-1' }, receiptDetails: { madeHere: true } });
		expect(writes).toEqual([]);
	});

	test.each([
		['that Finvis shows', [listed]],
		['that Finvis does not show', []],
	])('refuses another payee under a reference %s', async (_, batches) => {
		const { result, writes } = await run(batchFor('Beta AB'), batches, SENT, CONTENT);
		expect(result).toMatchObject(USED);
		expect(writes).toEqual([]);
	});

	test('stops at a batch that Finvis does not show', async () => {
		const { result, writes } = await run(batchFor('Alfa AB'), [], SENT, CONTENT);
		expect(result).toMatchObject({ outcome: 'unknown', sentBefore: { name: 'INV-2026-0042' } });
		expect(writes).toEqual([]);
	});
});

test("without marks a batch of the same plain name is somebody else's, until the builder takes it", async () => {
	const refused = await run(batchFor('Alfa AB'), [listed]);
	expect(refused.result).toMatchObject({ message: "Somebody else made what is under 'INV-2026-0042'" });
	const taken = await run(batchFor('Alfa AB', { takeOver: true }), [listed]);
	expect(taken.result).toMatchObject({ outcome: 'found', receiptDetails: { madeHere: false } });
	expect([...refused.writes, ...taken.writes]).toEqual([]);
});
