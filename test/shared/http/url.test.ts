import { UserError } from '../../../nodes/shared/core/userError';
import { urlOf } from '../../../nodes/shared/http/url';

const place = { name: 'Finvis', credential: 'finvisApi', baseUrl: 'https://api.example.se/public', identity: 'me' };

test.each([
	['GET /accounts/', 'contract', '/accounts/'],
	['GET /accounts/', 'always', '/accounts/'],
	['GET /accounts/', 'never', '/accounts'],
	['GET /companies', 'contract', '/companies'],
	['GET /companies', 'always', '/companies/'],
	['GET /companies', 'never', '/companies'],
	['GET /accounts/', undefined, '/accounts/'],
] as const)('%s with slash %s', (route, slash, path) => {
	expect(urlOf({ ...place, slash }, { route })).toBe(place.baseUrl + path);
});

test.each([
	['a UUID', '3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e', '3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e'],
	['a slash', 'a/b', 'a%2Fb'],
	['a way out of the path', '../../accounts', '..%2F..%2Faccounts'],
	['an encoded way out', '%2e%2e', '%252e%252e'],
	['a query', 'a?status=all', 'a%3Fstatus%3Dall'],
	['a fragment', 'a#b', 'a%23b'],
	['blanks and letters', 'å b', '%C3%A5%20b'],
	['three dots', '...', '...'],
	['a placeholder', '{id}', '%7Bid%7D'],
	['a replacement pattern', '$&', '%24%26'],
])('an ID with %s stays one part of the path', (_, id, part) => {
	expect(urlOf(place, { route: 'POST /payments/batches/{id}/submit', path: { id } })).toBe(
		`${place.baseUrl}/payments/batches/${part}/submit`,
	);
});

test('several IDs, each in its place', () => {
	expect(urlOf(place, { route: 'GET /client/{client_id}/order/{order_id}', path: { order_id: '2', client_id: '1' } })).toBe(
		`${place.baseUrl}/client/1/order/2`,
	);
});

test.each(['', '.', '..'])("the ID '%s' would name another operation and is refused", (id) => {
	expect(() => urlOf(place, { route: 'DELETE /webhooks/{id}', path: { id } })).toThrow(UserError);
	expect(() => urlOf(place, { route: 'DELETE /webhooks/{id}', path: { id } })).toThrow(`'${id}' is not a valid ID`);
});

test('an ID that is missing is refused', () => {
	expect(() => urlOf(place, { route: 'DELETE /webhooks/{id}' })).toThrow(UserError);
});
