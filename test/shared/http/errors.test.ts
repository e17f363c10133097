import { Engine, type Run } from '../../support/n8n';
import { byId } from '../../support/samples';
import { startServer, useServer, type Reply } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const SECRET = 'very-s3cret-of-the-client';
const server = useServer();
beforeEach(() => {
	server.reset();
	skipWaits();
});
afterEach(giveTimeBack);

const fondo = (baseUrl = server.url) => new Engine('fondo', { environment: 'custom', baseUrl, clientId: 'client-1', clientSecret: SECRET });
const finvis = (baseUrl = server.url) =>
	new Engine('finvis', { environment: 'custom', baseUrl, clientId: 'client-1', clientSecret: SECRET });

const getAccount = { resource: 'account', operation: 'get', parameters: { account: byId('a-1') } };
const getAccounts = { resource: 'account', operation: 'getMany' };
/** A batch of its own for each test, because the node knows what it has sent. */
let batches = 0;
const submit = () => ({ resource: 'paymentBatch', operation: 'submit', parameters: { paymentBatch: byId(`b-${(batches += 1)}`) } });
/** The list of batches, in which the node looks before and after it sends. */
const drafts = () => ({
	body: { count: batches, next: null, results: Array.from({ length: batches }, (_, index) => ({ id: `b-${index + 1}`, status: 'draft' })) },
});
const writes = () => server.received.filter(({ method }) => method !== 'GET');
const getOrders = { resource: 'order', operation: 'getMany', parameters: { client: byId('c-1') } };
const goOn = { onError: 'continueRegularOutput' as const };

/** What must never be seen outside: asserted for every failure of this file. */
function expectNoSecret(run: Run) {
	const all = JSON.stringify([run.error?.message, run.error?.description, run.error?.context, run.json]);
	expect(all).not.toContain(SECRET);
	expect(all).not.toMatch(/token-\d/);
	expect(all).not.toContain('197001010003');
}

interface Said {
	message: string;
	advice: string;
	api?: string;
	code?: string;
	tries?: number;
}

const html = { headers: { 'content-type': 'text/html' }, body: '<html><h1>Wartungsarbeiten</h1></html>' };

