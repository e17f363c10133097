/** Errors of vendors that say them in their own way (L4, L11): the node says the reason, its field, its code and the request ID. */
import { rateLimitIn, waitBeforeRetry } from '../../../nodes/shared/http/retryAfter';
import { Engine } from '../../support/n8n';
import { byId } from '../../support/samples';
import { type Reply, useServer } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const server = useServer();
beforeEach(() => {
	server.reset();
	skipWaits();
});
afterEach(giveTimeBack);

const failed = async (reply: Reply) => {
	server.answer = () => ({ status: 422, ...reply });
	const engine = new Engine('finvis', { environment: 'custom', baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
	return (await engine.run({ resource: 'account', operation: 'get', parameters: { account: byId('a-1') } })).error;
};

const json = { 'content-type': 'application/json' };

test.each<[string, Reply, said: string]>([
	[
		'FastAPI',
		{ body: { detail: [{ loc: ['body', 'payments', 1, 'amount'], msg: 'must be positive', type: 'value_error' }] } },
		'payment 2: amount: must be positive',
	],
	[
		'FastAPI, two of them',
		{
			body: {
				detail: [
					{ loc: ['body', 'a'], msg: 'one', type: 't' },
					{ loc: ['query', 'b'], msg: 'two', type: 't', input: 'x', ctx: { gt: 0 } },
				],
			},
		},
		'a: one; b: two',
	],
	['Django, in rows', { body: { payments: [{}, { amount: ['must be positive'] }] } }, 'payment 2: amount: must be positive'],
	['Django, for no field', { body: { non_field_errors: ['Two rows are equal.'] } }, 'Two rows are equal.'],
	[
		'problem+json',
		{
			headers: { 'content-type': 'application/problem+json' },
			body: { type: 'about:blank', title: 'Invalid', detail: 'Not valid', status: 422 },
		},
		'Not valid',
	],
	[
		'problem+json with a map of errors',
		{ body: { title: 'Invalid', errors: { 'payments[1].amount': ['must be positive'] } } },
		'Invalid; payments[1].amount: must be positive',
	],
	[
		'problem+json with a list of errors',
		{ body: { title: 'Invalid', errors: [{ pointer: '#/payments/1/amount', detail: 'must be positive' }] } },
		'Invalid; payment 2: amount: must be positive',
	],
	[
		'problem+json with invalid-params',
		{ body: { title: 'Invalid', 'invalid-params': [{ name: 'amount', reason: 'must be positive' }] } },
		'Invalid; amount: must be positive',
	],
	[
		'JSON:API',
		{ body: { errors: [{ code: 'E1', source: { pointer: '/data/attributes/amount' }, title: 'Invalid', detail: 'must be positive' }] } },
		'data.attributes.amount: must be positive',
	],
	[
		'a list of errors with field and message',
		{ body: { message: 'Validation failed', errors: [{ field: 'amount', message: 'must be positive' }] } },
		'Validation failed; amount: must be positive',
	],
	['a list of texts', { body: { errors: ['amount must be positive', 'name is missing'] } }, 'amount must be positive, name is missing'],
	['a map of texts', { body: { errors: { amount: 'must be positive' } } }, 'amount: must be positive'],
	[
		'an object error',
		{
			body: {
				error: { code: 'invalid', message: 'Not valid', details: [{ field: 'amount', issue: 'x', description: 'must be positive' }] },
			},
		},
		'Not valid; amount: must be positive',
	],
	['a list as the body', { body: [{ field: 'amount', message: 'must be positive' }] }, 'amount: must be positive'],
	['plain text', { headers: { 'content-type': 'text/plain' }, body: 'The amount must be positive' }, 'The amount must be positive'],
	['a JSON string', { headers: json, body: '"The amount must be positive"' }, 'The amount must be positive'],
	[
		'a web page',
		{ headers: { 'content-type': 'text/html' }, body: '<html><head><title>x</title></head><h1>Amount</h1><p>must be positive</p></html>' },
		'Amount must be positive',
	],
])('the reason of %s', async (_, reply, said) => {
	expect((await failed(reply))?.description).toContain(`Finvis says: ${said}`);
});

test('an empty answer has no reason', async () => {
	expect((await failed({ body: '' }))?.description).not.toContain('Finvis says');
});

test.each<[string, Reply]>([
	['x-request-id', { headers: { 'x-request-id': 'req-7' } }],
	['request-id', { headers: { 'request-id': 'req-7' } }],
	['x-correlation-id', { headers: { 'x-correlation-id': 'req-7' } }],
	['x-amzn-requestid', { headers: { 'x-amzn-requestid': 'req-7' } }],
	['x-trace-id', { headers: { 'x-trace-id': 'req-7' } }],
	['a field of the body', { body: { detail: 'No', request_id: 'req-7' } }],
	['a field of the error', { body: { error: { message: 'No', traceId: 'req-7' } } }],
])('the request ID in %s', async (_, reply) => {
	expect((await failed({ body: {}, ...reply }))?.description).toContain('Request ID: req-7.');
});

const now = Date.parse('2026-03-06T10:00:00Z');
const seconds = now / 1000;
const wait = (headers: Record<string, string>) => waitBeforeRetry({ status: 429, headers, body: undefined }, 1, now, 0);

test.each<[string, Record<string, string>, number]>([
	['X-RateLimit-Reset in seconds', { 'x-ratelimit-reset': '9' }, 9_000],
	['X-Rate-Limit-Reset as Unix time', { 'x-rate-limit-reset': String(seconds + 9) }, 9_000],
	['RateLimit-Reset', { 'ratelimit-reset': '9' }, 9_000],
	['RateLimit-Reset in Unix milliseconds', { 'ratelimit-reset': String(now + 9_000) }, 9_000],
	['RateLimit with names', { ratelimit: 'limit=100, remaining=0, reset=9' }, 9_000],
	['RateLimit with letters', { ratelimit: '"default";r=0;t=9' }, 9_000],
	['Retry-After as Unix time', { 'retry-after': String(seconds + 9) }, 9_000],
	['Retry-After as asctime', { 'retry-after': 'Fri Mar  6 10:00:09 2026' }, 9_000],
	['Retry-After as words', { 'retry-after': 'Fri 6' }, 0],
	['Retry-After as a day', { 'retry-after': '2099-03-06' }, 0],
])('%s is what is waited', (_, headers, ms) => {
	expect(wait(headers)).toBe(ms);
});

test('the rate limit in one header', () => {
	expect(rateLimitIn({ ratelimit: 'limit=100, remaining=7, reset=9' })).toEqual({ limit: '100', remaining: '7', reset: '9' });
});
