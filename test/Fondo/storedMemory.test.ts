import { fondoConnection } from '../../nodes/Fondo/connection';
import { handOverOnce } from '../../nodes/Fondo/handOverOnce';
import type { ApiRequest } from '../../nodes/shared/http/request';
import { memoryWith } from '../support/memory';

const connection = fondoConnection({ environment: 'production', baseUrl: '', clientId: 'client-1', clientSecret: 's3cret' });

const payments = [
	{ account: 'a-1', amount: 110, clientRef: 'GIRO-2026-11-1' },
	{ account: 'a-2', amount: 90.5, clientRef: 'GIRO-2026-11-2' },
];
const instruction = (changed: ApiRequest['body'] = {}): ApiRequest => ({
	route: 'POST /v2/partner/client/{client_id}/instruction/payment',
	path: { client_id: 'c-1' },
	reference: 'GIRO-2026-11',
	body: { type: 'autogiro', payments, ...changed },
	lookup: { list: 'GET /v2/partner/client/{client_id}/transaction/cash', filter: { transactionType: 'deposit' }, eventual: true },
});

/** The marks that version 0.1.0 stored for this instruction. Changed marks make n8n send an old instruction again: these never change. */
const BEGUN = 'd2e6a96a-86ca-8d21-a053-f18b3eddcc19';
const CONTENT = 'd2e6a96a-86ca-8d21-a053-f18b3eddcc19 2b5a855a9b80156598503df8d721e37a2d15d0b18c641dcdd62da6285e2d5008';
const DONE = ['d2e6a96a-86ca-8d21-a053-f18b3eddcc19 done', 'd2e6a96a-86ca-8d21-a053-f18b3eddcc19 done indeed'];

const next = jest.fn(async () => ({ status: 200, headers: {}, body: { id: 'made' } }));
const run = async (stored: string[], request: ApiRequest) => await handOverOnce(connection, memoryWith(...stored))(next)(request);

beforeEach(() => next.mockClear());

describe('with the memory of version 0.1.0 the node', () => {
	afterEach(() => expect(next).not.toHaveBeenCalled());

	test('finds an instruction that was handed over', async () => {
		expect(await run([BEGUN, CONTENT, ...DONE], instruction())).toMatchObject({ status: 200, outcome: 'found' });
	});

	test.each([
		['another amount', [payments[0], { ...payments[1], amount: 91 }]],
		['another account', [{ ...payments[0], account: 'a-3' }, payments[1]]],
		['one payment less', [payments[0]]],
	])('refuses the same reference with %s', async (_, changed) => {
		await expect(run([BEGUN, CONTENT, ...DONE], instruction({ payments: changed }))).rejects.toThrow(
			"The reference 'GIRO-2026-11' was already handed over with other payments",
		);
	});

	test.each([
		['only the first mark is stored', [BEGUN]],
		['the call never ended', [BEGUN, CONTENT]],
		['one of the two last marks is missing', [BEGUN, CONTENT, DONE[0]]],
	])('reports an unknown outcome when %s', async (_, stored) => {
		expect(await run(stored, instruction())).toMatchObject({ status: 0, outcome: 'unknown' });
	});
});

test('the node stores the marks of version 0.1.0 and sends a new instruction once', async () => {
	const memory = memoryWith();
	const handOver = handOverOnce(connection, memory)(next);
	expect(await handOver(instruction())).toMatchObject({ status: 200, body: { id: 'made' } });
	expect([...memory.stored]).toEqual([BEGUN, CONTENT, ...DONE]);
	expect(await handOver(instruction())).toMatchObject({ outcome: 'found' });
	expect(next).toHaveBeenCalledTimes(1);
});
