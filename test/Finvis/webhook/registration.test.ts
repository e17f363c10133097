import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../nodes/shared/core/clock';
import { giveTimeBack, skipWaits } from '../../support/time';
import { startBench, type Bench } from '../../support/sandbox';
import { findSubscriptions } from '../../../nodes/Finvis/webhook/subscriptions';
import { signed, URL_OF, Workflow } from './workflows';

let bench: Bench;

const EVENTS = ['payment.status.updated', 'transaction.created'];
const scopes = ['admin:public_api', 'read:ledger', 'read:payments'];
const ofTrigger = (credential: IDataObject = {}) => bench.finvis({ scopes, ...credential }, 'finvisTrigger');
const workflow = (parameters: IDataObject = {}, settings = {}, base?: string) =>
	new Workflow(ofTrigger(), { events: EVENTS, ...parameters }, settings, base);

const finvis = async (operation: string, parameters: IDataObject = {}) =>
	(await bench.finvis({ scopes }).run({ resource: 'webhook', operation, parameters: parameters as never })).json;
const remote = async () => await finvis('getMany', { returnAll: true });
const addresses = async () => (await remote()).map(({ url }) => url);
const byHand = async (url: string, events = EVENTS) => {
	const [made] = await finvis('create', { url, events: events.join(), reference: `by hand ${Math.random()}` });
	return made;
};
const removeByHand = async (id: unknown) => await finvis('delete', { webhook: { __rl: true, mode: 'id', value: id } });
const secretOf = ({ staticData }: Workflow) => String((staticData.subscription as IDataObject).secret);
const isHeard = async (one: Workflow, secret: string) => (await one.deliver(signed(secret))).json !== undefined;

beforeAll(async () => {
	bench = await startBench();
});
beforeEach(() => bench.sandbox.admin.reset());
afterEach(giveTimeBack);
afterAll(async () => await bench.sandbox.stop());

const published: Workflow[] = [];
const publish = async (one: Workflow, activation?: 'activate' | 'update' | 'init') => {
	published.push(one);
	return await one.publish(activation);
};
afterEach(async () => {
	for (const one of published.splice(0)) await one.stop();
});

