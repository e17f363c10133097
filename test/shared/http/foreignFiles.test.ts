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
	['JSON with a link to another host', { body: { url: 'https://elsewhere.invalid/agreement.pdf' } }],
	['JSON with a base64 that is no PDF', { body: { content: Buffer.from('x'.repeat(90)).toString('base64') } }],
	['nothing', { body: '' }],
])('%s is no document', async (_, reply) => {
	const { error } = await get(reply);
	expect(error?.message).toMatch(/^No file came, but /);
});
