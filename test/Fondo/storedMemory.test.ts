import { newState } from '../../nodes/shared/connectionState';
import { compose } from '../../nodes/shared/http/request';
import type { ApiRequest, ApiResponse } from '../../nodes/shared/http/request';
import { fondoConnection } from '../../nodes/Fondo/connection';
import { fondoWrites } from '../../nodes/Fondo/writes';
import { memoryWith } from '../support/memory';
import { giveTimeBack, skipWaits } from '../support/time';

beforeEach(skipWaits);
afterEach(giveTimeBack);

const connection = fondoConnection({ environment: 'production', baseUrl: '', clientId: 'client-1', clientSecret: 's3cret' });

const payments = [
	{ account: 'a-1', amount: 110, clientRef: 'GIRO-2026-11+1' },
	{ account: 'a-2', amount: 90.5, clientRef: 'GIRO-2026-11+2' },
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

/** Runs an instruction at a Fondo that lists nothing; `sent` are the writes. */
async function run(request: ApiRequest, ...stored: string[]) {
	const sent: ApiRequest[] = [];
	const memory = memoryWith(...stored);
	const send = compose(fondoWrites(connection, memory, newState()))(async (call): Promise<ApiResponse> => {
		if (call.route.startsWith('GET ')) return { status: 200, headers: {}, body: [] };
		sent.push(call);
		return { status: 200, headers: {}, body: { id: 'made' } };
	});
	const result = await send(request).catch((error: unknown) => error);
	return { result, sent, memory };
}

describe('with the memory of version 0.1.0 the node', () => {
	test('stops at an instruction that was handed over, and says so', async () => {
		const { result, sent } = await run(instruction(), BEGUN, CONTENT, ...DONE);
		expect(result).toMatchObject({ outcome: 'unknown', sentBefore: { name: 'GIRO-2026-11', isDone: true } });
		expect(sent).toEqual([]);
	});

	test.each([
		['another amount', [payments[0], { ...payments[1], amount: 91 }]],
		['another account', [{ ...payments[0], account: 'a-3' }, payments[1]]],
		['one payment less', [payments[0]]],
	])('refuses the same reference with %s', async (_, changed) => {
		const { result, sent } = await run(instruction({ payments: changed }), BEGUN, CONTENT, ...DONE);
		expect(result).toMatchObject({ message: "The reference 'GIRO-2026-11' was already used for something else" });
		expect(sent).toEqual([]);
	});

	test.each([
		['the call never ended', [BEGUN, CONTENT]],
		['one of the two last marks is missing', [BEGUN, CONTENT, DONE[0]]],
	])('stops, and does not call it executed, when %s', async (_, stored) => {
		const { result, sent } = await run(instruction(), ...stored);
		expect(result).toMatchObject({ outcome: 'unknown', sentBefore: { isDone: false } });
		expect(sent).toEqual([]);
	});

	test('sends nothing when only the first mark is stored', async () => {
		const { sent } = await run(instruction(), BEGUN);
		expect(sent).toEqual([]);
	});
});

test('a new instruction is sent once, and its marks of this version stop it in another process', async () => {
	const first = await run(instruction());
	expect(first.sent).toHaveLength(1);
	const second = await run(instruction(), ...first.memory.stored);
	expect(second.result).toMatchObject({ outcome: 'unknown', sentBefore: { isDone: true } });
	expect(second.sent).toEqual([]);
});
