import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../nodes/shared/core/clock';
import { giveTimeBack, skipWaits } from '../../support/time';
import { useBench } from '../../support/sandbox';
import { findSubscriptions } from '../../../nodes/Finvis/webhook/subscriptions';
import { signed, URL_OF, Workflow } from './workflows';

const bench = useBench();

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
const secretOf = (one: Workflow) => one.secretIn(one.staticData);
const accepts = async (one: Workflow, secret: string) => (await one.deliver(signed(secret))).json !== undefined;

beforeEach(() => bench.sandbox.admin.reset());
afterEach(giveTimeBack);

const published: Workflow[] = [];
const publish = async (one: Workflow, activation?: 'activate' | 'update' | 'init') => {
	published.push(one);
	return await one.publish(activation);
};
afterEach(async () => {
	for (const one of published.splice(0)) await one.stop();
});

describe('publishing', () => {
	test('creates one webhook with the address and the events, and its secret verifies', async () => {
		const one = workflow();
		await publish(one);
		expect(await remote()).toEqual([expect.objectContaining({ url: URL_OF(), events: EVENTS, active: true })]);
		expect(await accepts(one, secretOf(one))).toBe(true);
		expect((await one.deliver(signed(secretOf(one)))).json?.[0].delivery).toMatchObject({ verifiedWith: 'registration' });
	});

	test('again keeps the existing webhook', async () => {
		const one = workflow();
		await publish(one);
		const [before] = await remote();
		for (const activation of ['activate', 'update', 'init'] as const) await publish(one, activation);
		expect(await remote()).toEqual([before]);
	});

	test('at n8n start makes one call', async () => {
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

	test('finds its own webhook beyond the first page', async () => {
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
			'that exists twice',
			async () => {
				const one = workflow();
				await publish(one);
				await byHand(URL_OF());
				return one;
			},
		],
	])('repairs a webhook %s', async (_, prepare) => {
		const one = await prepare();
		await publish(one);
		expect(await remote()).toEqual([expect.objectContaining({ url: URL_OF(), events: EVENTS, active: true })]);
		expect(await accepts(one, secretOf(one))).toBe(true);
	});

	test('does not touch webhooks at other addresses', async () => {
		const other = await byHand('https://other.example/hook');
		const one = workflow();
		await publish(one);
		await one.unpublish();
		expect(await addresses()).toEqual([other.url]);
	});

	test('a copy does not touch the webhook of the original, and the copy has its own secret', async () => {
		const original = workflow();
		await publish(original);
		const copy = workflow({}, { staticData: original.staticData, webhookId: 'hook-2' });
		await publish(copy);
		expect(await addresses()).toEqual([URL_OF(), URL_OF('hook-2')]);
		expect(await accepts(copy, secretOf(original))).toBe(false);
		await copy.unpublish();
		expect(await addresses()).toEqual([URL_OF()]);
		expect(await accepts(original, secretOf(original))).toBe(true);
	});

	test.each([
		[
			'without the scope fails with a message that says what to do',
			{ scopes: ['read:ledger'] },
			{},
			/administer webhooks.*scope 'Administer Webhooks'.*'Manual'/,
		],
		[
			'with manual registration and without a secret says where to put the secret',
			{},
			{ registration: 'manual' },
			/signing secret.*missing.*'Webhook Signing Secret'/,
		],
		[
			'with a secret that is too short says so',
			{ webhookSecret: 'whsec_long_enough_012, (old one)' },
			{},
			/A part of 'Webhook Signing Secret' in the credential has fewer than 16 characters/,
		],
		[
			'with manual registration and a secret that is too short says so',
			{ webhookSecret: 'fifteen_letters' },
			{ registration: 'manual' },
			/fewer than 16 characters/,
		],
		['without an event says so', {}, { events: [] }, /'Trigger On' is empty/],
		['with other events, but without a name, says so', {}, { events: ['other'], otherEvents: ' , ' }, /'Other Events' is empty/],
	])('%s', async (_, credential, parameters, message) => {
		const one = new Workflow(ofTrigger(credential), { events: EVENTS, ...parameters });
		await expect(one.publish()).rejects.toThrow(message);
		expect(await remote()).toEqual([]);
	});

	test('without administration of webhooks at Finvis fails with a message that says what to do', async () => {
		bench.sandbox.admin.faults.add({ match: { path: '/webhooks/' }, kind: 'status', status: 404 });
		await expect(workflow().publish()).rejects.toThrow(/no administration of webhooks.*'Manual'/);
	});

	test('throws during an outage of Finvis, and leaves no webhook behind', async () => {
		skipWaits();
		bench.sandbox.admin.faults.add({ match: { path: 'createWebhook' }, kind: 'status', status: 503 });
		await expect(workflow().publish()).rejects.toThrow();
		bench.sandbox.admin.faults.clear();
		expect(await remote()).toEqual([]);
	});

	test('with a lost answer leaves one webhook, and its secret is known', async () => {
		skipWaits();
		bench.sandbox.admin.faults.add({ match: { path: 'createWebhook' }, kind: 'cut_after', times: 1 });
		const one = workflow();
		await publish(one);
		expect(await remote()).toHaveLength(1);
		expect(await accepts(one, secretOf(one))).toBe(true);
	});

	test('with manual registration registers nothing, and uses the secret of the credential', async () => {
		const one = new Workflow(ofTrigger({ webhookSecret: 'by_hand_0123456789', scopes: ['read:ledger'] }), { registration: 'manual' });
		await publish(one);
		await one.unpublish();
		expect(await remote()).toEqual([]);
		expect(await accepts(one, 'by_hand_0123456789')).toBe(true);
	});

	test('also accepts the secret of the credential, for a rotation', async () => {
		const one = new Workflow(ofTrigger({ webhookSecret: 'rotated_0123456789' }), { events: EVENTS });
		await publish(one);
		for (const secret of ['rotated_0123456789', secretOf(one)]) expect(await accepts(one, secret)).toBe(true);
		expect(await accepts(one, 'another')).toBe(false);
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
		expect(await accepts(one, secret)).toBe(false);
	});

	test('removes it also when n8n has lost the static data', async () => {
		const one = workflow();
		await publish(one);
		one.staticData = {};
		await one.unpublish();
		expect(await remote()).toEqual([]);
	});

	test('succeeds when Finvis no longer has the webhook', async () => {
		const one = workflow();
		await publish(one);
		await removeByHand((await remote())[0].id);
		await one.unpublish();
	});

	test('throws when Finvis fails, and succeeds at the next try', async () => {
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

	test('uses its own webhook, and leaves nothing behind', async () => {
		const one = workflow();
		await publish(one);
		const [before] = await remote();
		await one.test(async () => {
			expect(await addresses()).toEqual([URL_OF(), test_url]);
		});
		expect(await remote()).toEqual([before]);
		expect(await accepts(one, secretOf(one))).toBe(true);
	});

	test('removes the webhook that an earlier session left behind', async () => {
		await byHand(test_url);
		await workflow().test(async () => expect(await addresses()).toEqual([test_url]));
		expect(await remote()).toEqual([]);
	});

	test('ends also when Finvis does not remove its webhook, because otherwise no node of this n8n could listen any more', async () => {
		skipWaits();
		const one = workflow();
		await one.test(async () => {
			bench.sandbox.admin.faults.add({ match: { path: 'deleteWebhook' }, kind: 'status', status: 500, times: 4 });
		});
		expect(await addresses()).toEqual([test_url]);
	});

	test.each([
		['the scope is missing', { scopes: ['read:ledger'] }, 'administer webhooks'],
		['the credential is refused', { clientSecret: 'wrong' }, 'did not accept the client ID or client secret'],
	])('says why it cannot start when %s', async (_, credential, reason) => {
		await expect(new Workflow(ofTrigger(credential), { events: EVENTS }).test(async () => undefined)).rejects.toThrow(reason);
	});
});

describe('n8n start', () => {
	test.each([
		['Finvis has an outage', { match: { api: 'finvis' as const }, kind: 'status' as const, status: 503 }],
		['Finvis cannot be reached', { match: { api: 'finvis' as const }, kind: 'cut_before' as const }],
		['the scope was revoked', { match: { path: 'listWebhooks' }, kind: 'status' as const, status: 403 }],
	])('does not throw while %s, and accepts events', async (_, fault) => {
		skipWaits();
		const one = workflow();
		await publish(one);
		await one.stop();
		bench.sandbox.admin.faults.add(fault);
		clock.sleep = async (ms, signal) => (ms >= 60_000 ? await never(signal) : undefined);
		await publish(one, 'init');
		expect(await accepts(one, secretOf(one))).toBe(true);
	});

	test('creates a missing webhook again', async () => {
		const one = workflow();
		await publish(one);
		await one.stop();
		await removeByHand((await remote())[0].id);
		const before = secretOf(one);
		await publish(one, 'init');
		expect(await addresses()).toEqual([URL_OF()]);
		expect(secretOf(one)).not.toBe(before);
		expect(await accepts(one, secretOf(one))).toBe(true);
	});
});

const never = async (signal?: AbortSignal) =>
	await new Promise<undefined>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped'))));

describe('the monitor of a published workflow', () => {
	/** Lets the test end each wait of the monitor. */
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
			/** Ends the current wait. */
			end: () => passes.at(-1)?.(),
			/** Ends the current wait, and resolves when the monitor waits again. */
			pass: async () => {
				const count = waits.length;
				passes.at(-1)?.();
				await reached(count + 1);
			},
		};
	}

	test('creates a vanished webhook again, accepts its events, and reports the period in which events may be missing', async () => {
		const time = holdWaits();
		const one = workflow();
		const { failed } = await publish(one);
		await time.pass();
		expect(failed).toEqual([]);
		await removeByHand((await remote())[0].id);
		await time.pass();
		const [created] = await remote();
		expect(created).toMatchObject({ url: URL_OF(), events: EVENTS });
		expect(failed).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/no longer had a valid webhook/),
				description: expect.stringMatching(/Events from 2\d{3}-.* to .* may not have started the workflow/),
			}),
		]);
		await time.pass();
		expect(await remote()).toEqual([created]);
		expect(failed).toHaveLength(1);
		expect(time.waits).toEqual([900_000, 900_000, 900_000, 900_000]);

		// Listening in the editor does not end the monitor.
		await one.test(async () => undefined);
		await removeByHand((await remote())[0].id);
		await time.pass();
		expect(await addresses()).toEqual([URL_OF()]);
		await one.unpublish();
		expect(await remote()).toEqual([]);
	});

	test('reports once that the webhook was missing when n8n started', async () => {
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

	test('accepts a secret that n8n has not saved in this process, and replaces it at the next start', async () => {
		const time = holdWaits();
		const one = workflow();
		const running = await publish(one);
		await removeByHand((await remote())[0].id);
		await time.pass();
		const secret = one.secretIn(running.staticData);
		expect(secret).not.toBe(secretOf(one));
		expect(await accepts(one, secret)).toBe(true);
		await one.stop();
		await publish(one, 'init');
		expect(await addresses()).toEqual([URL_OF()]);
		expect(await accepts(one, secretOf(one))).toBe(true);
	});

	test('registers after an outage of Finvis at n8n start', async () => {
		const time = holdWaits();
		const one = workflow();
		bench.sandbox.admin.faults.add({ match: { path: 'listWebhooks' }, kind: 'status', status: 403 });
		await publish(one, 'init');
		bench.sandbox.admin.faults.clear();
		expect(await addresses()).toEqual([]);
		await time.pass();
		expect(await addresses()).toEqual([URL_OF()]);
	});

	test('changes nothing during an outage of Finvis, and checks again each minute', async () => {
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

	test('makes its first check one minute after n8n start', async () => {
		const time = holdWaits();
		const one = workflow();
		await publish(one);
		await one.stop();
		await publish(one, 'init');
		expect(time.waits).toEqual([900_000, 60_000]);
	});

	test('ends when the workflow is unpublished, also during a check, and creates nothing afterwards', async () => {
		const time = holdWaits();
		const one = workflow();
		await publish(one);
		await removeByHand((await remote())[0].id);
		bench.sandbox.admin.faults.add({ match: { path: 'listWebhooks' }, kind: 'latency', delayMs: 50 });
		time.end();
		await one.unpublish();
		// Longer than the check takes.
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await remote()).toEqual([]);
	});
});

describe('in a list that differs from the contract', () => {
	const stored = { id: 'w1', url: URL_OF(), sealed: 'whsec_true', owner: 'wf-1 node-1' };
	const found = async (row: IDataObject) =>
		await findSubscriptions(async () => ({ status: 200, headers: {}, body: { count: 1, next: null, results: [row] } }), {
			url: URL_OF(),
			events: EVENTS,
			stored,
		});
	const row = { id: 'w1', url: URL_OF(), events: EVENTS, active: true };

	test.each<[string, IDataObject]>([
		['a masked secret', { ...row, secret: 'whsec_****' }],
		['no events', { ...row, events: undefined }],
		['events as objects', { ...row, events: EVENTS.map((name) => ({ name })) }],
		['no address', { ...row, url: undefined }],
	])('our subscription with %s is valid', async (_, ours) => {
		expect((await found(ours)).valid).toEqual(ours);
	});

	test('a foreign subscription at our address is stale, whatever secret it shows', async () => {
		expect(await found({ ...row, id: 'other', secret: 'whsec_guessable' })).toEqual({ valid: undefined, stale: ['other'] });
	});
});
