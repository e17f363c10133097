import { finvisConnection, finvisEnvironments } from '../../nodes/Finvis/connection';
import { fondoConnection, fondoEnvironments } from '../../nodes/Fondo/connection';
import { baseUrlOf } from '../../nodes/shared/http/environments';
import { FinvisApi } from '../../credentials/FinvisApi.credentials';
import { FondoApi } from '../../credentials/FondoApi.credentials';

function messageOf(call: () => unknown): string {
	try {
		call();
	} catch (error) {
		return (error as Error).message;
	}
	return '';
}

const custom = (baseUrl: unknown) => baseUrlOf(fondoEnvironments, { environment: 'custom', baseUrl: baseUrl as string });

test.each([
	['https://api.example.se', 'https://api.example.se'],
	['https://api.example.se/', 'https://api.example.se'],
	['https://api.example.se/public///', 'https://api.example.se/public'],
	['  https://api.example.se/public ', 'https://api.example.se/public'],
	['https://api.example.se:8443', 'https://api.example.se:8443'],
	['http://localhost:1', 'http://localhost:1'],
	['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
	['http://127.8.9.10', 'http://127.8.9.10'],
	['http://[::1]:1', 'http://[::1]:1'],
])("'%s' is accepted", (entered, baseUrl) => {
	expect(custom(entered)).toBe(baseUrl);
});

test.each(['HTTPS://API.example.se', 'HTTP://LOCALHOST:1', 'http://0x7f.1:80', 'http://2130706433'])(
	"'%s' is another form of this machine or of https",
	(entered) => {
		const { protocol, hostname } = new URL(custom(entered));
		expect(protocol === 'https:' || ['localhost', '127.0.0.1'].includes(hostname)).toBe(true);
	},
);

test.each([
	'http://api.example.se',
	'HTTP://api.example.se',
	'http://127.0.0.1.evil.com',
	'http://localhost.evil.com',
	'http://evil.com/127.0.0.1',
	'http://evil.com#localhost',
	'http://localhost@evil.com',
	'http://127.0.0.1:80@evil.com',
	'http://evil.com\\@localhost',
	'http://[::1].evil.com',
	'http://128.0.0.1',
	'http://0.0.0.0:4010',
	'http://10.0.0.1',
	'http://169.254.169.254',
	'http://[::]:1',
	'ftp://localhost',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'localhost:4010',
	'api.example.se',
	'//api.example.se',
	'/public',
	'http:// localhost',
	'',
	'   ',
	undefined,
	null,
])("'%s' is refused, because secrets would travel unencrypted", (entered) => {
	expect(() => custom(entered)).toThrow(/must start with https:\/\/|is not a web address|has a user, a query/);
});

test('a password in the base URL is not repeated in the message', () => {
	for (const entered of [
		'http://user:pa55word@evil.com',
		'https://user:pa55word@api.fondo.se',
		'pa55word is no URL',
		'https://x.se/?key=pa55word',
	])
		expect(messageOf(() => custom(entered))).toMatch(/^'Base URL' of the credential (?!.*pa55word)/);
});

test.each([
	'https://api.fondo.se?x=1',
	'https://api.fondo.se/#a',
	'https://api.fondo.se?',
	'https://a:b@api.fondo.se',
	'https://api.fondo.se/a b',
	'https://api.fondo.se/\nx',
])('%p is more than a host and a path', (entered) => {
	expect(() => custom(entered)).toThrow(/has a user, a query|is not a web address/);
});

test('client ID, secret and tenant ID are read without what comes along when they are copied', () => {
	expect(fondoConnection({ environment: 'production', clientId: ' client-1\n' }).identity).toBe('client-1');
	const partner = { environment: 'production', tenantMode: 'partner', clientId: 'c' };
	const upper = finvisConnection({ ...partner, tenantId: '3F8F1A90-6D4E-4D6B-9A53-6A0B7A1C2D3E' });
	expect(upper.identity).toBe(finvisConnection({ ...partner, tenantId: '3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e\u200B' }).identity);
	expect(finvisConnection({ ...partner, tenantId: 'Tenant-A' }).identity).toBe('Tenant-A');
});

test.each([
	['Fondo', fondoEnvironments, ['production', 'sandbox', 'npc', 'local']],
	['Finvis', finvisEnvironments, ['production', 'sandbox', 'local']],
])('%s: the environments are the servers of the contract, and all of them are safe', (_, environments, names) => {
	expect(Object.keys(environments)).toEqual(names);
	for (const environment of names)
		expect(baseUrlOf(environments, { environment, baseUrl: 'http://evil.com' })).toBe(environments[environment].url);
});

test('an unknown environment does not fall back to a known one', () => {
	for (const environment of ['constructor', 'toString', '__proto__', 'live', ''])
		expect(() => baseUrlOf(fondoEnvironments, { environment, baseUrl: '' })).toThrow(/is not a web address/);
});

describe.each([new FondoApi(), new FinvisApi()])('$displayName', (type) => {
	const credentials = { environment: 'custom', baseUrl: 'https://api.example.se/public', clientId: 'c', clientSecret: 's', scopes: [] };
	const sign = async (request: object, changed: object = {}) =>
		(await type.authenticate({ ...credentials, ...changed } as never, request as never)) as {
			headers: Record<string, string>;
			sendCredentialsOnCrossOriginRedirect?: boolean;
		};

	test('hides every secret field', () => {
		const hidden = type.properties.filter(({ type: kind, name }) => kind === 'hidden' || /secret|token$/i.test(name));
		expect(hidden.map(({ name }) => name)).toEqual(expect.arrayContaining(['clientSecret', 'accessToken', 'issuedFor', 'renewAt']));
		for (const { name, typeOptions } of hidden) expect([name, typeOptions?.password]).toEqual([name, true]);
		expect(type.properties.find(({ name }) => name === 'accessToken')?.typeOptions?.expirable).toBe(true);
		expect(type.properties.filter(({ typeOptions }) => typeOptions?.expirable)).toHaveLength(1);
	});

	test.each([
		'https://evil.com/steal',
		'https://api.example.se.evil.com/public',
		'http://api.example.se/public',
		'https://api.example.se:8443/public',
		'https://api.example.se@evil.com/',
	])('refuses to sign a call to %s', async (url) => {
		await expect(sign({ url })).rejects.toThrow(`This credential is for https://api.example.se and is not sent to ${new URL(url).origin}.`);
	});

	test('refuses to sign a call with another base URL, or with a URL that overrides it', async () => {
		await expect(sign({ baseURL: 'https://evil.com', url: '/accounts' })).rejects.toThrow('is not sent to https://evil.com');
		await expect(sign({ baseURL: 'https://api.example.se', url: 'https://evil.com/accounts' })).rejects.toThrow(
			'is not sent to https://evil.com',
		);
		await expect(sign({ baseURL: 'https://api.example.se', url: '//evil.com/accounts' })).rejects.toThrow(
			'is not sent to https://evil.com',
		);
	});

	test('signs a call to its own host, and sends nothing to the target of a redirect', async () => {
		const fresh = await sign({ url: 'https://api.example.se/public/accounts', headers: { Accept: 'application/json' } });
		expect(fresh.headers).toEqual({ Accept: 'application/json' });
		expect(fresh.sendCredentialsOnCrossOriginRedirect).toBe(false);
	});

	test('does not send a token that was issued for other values, or a token of the caller', async () => {
		const stale = { accessToken: 'old', issuedFor: 'something else', renewAt: Date.now() + 100_000 };
		const { headers } = await sign(
			{ url: 'https://api.example.se/public/accounts', headers: { Authorization: 'Bearer brought', authorization: 'Bearer brought' } },
			stale,
		);
		expect(JSON.stringify(headers)).not.toMatch(/old|brought/);
	});
});
