import type { IDataObject } from 'n8n-workflow';
import { useBench } from '../../support/sandbox';
import { useServer } from '../../support/server';
import { open, seal, sealingKeyOf } from '../../../nodes/Finvis/webhook/sealedSecret';
import { giveTimeBack, takeTime } from '../../support/time';
import { signed, URL_OF, Workflow } from './workflows';

/** The static data of a Finvis Trigger that version 0.1.0 has published, as n8n stores it. */
const STORED_BY_0_1_0 =
	'{"subscription":{"id":"bbf7deb1-5333-48e6-b909-298b89b76de0","url":"http://127.0.0.1:9/webhook/hook-1/webhook","owner":"workflow 1 node-1","secret":"whsec_ca385a750f35ec43a3bc490f7c55e0078a06a85e702c2d56"}}';
const ID = 'bbf7deb1-5333-48e6-b909-298b89b76de0';
const SECRET = 'whsec_ca385a750f35ec43a3bc490f7c55e0078a06a85e702c2d56';
const EVENTS = ['payment.status.updated', 'transaction.created'];

const bench = useBench();
const finvis = useServer();
beforeEach(() => {
	finvis.reset();
	// Finvis has the subscription, and shows no secret in lists.
	const results = [{ id: ID, url: URL_OF(), events: EVENTS, active: true }];
	finvis.answer = ({ method }) => (method === 'GET' ? { body: { count: 1, next: null, results } } : { status: 204 });
});

const workflows: Workflow[] = [];
afterEach(async () => {
	giveTimeBack();
	for (const one of workflows.splice(0)) await one.stop();
});

const stored = (): IDataObject => JSON.parse(STORED_BY_0_1_0);
const workflow = (id = 'workflow 1') => {
	const credential = { scopes: ['admin:public_api'], baseUrl: `${finvis.url}/public` };
	const one = new Workflow(bench.finvis(credential, 'finvisTrigger'), { events: EVENTS }, { id, staticData: stored() });
	workflows.push(one);
	return one;
};
const calls = () => finvis.received.map(({ method, path }) => `${method} ${path}`);

test('the stored secret verifies events before any call to Finvis', async () => {
	const { json } = await workflow().deliver(signed(SECRET));
	expect(json?.[0].delivery).toMatchObject({ verifiedWith: 'registration' });
	expect(calls()).toEqual([]);
});

test.each(['init', 'activate', 'update'] as const)(
	'%s keeps the stored registration, encrypts its secret, and creates and deletes nothing',
	async (activation) => {
		const one = workflow();
		await one.publish(activation);
		expect(calls()).toEqual(['GET /public/webhooks/']);
		const { id, url, owner } = stored().subscription as IDataObject;
		const sealed = expect.any(String);
		const events = EVENTS.join();
		expect(one.staticData).toEqual({ subscription: { id, url, owner, events, sealed, shown: expect.any(String), wasActive: true } });
		expect(JSON.stringify(one.staticData)).not.toContain(SECRET);
		expect(one.secretIn(one.staticData)).toBe(SECRET);
		expect((await one.deliver(signed(SECRET))).json).toHaveLength(1);
		await one.stop();
	},
);

test('unpublishing deletes the stored registration at Finvis', async () => {
	const one = workflow();
	await one.unpublish();
	expect(calls()).toEqual(['GET /public/webhooks/', `DELETE /public/webhooks/${ID}`]);
	expect(one.staticData).toEqual({});
});

test('a copy of the workflow does not use the stored secret of the original', async () => {
	expect((await workflow('workflow 2').deliver(signed(SECRET))).status).toBe(401);
});