describe('publishing', () => {
	test('makes one webhook with the address and the events, and its secret verifies', async () => {
		const one = workflow();
		await publish(one);
		expect(await remote()).toEqual([expect.objectContaining({ url: URL_OF(), events: EVENTS, active: true })]);
		expect(await isHeard(one, secretOf(one))).toBe(true);
		expect((await one.deliver(signed(secretOf(one)))).json?.[0].delivery).toMatchObject({ verifiedWith: 'registration' });
	});

	test('again takes the webhook that is there', async () => {
		const one = workflow();
		await publish(one);
		const [before] = await remote();
		for (const activation of ['activate', 'update', 'init'] as const) await publish(one, activation);
		expect(await remote()).toEqual([before]);
	});

	test('at n8n start costs one call', async () => {
		const one = workflow();
		await publish(one);
		const before = bench.sandbox.admin.requests().length;
		await publish(one, 'init');
		expect(
			bench.sandbox.admin
				.requests()
				.slice(before)
				.map(({ method, path }) => `${method} ${path}`),
		).toEqual(['GET /public/webhooks/']);
	});

	test('finds its own beyond the first page', async () => {
		for (let number = 0; number < 3; number += 1) await byHand(`https://other.example/${number}`);
		const one = workflow();
		await publish(one);
		bench.sandbox.admin.settings.patch({ finvis: { maxPageSize: 2 } } as never);
		await publish(one, 'init');
		expect((await remote()).filter(({ url }) => url === URL_OF())).toHaveLength(1);
	});

	test.each<[string, () => Promise<Workflow>]>([
		[
			'whose secret is unknown',
			async () => {
				await byHand(URL_OF());
				return workflow();
			},
		],
		[
			'with other events',
			async () => {
				const before = workflow({ events: ['transaction.created'] });
				await publish(before);
				return workflow({}, { id: before.id, staticData: before.staticData });
			},
		],
		[
			'that is there twice',
			async () => {
				const one = workflow();
				await publish(one);
				await byHand(URL_OF());
				return one;
			},
		],
		[
			'of an address that n8n had before',
			async () => {
				const before = workflow({}, {}, 'http://127.0.0.1:8');
				await publish(before);
				return workflow({}, { id: before.id, staticData: before.staticData });
			},
		],
	])('repairs a webhook %s', async (_, prepare) => {
		const one = await prepare();
		await publish(one);
		expect(await remote()).toEqual([expect.objectContaining({ url: URL_OF(), events: EVENTS, active: true })]);
		expect(await isHeard(one, secretOf(one))).toBe(true);
	});

	test('leaves the webhooks of others alone', async () => {
		const other = await byHand('https://other.example/hook');
		const one = workflow();
		await publish(one);
		await one.unpublish();
		expect(await addresses()).toEqual([other.url]);
	});

	test('of a copy leaves the webhook of the original alone, and the copy has a secret of its own', async () => {
		const original = workflow();
		await publish(original);
		const copy = workflow({}, { staticData: original.staticData, webhookId: 'hook-2' });
		await publish(copy);
		expect(await addresses()).toEqual([URL_OF(), URL_OF('hook-2')]);
		expect(await isHeard(copy, secretOf(original))).toBe(false);
		await copy.unpublish();
		expect(await addresses()).toEqual([URL_OF()]);
		expect(await isHeard(original, secretOf(original))).toBe(true);
	});

	test.each([
		[
			'without the scope says so, and how to go on',
			{ scopes: ['read:ledger'] },
			{},
			/administer webhooks.*scope 'Administer Webhooks'.*'Manual'/,
		],
		['by hand without a secret says where it belongs', {}, { registration: 'manual' }, /signing secret.*missing.*'Webhook Signing Secret'/],
		['without an event says so', {}, { events: [] }, /'Trigger On' is empty/],
		['with other events, but none named', {}, { events: ['other'], otherEvents: ' , ' }, /'Other Events' is empty/],
	])('%s', async (_, credential, parameters, message) => {
		const one = new Workflow(ofTrigger(credential), { events: EVENTS, ...parameters });
		await expect(one.publish()).rejects.toThrow(message);
		expect(await remote()).toEqual([]);
	});

	test('where Finvis has no administration of webhooks says so, and how to go on', async () => {
		bench.sandbox.admin.faults.add({ match: { path: '/webhooks/' }, kind: 'status', status: 404 });
		await expect(workflow().publish()).rejects.toThrow(/no administration of webhooks.*'Manual'/);
	});

	test('fails aloud while Finvis is out of order, and leaves nothing behind', async () => {
		skipWaits();
		bench.sandbox.admin.faults.add({ match: { path: 'createWebhook' }, kind: 'status', status: 503 });
		await expect(workflow().publish()).rejects.toThrow();
		bench.sandbox.admin.faults.clear();
		expect(await remote()).toEqual([]);
	});

	test('whose answer gets lost leaves one webhook, and its secret is known', async () => {
		skipWaits();
		bench.sandbox.admin.faults.add({ match: { path: 'createWebhook' }, kind: 'cut_after', times: 1 });
		const one = workflow();
		await publish(one);
		expect(await remote()).toHaveLength(1);
		expect(await isHeard(one, secretOf(one))).toBe(true);
	});

	test('by hand registers nothing, and takes the secret of the credential', async () => {
		const one = new Workflow(ofTrigger({ webhookSecret: 'by_hand', scopes: ['read:ledger'] }), { registration: 'manual' });
		await publish(one);
		await one.unpublish();
		expect(await remote()).toEqual([]);
		expect(await isHeard(one, 'by_hand')).toBe(true);
	});

	test('takes the secret of the credential as well, for a rotation', async () => {
		const one = new Workflow(ofTrigger({ webhookSecret: 'rotated' }), { events: EVENTS });
		await publish(one);
		for (const secret of ['rotated', secretOf(one)]) expect(await isHeard(one, secret)).toBe(true);
		expect(await isHeard(one, 'another')).toBe(false);
	});
});

describe('unpublishing', () => {
	test('removes the webhook and its secret', async () => {
		const one = workflow();
		await publish(one);
		const secret = secretOf(one);
		await one.unpublish();
		expect(await remote()).toEqual([]);
		expect(one.staticData).toEqual({});
		expect(await isHeard(one, secret)).toBe(false);
	});

	test('removes it also when n8n has lost what it knew of it', async () => {
		const one = workflow();
		await publish(one);
		one.staticData = {};
		await one.unpublish();
		expect(await remote()).toEqual([]);
	});

	test('is done when the webhook is gone already', async () => {
		const one = workflow();
		await publish(one);
		await removeByHand((await remote())[0].id);
		await one.unpublish();
	});

	test('that fails says so, and works when it is tried again', async () => {
		skipWaits();
		const one = workflow();
		await publish(one);
		bench.sandbox.admin.faults.add({ match: { path: 'deleteWebhook' }, kind: 'status', status: 500, times: 4 });
		await expect(one.unpublish()).rejects.toThrow();
		bench.sandbox.admin.faults.clear();
		await one.unpublish();
		expect(await remote()).toEqual([]);
	});
});

