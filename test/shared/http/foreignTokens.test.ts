/** Token endpoints that answer in their own way, and expired tokens that do not show as 401 (L10, L11). */
import type { IDataObject } from 'n8n-workflow';
import { Engine, type Run } from '../../support/n8n';
import { byId } from '../../support/samples';
import { type Reply, useServer } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const server = useServer();
beforeEach(() => {
	server.reset();
	skipWaits();
});
afterEach(giveTimeBack);

const engine = (changed: IDataObject = {}) =>
	new Engine('finvis', { environment: 'custom', baseUrl: server.url, clientId: 'client', clientSecret: 'hidden-secret', ...changed });
const getAccount = { resource: 'account', operation: 'get', parameters: { account: byId('a-1') } };
const approve = (id: string) => ({ resource: 'approval', operation: 'approve', parameters: { approval: byId(id) } });
const said = ({ error }: Run) => `${error?.message} ${error?.description ?? ''}`;

test.each<[string, Reply]>([
	['201', { status: 201, body: { access_token: 'abc', expires_in: 3600 } }],
	['expires_in as text', { body: { access_token: 'abc', expires_in: '3600' } }],
	['no expires_in', { body: { access_token: 'abc' } }],
	['an envelope', { body: { data: { access_token: 'abc', expires_in: 3600 } } }],
	['accessToken', { body: { accessToken: 'abc', expiresIn: 3600 } }],
	['the type bearer', { body: { access_token: 'abc', token_type: 'bearer' } }],
	['the type JWT', { body: { access_token: 'abc', token_type: 'JWT' } }],
	['JSON as text', { headers: { 'content-type': 'text/plain' }, body: '{"access_token":"abc"}' }],
])('a token in an answer with %s', async (_, reply) => {
	server.token = () => reply;
	server.answer = () => ({ body: { id: 'a-1' } });
	const used = engine();
	expect((await used.run(getAccount)).json).toEqual([{ id: 'a-1' }]);
	await used.run(getAccount);
	expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer abc', 'Bearer abc']);
	expect(server.tokenCalls).toHaveLength(1);
});

test.each<[string, Reply, string]>([
	[
		'unsupported_grant_type',
		{ body: { error: 'unsupported_grant_type', error_description: 'Use client credentials' } },
		'Use client credentials',
	],
	['a list of errors', { body: { detail: [{ loc: ['body', 'scope'], msg: 'is not known', type: 'x' }] } }, 'scope: is not known'],
	['text', { body: 'The client is locked' }, 'The client is locked'],
	['the secret in it', { body: { detail: 'hidden-secret is too short' } }, '[hidden] is too short'],
])('a 400 of the token endpoint says its own reason: %s', async (_, reply, reason) => {
	server.token = () => ({ status: 400, ...reply });
	const run = await engine().run(getAccount);
	expect(said(run)).toContain(`Finvis gave no access token: ${reason}`);
	expect(said(run)).not.toContain('hidden-secret');
});

/** A server that takes the first token for one call, and then refuses it in its own way. */
function expiring(refusal: Reply) {
	let firstCalls = 0;
	server.answer = ({ headers, method, path }) => {
		if (headers.authorization === 'Bearer token-1' && (firstCalls += 1) > 1) return refusal;
		return { body: method === 'GET' && path.includes('approvals') ? [] : { id: path.split('/').at(-1) } };
	};
}

describe.each<[string, Reply]>([
	['403 that speaks of a token', { status: 403, body: { detail: 'Token has expired' } }],
	['400 that speaks of a token', { status: 400, body: { error: 'invalid_token' } }],
	['400 with WWW-Authenticate', { status: 400, headers: { 'www-authenticate': 'Bearer error="invalid_token"' }, body: {} }],
	['403 without a reason', { status: 403, body: {} }],
])('an expired token that shows as %s', (name, refusal) => {
	test('is renewed once, and a read is made again', async () => {
		expiring(refusal);
		const used = engine();
		await used.run(getAccount);
		expect((await used.run(getAccount)).json).toEqual([{ id: 'a-1' }]);
		expect(server.tokenCalls).toHaveLength(2);
	});

	test('is renewed before a write, which is executed once', async () => {
		expiring(refusal);
		const used = engine();
		await used.run(getAccount);
		const { error } = await used.run(approve(`ap ${name}`));
		expect(error).toBeUndefined();
		expect(server.received.filter(({ method, headers }) => method === 'POST' && headers.authorization === 'Bearer token-2')).toHaveLength(
			1,
		);
		expect(server.tokenCalls).toHaveLength(2);
	});
});

test('a refusal that a new token does not change is given as it is, and asks for no token each time', async () => {
	let isRefused = false;
	server.answer = () => (isRefused ? { status: 403, body: { detail: 'The token lacks a scope' } } : { body: { id: 'a-1' } });
	const used = engine({ clientId: 'without scope' });
	await used.run(getAccount);
	isRefused = true;
	for (let times = 0; times < 3; times += 1) expect(said(await used.run(getAccount))).toContain('The token lacks a scope');
	expect(server.tokenCalls).toHaveLength(2);
});

test('a 400 about a value is not repeated', async () => {
	let isRefused = false;
	server.answer = () => (isRefused ? { status: 400, body: { detail: 'Unknown account' } } : { body: { id: 'a-1' } });
	const used = engine();
	await used.run(getAccount);
	isRefused = true;
	await used.run(getAccount);
	expect([server.received.length, server.tokenCalls.length]).toEqual([2, 1]);
});
