import type { IDataObject } from 'n8n-workflow';
import { batch, seeded, subscription, type Seeded } from '../../support/samples';
import { useBench } from '../../support/sandbox';
import { giveTimeBack, skipWaits } from '../../support/time';

const bench = useBench({ settings: { finvis: { rateLimit: null } } });
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
beforeEach(skipWaits);
afterEach(() => {
	giveTimeBack();
	bench.sandbox.admin.faults.clear();
});

const finvis = (credential?: IDataObject) => bench.finvis(credential, 'finvisOnN8n1');
const fondo = (credential?: IDataObject) => bench.fondo(credential, 'fondoOnN8n1');
const accounts = { resource: 'account', operation: 'getMany', parameters: { returnAll: true } };
const tokenCalls = () => bench.sandbox.admin.requests().filter(({ operationId }) => operationId === 'createToken').length;

describe('on an n8n 1.x', () => {
	test('a token that is refused is renewed for all calls that meet it, and so is the new one when it is refused', async () => {
		const engine = finvis();
		for (const round of [1, 2]) {
			await engine.run(accounts);
			bench.sandbox.admin.tokens.revoke('finvis');
			const before = tokenCalls();
			const { json, error } = await engine.run(
				accounts,
				Array.from({ length: 5 }, () => ({})),
			);
			expect([round, error?.message, json.length > 5, tokenCalls() - before > 0]).toEqual([round, undefined, true, true]);
		}
	});

	test('a token that stays refused is said to be', async () => {
		bench.sandbox.admin.faults.add({ kind: 'expired_token', match: { path: 'listAccounts' } });
		expect((await finvis().run(accounts)).error?.message).toBe('Finvis did not accept the access token');
	});

	test('a wrong secret gives the message of the credential', async () => {
		const { error } = await finvis({ clientSecret: 'wrong' }).run(accounts);
		expect(error?.message).toBe('Finvis did not accept the client ID or client secret. Enter them again in the credential.');
	});

	test('what the API says of a refusal is shown, and a time to come back is kept', async () => {
		bench.sandbox.admin.faults.add({ kind: 'rate_limit', retryAfter: 90, match: { path: 'listAccounts' } });
		const { error } = await finvis().run(accounts);
		expect([error?.message, error?.description]).toEqual(['Finvis asks to slow down', expect.stringContaining('Try again in 9')]);
	});

	test('a host that is not there was not reached', async () => {
		const engine = finvis();
		await engine.run(accounts);
		engine.credential = { ...engine.credential, baseUrl: 'http://127.0.0.1:9/public' };
		expect((await engine.run(accounts)).error?.message).toMatch(/could not be reached/);
	});

	test('answers that got lost move nothing twice', async () => {
		for (const path of ['createPaymentBatch', 'createOrder'])
			bench.sandbox.admin.faults.add({ kind: 'cut_after', match: { path, method: 'post' }, times: 1 });
		const paid = await finvis().run(batch(seed), [{ reference: 'one-1' }]);
		const ordered = await fondo().run(subscription(seed), [{ reference: 'one-2' }]);
		expect([paid.json, ordered.json]).toMatchObject([
			[{ receipt: { outcome: 'created', attempts: 1 } }],
			[{ receipt: { outcome: 'created' } }],
		]);
		expect(bench.sandbox.admin.faults.list().map(({ applied }) => applied)).toEqual([1, 1]);
	});
});