describe.each<[string, Reply, Said]>([
	[
		'400 with the field',
		{ status: 400, body: { amount: ['must be positive', 'and a number'], name: ['is missing'] } },
		{
			message: 'Finvis did not accept the values',
			advice: 'Correct the field that the reason names.',
			api: 'amount: must be positive, and a number; name: is missing',
		},
	],
	[
		'400 with errors around the fields',
		{ status: 400, body: { detail: 'Invalid input', code: 'invalid', errors: { iban: ['wrong check digit'] } } },
		{ message: 'Finvis did not accept the values', advice: 'Correct', api: 'Invalid input; iban: wrong check digit', code: 'invalid' },
	],
	[
		'400 that quotes a personal number',
		{ status: 400, body: { detail: 'ssn 197001010003 and 19700101-0003 and 700101-0003 are unknown' } },
		{
			message: 'Finvis did not accept the values',
			advice: 'Correct',
			api: 'ssn [number hidden] and [number hidden] and [number hidden] are unknown',
		},
	],
	[
		'403',
		{ status: 403, body: { detail: 'Missing scope: read:ledger', code: 'permission_denied' } },
		{
			message: 'Finvis does not allow this',
			advice: "Ask Finvis to grant this scope to your client ID. If 'Scope' or 'Scopes' of the credential is filled, add it there too.",
			api: 'Missing scope: read:ledger',
			code: 'permission_denied',
		},
	],
	[
		'403 of a firewall',
		{ status: 403, body: { detail: 'The request was blocked', code: 'blocked' } },
		{
			message: 'Finvis does not allow this',
			advice:
				"Choose 'Bank Account' from the list, or correct the ID. If the list does not have it, check the credential: 'Environment', and 'Tenant ID' if it has one.",
			api: 'The request was blocked',
			code: 'blocked',
		},
	],
	[
		'404',
		{ status: 404, body: { message: 'No such account', code: 'not_found' } },
		{
			message: 'Finvis has no such bank account',
			advice:
				"Choose 'Bank Account' from the list, or correct the ID. If the list does not have it, check the credential: 'Environment', and 'Tenant ID' if it has one.",
			api: 'No such account',
			code: 'not_found',
		},
	],
	[
		'409',
		{ status: 409, body: { detail: 'Already submitted', code: 'conflict' } },
		{
			message: 'Finvis refused: the state of the object does not allow this',
			advice: 'Look at the object in Finvis',
			api: 'Already submitted',
			code: 'conflict',
		},
	],
	[
		'422',
		{ status: 422, body: { error: 'invalid_state', error_description: 'Wrong state' } },
		{ message: 'Finvis did not accept the values', advice: 'Correct', api: 'Wrong state', code: 'invalid_state' },
	],
	[
		'429 beyond the budget',
		{ status: 429, headers: { 'retry-after': '3600' }, body: { detail: 'Throttled', code: 'throttled' } },
		{ message: 'Finvis asks to slow down', advice: 'Try again in 36', api: 'Throttled', code: 'throttled' },
	],
	[
		'500',
		{ status: 500, body: { detail: 'Oops', code: 'server_error' } },
		{ message: 'Finvis has trouble (500)', advice: 'Tried 4 times. Try again later.', api: 'Oops', code: 'server_error', tries: 4 },
	],
	['503 as a web page', { status: 503, ...html }, { message: 'Finvis has trouble (503)', advice: 'Tried 4 times.', tries: 4 }],
	[
		'503 that names a time',
		{ status: 503, headers: { 'retry-after': '120' }, body: {} },
		{ message: 'Finvis has trouble (503)', advice: 'It asks to come back in 12' },
	],
	['418', { status: 418, body: { detail: 'A teapot' } }, { message: 'Finvis answered 418', advice: '', api: 'A teapot' }],
	[
		'a redirect to another host',
		{ status: 302, headers: { location: 'https://login.example/' } },
		{ message: 'Finvis redirected the call', advice: "Check the base URL and 'Trailing Slash'" },
	],
	[
		'a web page instead of JSON',
		html,
		{ message: 'Finvis answered with something other than JSON', advice: 'Check the base URL in the credential' },
	],
	[
		'broken JSON',
		{ headers: { 'content-type': 'application/json' }, body: '{"id": "a-1", "na' },
		{ message: 'Finvis answered with something other than JSON', advice: 'Check the base URL' },
	],
	['nothing at all', { status: 204 }, { message: 'Finvis answered with something other than JSON', advice: 'Check the base URL' }],
	['an empty 200', { status: 200, body: '' }, { message: 'Finvis answered with something other than JSON', advice: 'Check the base URL' }],
])('a read that is answered with %s', (_, reply, { message, advice, api, code, tries = 1 }) => {
	test('fails with what happened, what to do, and what the API said', async () => {
		server.answer = () => ({ ...reply, headers: { 'x-request-id': 'req-77', ...reply.headers } });
		const run = await finvis().run(getAccount);
		expect(run.error).toMatchObject({ name: 'NodeApiError', message, httpCode: String(reply.status ?? 200) });
		expect(run.error?.description).toContain(advice);
		if (api !== undefined) expect(run.error?.description).toContain(`Finvis says: ${api}`);
		if (code !== undefined) expect(run.error?.description).toContain(`(${code})`);
		expect(run.error?.description).toContain('Request ID: req-77.');
		expect(server.received).toHaveLength(tries);
		expectNoSecret(run);
	});

	test('is in the failed item when the node continues on fail', async () => {
		server.answer = () => ({ ...reply, headers: { 'x-request-id': 'req-77', ...reply.headers } });
		const run = await finvis().run({ ...getAccount, ...goOn });
		expect(run.status).toBe('success');
		const { error } = run.json[0] as { error: Record<string, unknown> };
		expect(error).toMatchObject({
			message,
			status: reply.status ?? 200,
			requestId: 'req-77',
			attempts: tries,
			...(api === undefined ? {} : { text: api }),
			...(code === undefined ? {} : { code }),
		});
		expect(error.outcome).toBeUndefined();
		expectNoSecret(run);
	});
});

test('a list that is answered with nothing does not read as an empty list', async () => {
	server.answer = () => ({ status: 204 });
	expect((await finvis().run(getAccounts)).error?.message).toBe('Finvis answered with something other than JSON');
	expect((await fondo().run(getOrders)).error?.message).toBe('Fondo answered with something other than JSON');
});

test('a broken connection is an error with the number of attempts', async () => {
	server.answer = () => undefined;
	const run = await finvis().run(getAccount);
	expect(run.error).toMatchObject({ name: 'NodeApiError', message: 'Finvis did not answer' });
	expect(run.error?.description).toMatch(/^ECONNRESET after 4 tries\. Try again later/);
	expect(server.received).toHaveLength(4);
	expectNoSecret(run);
});

test('a timeout is an error that names the option Timeout', async () => {
	server.answer = async () => {
		await new Promise((resolve) => setTimeout(resolve, 300));
		return { body: {} };
	};
	const run = await finvis().run({ ...getAccount, parameters: { ...getAccount.parameters, options: { timeout: 0.05 } } });
	expect(run.error?.message).toBe('Finvis did not answer');
	expect(run.error?.description).toMatch(/(ECONNABORTED|ETIMEDOUT) after 4 tries\. .*'Timeout'/);
	expectNoSecret(run);
});

test.each([
	['whose name does not exist', 'https://api.finvis.invalid/public', /ENOTFOUND|EAI_AGAIN/],
	['where nothing listens', 'http://127.0.0.1:1', /ECONNREFUSED/],
])('a host %s is named, and that nothing was sent', async (_, baseUrl, code) => {
	const run = await finvis(baseUrl).run({ ...submit(), ...goOn });
	const { error } = run.json[0] as { error: Record<string, unknown> };
	expect(error.message).toBe('Finvis could not be reached');
	expect(error.description).toContain(new URL(baseUrl).host);
	expect(error.description).toMatch(code);
	expect(error.description).toContain('Nothing was sent');
	expect(error.outcome).toBe('rejected');
	expectNoSecret(run);
});