describe('the secret of a registration', () => {
	const NEW = 'whsec_made_again_0123';
	/** Finvis has the subscription until the node deletes it, and gives a new secret for a new one. */
	beforeEach(() => {
		let results: IDataObject[] = [{ id: ID, url: URL_OF(), events: EVENTS, active: true }];
		finvis.answer = ({ method, body }) => {
			if (method === 'GET') return { body: { count: results.length, next: null, results } };
			if (method === 'DELETE') results = [];
			else results = [{ id: 'new', ...(JSON.parse(body) as IDataObject) }];
			return method === 'DELETE' ? { status: 204 } : { status: 201, body: { ...results[0], secret: NEW } };
		};
	});
	const writes = () => calls().filter((call) => !call.startsWith('GET'));
	const encrypted = async () => {
		const one = workflow();
		await one.publish('init');
		return one.staticData;
	};

	test('is never in the static data in clear', async () => {
		const one = workflow();
		one.staticData = {};
		await one.publish();
		expect(JSON.stringify(one.staticData)).not.toMatch(/whsec_/);
		expect(one.secretIn(one.staticData)).toBe(NEW);
	});

	test('verifies in a process that has not registered it, with one read of the credential in a minute', async () => {
		const time = takeTime();
		const staticData = await encrypted();
		// Another process knows no secret of this node.
		const elsewhere = workflow('workflow elsewhere');
		const owner = 'workflow elsewhere node-1';
		const { clientSecret } = elsewhere.engine.credential;
		const key = sealingKeyOf(String(clientSecret));
		elsewhere.staticData = { subscription: { ...(staticData.subscription as IDataObject), owner, sealed: seal(SECRET, key, owner) } };
		expect((await elsewhere.deliver(signed(SECRET))).json?.[0].delivery).toMatchObject({ verifiedWith: 'registration' });
		elsewhere.engine.credential = { ...elsewhere.engine.credential, clientSecret: 'replaced' };
		time.now += 59_999;
		expect((await elsewhere.deliver(signed(SECRET))).json).toHaveLength(1);
		time.now += 1;
		expect((await elsewhere.deliver(signed(SECRET))).status).toBe(401);
	});

	test('stays when n8n starts again', async () => {
		const staticData = await encrypted();
		const one = workflow();
		one.staticData = staticData;
		await one.publish('init');
		expect(one.staticData).toEqual(staticData);
		expect(writes()).toEqual([]);
	});

	test('that another client secret has encrypted is lost: the registration is made again', async () => {
		const one = workflow('workflow of a rotation');
		const owner = 'workflow of a rotation node-1';
		one.staticData = {
			subscription: { id: ID, url: URL_OF(), owner, events: EVENTS.join(), sealed: seal(SECRET, sealingKeyOf('before'), owner) },
		};
		await one.publish('init');
		expect(writes()).toEqual([`DELETE /public/webhooks/${ID}`, 'POST /public/webhooks/']);
		expect((await one.deliver(signed(NEW))).json).toHaveLength(1);
		expect((await one.deliver(signed(SECRET))).status).toBe(401);
	});

	test('is kept by the running process when the client secret changes', async () => {
		const one = workflow();
		await one.publish('init');
		const before = one.staticData;
		one.engine.credential = { ...one.engine.credential, clientSecret: 'replaced' };
		await one.publish('update');
		expect(writes()).toEqual([]);
		expect(one.staticData).not.toEqual(before);
		expect(one.secretIn(one.staticData)).toBe(SECRET);
	});
});

test('an encrypted secret opens with its key and for its owner only, and only unchanged', () => {
	const [key, other] = ['one', 'other'].map(sealingKeyOf);
	const sealed = seal(SECRET, key, 'wf node');
	expect(seal(SECRET, key, 'wf node')).not.toBe(sealed);
	expect(open(sealed, key, 'wf node')).toBe(SECRET);
	const bytes = Buffer.from(sealed, 'base64');
	bytes[20] ^= 1;
	const attempts = [open(sealed, other, 'wf node'), open(sealed, key, 'copy node'), open(bytes.toString('base64'), key, 'wf node')];
	expect([...attempts, open('', key, 'wf node'), open('no text of ours', key, 'wf node')]).toEqual(Array(5).fill(undefined));
});
