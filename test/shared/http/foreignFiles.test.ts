/** Agreements as vendors send them (L11): a document is looked at before it is saved. */
import { Engine } from '../../support/n8n';
import { byId } from '../../support/samples';
import { type Reply, useServer } from '../../support/server';

const server = useServer();
beforeEach(() => server.reset());

const PDF = `%PDF-1.4\n${'1 0 obj << >> endobj\n'.repeat(10)}%%EOF`;
const base64 = Buffer.from(PDF).toString('base64');
const octets = { 'content-type': 'application/octet-stream' };

const get = async (reply: Reply) => {
	server.answer = () => reply;
	const engine = new Engine('fondo', { environment: 'custom', baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
	const parameters = { client: byId('c-1'), account: byId('a-1'), agreementType: byId('account') };
	return await engine.run({ resource: 'agreement', operation: 'download', parameters });
};

test.each<[string, Reply]>([
	['bytes', { headers: { 'content-type': 'application/pdf' }, body: PDF }],
	['octets', { headers: octets, body: PDF }],
	['bytes without type', { body: PDF }],
	['base64 in JSON', { body: { fileName: 'agreement.pdf', content: base64 } }],
	['base64 in an envelope', { body: { data: { document: { base64 } } } }],
	['a data URL in JSON', { body: { file: `data:application/pdf;base64,${base64}` } }],
	['a JSON string', { headers: { 'content-type': 'application/json' }, body: JSON.stringify(base64) }],
])('a PDF as %s', async (_, reply) => {
	const { items, error } = await get(reply);
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({ mimeType: 'application/pdf', fileSize: PDF.length });
	expect(Buffer.from(items[0].binary!.data.data, 'base64').toString()).toBe(PDF);
});

test.each<[string, Reply]>([
	['a web page', { headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' }],
	['a web page as octets', { headers: octets, body: '\n<!DOCTYPE html><html>Log in</html>' }],
	['a web page as PDF', { headers: { 'content-type': 'application/pdf' }, body: '<html>Log in</html>' }],
	['JSON as octets', { headers: octets, body: '{"error":"none"}' }],
	['JSON with two links', { body: { url: '/one.pdf', downloadUrl: '/two.pdf' } }],
	['JSON with a path that is no link', { body: { folder: '/agreements/' } }],
	['JSON with a base64 that is no PDF', { body: { content: Buffer.from('x'.repeat(90)).toString('base64') } }],
	['nothing', { body: '' }],
])('%s is no document', async (_, reply) => {
	const { error } = await get(reply);
	expect(error?.message).toMatch(/^No file came, but /);
	expect(server.received).toHaveLength(1);
});

const pdf: Reply = { headers: { 'content-type': 'application/pdf' }, body: PDF };
const DOCUMENT = '/files/agreement.pdf';

async function follow(base: string, body: (host: string) => unknown, document: Reply = pdf) {
	server.answer = ({ path }) => (path.endsWith(DOCUMENT) ? document : { body: body(server.url) });
	const engine = new Engine('fondo', { environment: 'custom', baseUrl: server.url + base, clientId: 'a', clientSecret: 'b' });
	const parameters = { client: byId('c-1'), account: byId('a-1'), agreementType: byId('account') };
	return await engine.run({ resource: 'agreement', operation: 'download', parameters });
}

test.each<[string, string, (host: string) => unknown]>([
	['an address', '', (host) => ({ url: `${host}${DOCUMENT}?signature=a%2Fb%3D` })],
	['a path', '', () => ({ data: { downloadUrl: `${DOCUMENT}?signature=a%2Fb%3D` } })],
	[
		'a link of many fields',
		'',
		() => ({ name: 'x', _links: { document: { href: `${DOCUMENT}?signature=a%2Fb%3D`, type: 'application/pdf' } } }),
	],
	['a path under the base URL', '/api', () => ({ url: `/api${DOCUMENT}?signature=a%2Fb%3D` })],
])('a PDF behind a link to the same host, as %s, is fetched with the token', async (_, base, body) => {
	const { items, error } = await follow(base, body);
	expect(error).toBeUndefined();
	expect(Buffer.from(items[0].binary!.data.data, 'base64').toString()).toBe(PDF);
	const [, call] = server.received;
	expect(call).toMatchObject({ method: 'GET', path: base + DOCUMENT, query: { signature: 'a/b=' } });
	expect(call.headers.authorization).toBe(server.received[0].headers.authorization);
});

test.each<[string, string, (host: string) => string, shown: (host: string) => string]>([
	['another host', '', () => 'https://elsewhere.invalid/a.pdf?token=hidden', () => 'https://elsewhere.invalid/a.pdf'],
	['another host without scheme', '', () => '//elsewhere.invalid/a.pdf', () => 'http://elsewhere.invalid/a.pdf'],
	['another port', '', () => 'http://127.0.0.1:9/a.pdf', () => 'http://127.0.0.1:9/a.pdf'],
	['a path beside the base URL', '/api', () => DOCUMENT, (host) => host + DOCUMENT],
	['a path beside the base URL by dots', '/api', () => `/api/..${DOCUMENT}`, (host) => host + DOCUMENT],
])('a link to %s is refused, and its address is named without the query', async (_, base, link, shown) => {
	const { error } = await follow(base, (host) => ({ url: link(host) }));
	expect(error?.message).toBe(`The document is at another address, ${shown(server.url)}`);
	expect(error?.description).toMatch(/sent to its own host only/);
	expect(server.received).toHaveLength(1);
});

test('a link is followed once', async () => {
	const { error } = await follow('', () => ({ url: DOCUMENT }), { body: { url: DOCUMENT } });
	expect(error?.message).toMatch(/^No file came/);
	expect(server.received).toHaveLength(2);
});
