import type { IDataObject } from 'n8n-workflow';
import { useBench } from '../../support/sandbox';
import { useServer } from '../../support/server';
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
	'%s keeps the stored registration, and creates and deletes nothing',
	async (activation) => {
		const one = workflow();
		await one.publish(activation);
		expect(calls()).toEqual(['GET /public/webhooks/']);
		expect(one.staticData).toEqual(stored());
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