test('a host that disappears after the token came gives the same error', async () => {
	const gone = await startServer();
	const engine = finvis(gone.url);
	await engine.run(getAccount);
	await gone.stop();
	const { error } = await engine.run(getAccount);
	expect(error).toMatchObject({ message: 'Finvis could not be reached' });
	expect(error?.description).toContain('ECONNREFUSED. Nothing was sent.');
});

test('401 in spite of a new token', async () => {
	server.answer = () => ({ status: 401, body: { detail: 'Invalid token', code: 'not_authenticated' } });
	const run = await finvis().run(getAccount);
	expect(run.error).toMatchObject({ message: 'Finvis did not accept the access token', httpCode: '401' });
	expect(run.error?.description).toContain(
		'Finvis says: Invalid token (not_authenticated). Open the credential and save it again: n8n tests it at once.',
	);
	expect(server.received).toHaveLength(2);
	expectNoSecret(run);
});

describe('a write', () => {
	const outcome = async (reply: Reply | undefined) => {
		server.answer = ({ method }) => (method === 'GET' ? drafts() : reply);
		const run = await finvis().run({ ...submit(), ...goOn });
		expectNoSecret(run);
		return (run.json[0] as { error: Record<string, unknown> }).error;
	};

	test.each([
		[400, 1],
		[403, 1],
		[404, 1],
		[409, 5],
		[422, 1],
	])('that is answered with %i was not executed', async (status, attempts) => {
		expect(await outcome({ status, body: { detail: 'No' } })).toMatchObject({
			status,
			outcome: 'rejected',
			attempts,
			idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
		});
		expect(writes()).toHaveLength(attempts);
	});

	test.each<[string, Reply | undefined, string]>([
		['500', { status: 500, body: {} }, 'Finvis answered 500 after 1 try.'],
		['503', { status: 503, ...html }, 'Finvis answered 503 after 1 try.'],
		['a broken connection', undefined, 'ECONNRESET after 1 try.'],
	])('that is answered with %s may have been executed, is not sent again, and says to look first', async (_, reply, said) => {
		const error = await outcome(reply);
		expect(error).toMatchObject({ outcome: 'unknown', attempts: 1, message: 'It is not known whether Finvis executed this' });
		expect(error.description).toContain(said);
		expect(error.description).toContain('Look at the object in Finvis before you do this again.');
		expect(writes().map(({ headers }) => headers['idempotency-key'])).toEqual([error.idempotencyKey]);
	});

	test.each<[string, Reply]>([
		['a web page', html],
		['broken JSON', { body: '{"id": "b' }],
	])('that is answered with a success and %s may have been executed', async (_, reply) => {
		expect(await outcome(reply)).toMatchObject({ outcome: 'unknown', status: 200 });
	});

	test('without content, but answered with a success, is done', async () => {
		server.answer = ({ method }) => (method === 'GET' ? drafts() : { status: 204 });
		expect((await finvis().run(submit())).json[0]).toMatchObject({ receipt: { outcome: 'accepted', status: 204 } });
	});
});

test('a removal without key that got lost says to look first', async () => {
	server.answer = () => undefined;
	const { error } = await fondo().run({ resource: 'order', operation: 'cancel', parameters: { client: byId('c-1'), order: byId('o-1') } });
	expect(error?.message).toBe('It is not known whether Fondo executed this');
	expect(error?.description).toBe('ECONNRESET after 3 tries. Look at the object in Fondo before you do this again.');
});

test('a long number in an answer comes through to the last digit', async () => {
	server.answer = () => ({
		headers: { 'content-type': 'application/json' },
		body: '{"id":7615917337495251231,"amount":1234567890123.4567,"price":142.8571429}',
	});
	expect((await finvis().run(getAccount)).json).toEqual([{ id: '7615917337495251231', amount: '1234567890123.4567', price: 142.8571429 }]);
});

describe("the cause of a failure, from which n8n takes the wait before a polling trigger's next round", () => {
	test.each<[string, Reply, object | undefined]>([
		['401', { status: 401, body: {} }, { cause: 'credential-invalid' }],
		['429 that names a time', { status: 429, headers: { 'retry-after': '120' }, body: {} }, { cause: 'rate-limited' }],
		['503', { status: 503, body: {} }, { cause: 'temporarily-unavailable' }],
		['404', { status: 404, body: {} }, undefined],
		['422', { status: 422, body: {} }, undefined],
	])('%s', async (name, reply, failure) => {
		server.answer = () => reply;
		const error = (await finvis().run(getAccount)).error as { failure?: { retryAfterMs?: number } } | undefined;
		if (failure === undefined) expect(error?.failure).toBeUndefined();
		else expect(error?.failure).toMatchObject(failure);
		if (name.startsWith('429')) expect(error?.failure?.retryAfterMs).toBeGreaterThan(60_000);
	});
});