describe('listening in the editor', () => {
	const test_url = `${URL_OF().replace('/webhook/', '/webhook-test/')}`;

	test('has a webhook of its own meanwhile, and leaves nothing behind', async () => {
		const one = workflow();
		await publish(one);
		const [before] = await remote();
		await one.test(async () => {
			expect(await addresses()).toEqual([URL_OF(), test_url]);
		});
		expect(await remote()).toEqual([before]);
		expect(await isHeard(one, secretOf(one))).toBe(true);
	});

	test('removes what an earlier listening has left', async () => {
		await byHand(test_url);
		await workflow().test(async () => expect(await addresses()).toEqual([test_url]));
		expect(await remote()).toEqual([]);
	});

	test('ends also when Finvis does not remove its webhook, or no node of this n8n could listen any more', async () => {
		skipWaits();
		const one = workflow();
		await one.test(async () => {
			bench.sandbox.admin.faults.add({ match: { path: 'deleteWebhook' }, kind: 'status', status: 500, times: 4 });
		});
		expect(await addresses()).toEqual([test_url]);
	});

	test.each([
		['the scope lacks', { scopes: ['read:ledger'] }, 'administer webhooks'],
		['the credential is refused', { clientSecret: 'wrong' }, 'did not accept the client ID or client secret'],
	])('says why it cannot begin when %s', async (_, credential, reason) => {
		await expect(new Workflow(ofTrigger(credential), { events: EVENTS }).test(async () => undefined)).rejects.toThrow(reason);
	});
});

describe('n8n start', () => {
	test.each([
		['Finvis is out of order', { match: { api: 'finvis' as const }, kind: 'status' as const, status: 503 }],
		['Finvis is out of reach', { match: { api: 'finvis' as const }, kind: 'cut_before' as const }],
		['the scope was taken away', { match: { path: 'listWebhooks' }, kind: 'status' as const, status: 403 }],
	])('throws nothing while %s, and events are heard', async (_, fault) => {
		skipWaits();
		const one = workflow();
		await publish(one);
		await one.stop();
		bench.sandbox.admin.faults.add(fault);
		clock.sleep = async (ms, signal) => (ms >= 60_000 ? await never(signal) : undefined);
		await publish(one, 'init');
		expect(await isHeard(one, secretOf(one))).toBe(true);
	});

	test('makes a webhook that is gone anew', async () => {
		const one = workflow();
		await publish(one);
		await one.stop();
		await removeByHand((await remote())[0].id);
		const before = secretOf(one);
		await publish(one, 'init');
		expect(await addresses()).toEqual([URL_OF()]);
		expect(secretOf(one)).not.toBe(before);
		expect(await isHeard(one, secretOf(one))).toBe(true);
	});
});

const never = async (signal?: AbortSignal) =>
	await new Promise<undefined>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped'))));

