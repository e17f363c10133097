import { useBench, type Bench } from '../../support/sandbox';
import { batch, byId, seeded, type Seeded } from '../../support/samples';
import { giveTimeBack, takeTimeOf } from '../../support/time';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
afterEach(giveTimeBack);

const statuses = ({ sandbox }: Bench, operationId: string) =>
	sandbox.admin
		.requests()
		.filter((request) => request.operationId === operationId && request.status !== 401)
		.map(({ status }) => status);

describe.each([
	['seconds', true],
	['epoch', false],
] as const)('with a reset in %s', (rateLimitReset, retryAfter) => {
	const own = useBench();
	let ownSeed: Seeded;
	// A sandbox of its own, because the node knows what it has sent to an address for as long as the process lives.
	beforeAll(async () => {
		ownSeed = await seeded(own);
	});
	beforeEach(() => {
		own.sandbox.admin.reset();
		own.sandbox.admin.settings.patch({ finvis: { rateLimit: { requests: 12, seconds: 30 }, rateLimitReset, retryAfter } });
		takeTimeOf(own.sandbox.admin);
	});

	test('100 reads stay under the limit', async () => {
		const items = Array.from({ length: 100 }, () => ({}));
		const { json, error } = await own
			.finvis()
			.run({ resource: 'account', operation: 'get', parameters: { account: byId(ownSeed.bankAccount) } }, items);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(100);
		expect(statuses(own, 'getAccount')).toEqual(Array.from({ length: 100 }, () => 200));
	});

	test('60 writes stay under the limit, each is made once', async () => {
		const items = Array.from({ length: 60 }, (_, index) => ({ reference: `limit-${index}` }));
		const { json, error } = await own.finvis().run(batch(ownSeed), items);
		expect(error).toBeUndefined();
		expect(json.map(({ receipt }) => (receipt as { outcome: string }).outcome)).toEqual(items.map(() => 'created'));
		expect(statuses(own, 'createPaymentBatch')).toEqual(items.map(() => 201));
	});
});

test('a limit that a neighbour has used up is waited out', async () => {
	bench.sandbox.admin.reset();
	bench.sandbox.admin.settings.patch({ finvis: { rateLimit: { requests: 12, seconds: 20 } } });
	const time = takeTimeOf(bench.sandbox.admin);
	const get = { resource: 'account', operation: 'get', parameters: { account: byId(seed.bankAccount) } };
	const items = Array.from({ length: 12 }, () => ({}));
	const runs = await Promise.all([bench.finvis().run(get, items), bench.finvis().run(get, items)]);
	for (const { json, error } of runs) {
		expect(error).toBeUndefined();
		expect(json).toHaveLength(12);
	}
	expect(time.waits.length).toBeGreaterThan(0);
});

// A sandbox of its own too: on a busy machine the node still knows the limit of the test before.
const fresh = useBench();
test('a limit whose reset exceeds the budget is an error with the seconds to wait', async () => {
	const other = await seeded(fresh);
	fresh.sandbox.admin.reset();
	fresh.sandbox.admin.settings.patch({ finvis: { rateLimit: { requests: 1, seconds: 600 } } });
	const time = takeTimeOf(fresh.sandbox.admin);
	const get = { resource: 'account', operation: 'get', parameters: { account: byId(other.bankAccount) } };
	const { error } = await fresh.finvis().run(get, [{}, {}]);
	expect(error).toMatchObject({ message: 'Finvis asks to slow down', httpCode: '429' });
	expect(error?.description).toMatch(/Try again in (59\d|60\d) seconds/);
	expect(time.waits).toEqual([]);
});
