import 'reflect-metadata';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';
import { Finvis } from '../../../nodes/Finvis/Finvis.node';
import { clock } from '../../../nodes/shared/core/clock';
import { useBench } from '../../support/sandbox';
import { useServer } from '../../support/server';
import { giveTimeBack } from '../../support/time';
import { signed, URL_OF, Workflow } from './workflows';

/** The rows of the table of cases that concern the registration of webhooks, against a Finvis that writes as the test says. */

const bench = useBench();
const finvis = useServer();
const EVENTS = ['payment.status.updated', 'transaction.created'];
const SECRET = 'whsec_of_the_registration';
const BY_HAND = 'whsec_of_the_credential';

let rows: IDataObject[] = [];
/** How Finvis writes a subscription in a list, and in the answer that creates it. */
let listed: (row: IDataObject) => IDataObject;
let created: (row: IDataObject) => IDataObject;
let warned: jest.SpyInstance;
/** Ends the wait of the monitor. */
let pass: () => void;
let waits = 0;

beforeEach(() => {
	rows = [];
	listed = (row) => row;
	created = (row) => ({ ...row, secret: SECRET });
	warned = jest.spyOn(Container.get(Logger), 'warn');
	warned.mockClear();
	finvis.reset();
	finvis.answer = ({ method, path, body }) => {
		if (method === 'GET') return { body: { count: rows.length, next: null, results: rows.map((row) => listed(row)) } };
		if (method === 'DELETE') {
			rows = rows.filter(({ id }) => !path.toLowerCase().endsWith(`/${String(id)}`));
			return { status: 204 };
		}
		const row = { id: `w${finvis.received.length}`, active: true, ...(JSON.parse(body) as IDataObject) };
		rows.push(row);
		return { status: 201, body: created(row) };
	};
	clock.sleep = async (_, signal) =>
		await new Promise((resolve, reject) => {
			waits += 1;
			pass = resolve;
			signal?.addEventListener('abort', () => reject(new Error('stopped')));
		});
});
const published: Workflow[] = [];
afterEach(async () => {
	for (const one of published.splice(0)) await one.stop();
	giveTimeBack();
});

const workflow = (settings = {}, base?: string, credential: IDataObject = {}) => {
	const engine = bench.finvis({ scopes: ['admin:public_api'], baseUrl: `${finvis.url}/public`, ...credential }, 'finvisTrigger');
	const one = new Workflow(engine, { events: EVENTS }, settings, base);
	published.push(one);
	return one;
};
const writes = () => finvis.received.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
const warnings = () => warned.mock.calls.map(([text]) => String(text)).join('\n');
/** The monitor checks `times` times, and waits again. */
async function check(times: number) {
	for (let time = 0; time < times; time += 1) {
		const before = waits;
		pass();
		while (waits === before) await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

describe('E5', () => {
	const STAGING = 'http://127.0.0.1:8';

	it.each(['init', 'activate'] as const)(
		'E5: a restored copy at another address leaves the webhook of the original (%s)',
		async (activation) => {
			const original = workflow();
			await original.publish();
			const [kept] = rows;
			const copy = workflow({ id: original.id, staticData: original.staticData }, STAGING);
			await copy.publish(activation);
			expect(rows).toEqual([kept, expect.objectContaining({ url: URL_OF('hook-1', STAGING) })]);
			expect(warnings()).toContain(`had its webhook at ${URL_OF()}`);
			await check(2);
			await copy.unpublish();
			expect(rows).toEqual([kept]);
		},
	);

	it('E5: a restored copy that is unpublished leaves the webhook of the original', async () => {
		const original = workflow();
		await original.publish();
		await workflow({ id: original.id, staticData: original.staticData }, STAGING).unpublish();
		expect(rows).toHaveLength(1);
	});
});

describe('E17', () => {
	type Writing = (row: IDataObject) => IDataObject;
	const url =
		(change: (url: string) => string): Writing =>
		(row) => ({ ...row, url: change(String(row.url)) });

	it.each<[string, Writing]>([
		['the address with a slash at its end', url((one) => `${one}/`)],
		['the host in capitals', url((one) => one.replace('http:', 'HTTP:').replace('hook.example', 'HOOK.Example'))],
		['the default port', url((one) => one.replace('hook.example', 'hook.example:80'))],
		['the address cut short', url((one) => `${one.slice(0, 20)}…`)],
		['the events in another order', (row) => ({ ...row, events: [...EVENTS].reverse() })],
		['the events in capitals', (row) => ({ ...row, events: EVENTS.map((name) => name.toUpperCase().replaceAll('.', '_')) })],
		['more events', (row) => ({ ...row, events: [...EVENTS, 'ping'] })],
		['an ID in capitals', (row) => ({ ...row, id: String(row.id).toUpperCase() })],
	])('E17: a webhook that Finvis shows with %s stays', async (_, writing) => {
		listed = writing;
		const one = workflow({}, 'http://hook.example');
		const { failed } = await one.publish();
		await check(3);
		await one.publish('init');
		await check(1);
		expect(writes()).toEqual(['POST /public/webhooks/']);
		expect(failed).toEqual([]);
		await one.unpublish();
		expect(rows).toEqual([]);
	});

	it('E17: a webhook that is inactive until it is verified stays, and the log says once that it is inactive', async () => {
		let active = false;
		listed = (row) => ({ ...row, active });
		const one = workflow();
		const { failed } = await one.publish();
		await check(3);
		expect(warnings().match(/not active yet/g)).toHaveLength(1);
		active = true;
		await check(2);
		expect(writes()).toEqual(['POST /public/webhooks/']);
		expect(failed).toEqual([]);
		// Finvis has switched it off.
		active = false;
		await check(3);
		expect(writes()).toEqual(['POST /public/webhooks/', expect.stringContaining('DELETE'), 'POST /public/webhooks/']);
		expect(failed).toHaveLength(1);
	});

	it('E17: a webhook that somebody has changed at Finvis is registered again, once', async () => {
		const one = workflow();
		const { failed } = await one.publish();
		await check(1);
		listed = (row) => ({ ...row, events: ['transaction.created'] });
		await check(3);
		expect(writes()).toEqual(['POST /public/webhooks/', expect.stringContaining('DELETE'), 'POST /public/webhooks/']);
		expect(failed).toHaveLength(1);
	});

	it.each<[string, (row: IDataObject) => IDataObject]>([
		['signing_secret', (row) => ({ ...row, signing_secret: SECRET })],
		['secret_key', (row) => ({ ...row, secret_key: SECRET })],
		['secretKey, in an envelope', (row) => ({ data: { ...row, secretKey: SECRET } })],
		['secret, beside an envelope', (row) => ({ webhook: row, secret: SECRET })],
	])('E17: a secret under the name %s verifies, also when the credential has one', async (_, answer) => {
		created = answer;
		const one = workflow({}, undefined, { webhookSecret: BY_HAND });
		await one.publish();
		const verifiedWith = async (secret: string) => (await one.deliver(signed(secret))).json?.[0].delivery;
		expect(await verifiedWith(SECRET)).toMatchObject({ verifiedWith: 'registration' });
		expect(await verifiedWith(BY_HAND)).toMatchObject({ verifiedWith: 'credential' });
		await check(2);
		expect(writes()).toEqual(['POST /public/webhooks/']);
	});
});

test('the secret that Webhook: Create returns is marked as sensitive, under each name', () => {
	expect(new Finvis().description.sensitiveOutputFields).toEqual(expect.arrayContaining(['secret', 'signing_secret', 'secret_key']));
});