describe('while a workflow is on', () => {
	/** The waits of the watch, in the hands of the test. */
	function holdWaits() {
		const passes: Array<() => void> = [];
		const waits: number[] = [];
		clock.sleep = async (ms, signal) => {
			waits.push(ms);
			await new Promise<void>((resolve, reject) => {
				passes.push(resolve);
				signal?.addEventListener('abort', () => reject(new Error('stopped')));
			});
		};
		const reached = async (count: number) => {
			while (waits.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
		};
		return {
			waits,
			/** The wait ends. */
			end: () => passes.at(-1)?.(),
			/** The wait ends, and what follows is done. */
			pass: async () => {
				const count = waits.length;
				passes.at(-1)?.();
				await reached(count + 1);
			},
		};
	}

	test('a webhook that vanished is made anew, its events are heard, and the user learns what may be missing', async () => {
		const time = holdWaits();
		const one = workflow();
		const { failed } = await publish(one);
		await time.pass();
		expect(failed).toEqual([]);
		await removeByHand((await remote())[0].id);
		await time.pass();
		const [made] = await remote();
		expect(made).toMatchObject({ url: URL_OF(), events: EVENTS });
		expect(failed).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/no longer had the webhook/),
				description: expect.stringMatching(/Events from 2\d{3}-.* to .* may not have started the workflow/),
			}),
		]);
		await time.pass();
		expect(await remote()).toEqual([made]);
		expect(failed).toHaveLength(1);
		expect(time.waits).toEqual([900_000, 900_000, 900_000, 900_000]);

		// Listening in the editor does not end the watch.
		await one.test(async () => undefined);
		await removeByHand((await remote())[0].id);
		await time.pass();
		expect(await addresses()).toEqual([URL_OF()]);
		await one.unpublish();
		expect(await remote()).toEqual([]);
	});

	test('a webhook that was gone when n8n started is told of, once', async () => {
		const time = holdWaits();
		const one = workflow();
		await publish(one);
		await one.stop();
		await removeByHand((await remote())[0].id);
		const { failed } = await publish(one, 'init');
		await time.pass();
		await time.pass();
		expect(failed).toEqual([expect.objectContaining({ description: expect.stringMatching(/Events from the time when n8n was off to 2/) })]);
	});

	test('a secret that n8n has not saved is heard in this process, and replaced at the next start', async () => {
		const time = holdWaits();
		const one = workflow();
		const watching = await publish(one);
		await removeByHand((await remote())[0].id);
		await time.pass();
		const secret = String((watching.staticData.subscription as IDataObject).secret);
		expect(secret).not.toBe(secretOf(one));
		expect(await isHeard(one, secret)).toBe(true);
		await one.stop();
		await publish(one, 'init');
		expect(await addresses()).toEqual([URL_OF()]);
		expect(await isHeard(one, secretOf(one))).toBe(true);
	});

	test('what could not be registered when n8n started is registered as soon as Finvis is back', async () => {
		const time = holdWaits();
		const one = workflow();
		bench.sandbox.admin.faults.add({ match: { path: 'listWebhooks' }, kind: 'status', status: 403 });
		await publish(one, 'init');
		bench.sandbox.admin.faults.clear();
		expect(await addresses()).toEqual([]);
		await time.pass();
		expect(await addresses()).toEqual([URL_OF()]);
	});

	test('an outage of Finvis changes nothing, and is looked at again each minute', async () => {
		const time = holdWaits();
		const one = workflow();
		const { failed } = await publish(one);
		const before = await remote();
		bench.sandbox.admin.faults.add({ match: { path: 'listWebhooks' }, kind: 'status', status: 400 });
		await time.pass();
		await time.pass();
		bench.sandbox.admin.faults.clear();
		await time.pass();
		expect(time.waits).toEqual([900_000, 60_000, 60_000, 900_000]);
		expect(failed).toEqual([]);
		expect(await remote()).toEqual(before);
	});

	test('the first look after n8n start comes soon', async () => {
		const time = holdWaits();
		const one = workflow();
		await publish(one);
		await one.stop();
		await publish(one, 'init');
		expect(time.waits).toEqual([900_000, 60_000]);
	});

	test('unpublishing ends the watch, also in the middle of a look: nothing is made afterwards', async () => {
		const time = holdWaits();
		const one = workflow();
		await publish(one);
		await removeByHand((await remote())[0].id);
		bench.sandbox.admin.faults.add({ match: { path: 'listWebhooks' }, kind: 'latency', delayMs: 50 });
		time.end();
		await one.unpublish();
		// Longer than the look takes.
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await remote()).toEqual([]);
	});
});

describe('in a list that is not as the contract assumes', () => {
	const kept = { id: 'w1', url: URL_OF(), secret: 'whsec_true', owner: 'wf-1 node-1' };
	const found = async (row: IDataObject) =>
		await findSubscriptions(async () => ({ status: 200, headers: {}, body: { count: 1, next: null, results: [row] } }), {
			url: URL_OF(),
			events: EVENTS,
			kept,
		});
	const row = { id: 'w1', url: URL_OF(), events: EVENTS, active: true };

	test.each<[string, IDataObject]>([
		['a masked secret', { ...row, secret: 'whsec_****' }],
		['no events', { ...row, events: undefined }],
		['events as objects', { ...row, events: EVENTS.map((name) => ({ name })) }],
		['no address', { ...row, url: undefined }],
	])('our subscription with %s is left as it is', async (_, ours) => {
		expect((await found(ours)).right).toEqual(ours);
	});

	test('one of our address that we did not make is not trusted, whatever secret it shows', async () => {
		expect(await found({ ...row, id: 'other', secret: 'whsec_guessable' })).toEqual({ right: undefined, wrong: ['other'] });
	});
});
