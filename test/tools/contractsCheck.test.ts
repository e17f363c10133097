import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compareSources } from '../../tools/contracts/compare/compare';
import { addressesIn } from '../../tools/contracts/compare/documents';
import { useServer } from '../support/server';

type Raw = Record<string, unknown>;

const root = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'contracts-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pathOf = (api: string) => join(root, `contracts/${api}.openapi.yaml`);
const read = (api: string) => parse(readFileSync(pathOf(api), 'utf8')) as Raw;
const at = (part: unknown, ...keys: string[]) => keys.reduce<unknown>((inner, key) => (inner as Raw)[key], part) as Raw;

function write(name: string, content: unknown) {
	const path = join(folder, name);
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return path;
}

/** The differences of a file, as lines. */
const lines = async (source: string) =>
	(await compareSources([source])).results.flatMap(({ differences }) => differences.map(({ line }) => line));

describe('what a difference touches', () => {
	const reported = async (api: string, change: (theirs: Raw) => void) => {
		const theirs = read(api);
		change(theirs);
		const [{ differences }] = (await compareSources([write(`${api}-changed.json`, theirs)])).results;
		return differences;
	};

	test('a field of a payment: the operations, the field of the panel, tests and sentences, and that money could be affected', async () => {
		const [found, ...others] = await reported('fondo', (theirs) => {
			at(theirs, 'components', 'schemas', 'OrderWithdrawalCreate', 'properties').executorRef = { type: 'integer' };
		});
		expect(others).toEqual([]);
		expect(found).toMatchObject({
			severity: 'money',
			operations: ['order.redeemAndPayOut'],
			field: 'executorRef',
			ours: 'string',
			theirs: 'integer',
		});
		expect(found.fields).not.toEqual([]);
		expect(found.tests).not.toEqual([]);
		expect(found.line).toContain('Touches operations Order: Redeem and Pay Out; fields ');
	});

	test('the list in which the node looks for what it has sent is about money, a read is not, and what is new is neither', async () => {
		const found = await reported('finvis', (theirs) => {
			delete at(theirs, 'paths', '/payments/batches/', 'get', 'responses')['200'];
			delete at(theirs, 'paths', '/reporting/positions').get;
			at(theirs, 'paths')['/brand/new'] = { get: { responses: {} } };
		});
		expect(found.map(({ severity, routes }) => [severity, ...routes])).toEqual([
			['money', 'GET /payments/batches/'],
			['fails', 'GET /reporting/positions'],
			['new', 'GET /brand/new'],
		]);
	});

	test('an order that the API no longer takes names the tests that place one', async () => {
		const [found] = await reported('fondo', (theirs) => delete at(theirs, 'paths', '/v2/partner/client/{client_id}/order').post);
		expect(found.operations).toEqual(['order.create']);
		expect(found.tests).toContain('test/simulation/oracle.ts');
		expect(found.docs).toEqual(expect.arrayContaining([expect.stringMatching(/^docs\/fondo\/order\.md:\d+$/)]));
	});
});

describe('what cannot be read', () => {
	const server = useServer();
	const refused = async (source: string) => {
		const [{ message, exitCode }] = (await compareSources([source])).failures;
		return `${exitCode} ${message.replace(folder, '')}`;
	};

	test.each([
		['a.yaml', 'a: [1', /^2 \/a\.yaml cannot be read: it is neither YAML nor JSON/],
		['a.json', '{"openapi": ', /^2 \/a\.json cannot be read: it is neither YAML nor JSON/],
		['b.yaml', 'a: 1', /^2 \/b\.yaml cannot be read: it has no line 'openapi: 3…'/],
		['c.yaml', "swagger: '2.0'", /^2 \/c\.yaml cannot be read: it is OpenAPI 2\.0/],
		['d.yaml', 'openapi: 3.0.0\npaths: { /a: { $ref: "#/nowhere" } }', /^2 \/d\.yaml cannot be read: a \$ref leads nowhere/],
		[
			'e.yaml',
			'openapi: 3.0.0\npaths: { /a: { $ref: "http://127.0.0.1:1/a.yaml" } }',
			/^2 \/e\.yaml cannot be read: a \$ref leads nowhere/,
		],
		[
			'f.yaml',
			'openapi: 3.0.0\ninfo: { title: Somebody }\npaths: {}',
			/^2 \/f\.yaml cannot be read: it is neither about Fondo nor about Finvis/,
		],
	])('%s: %s', async (name, content, message) => expect(await refused(write(name, content))).toMatch(message));

	test('no file, an empty folder, and a server that gives no file', async () => {
		expect(await refused(join(folder, 'nowhere.yaml'))).toBe('2 /nowhere.yaml cannot be read: there is no such file or folder');
		mkdirSync(join(folder, 'empty'));
		expect(await refused(join(folder, 'empty'))).toBe('2 /empty cannot be read: no file in it is an OpenAPI file');
		server.answer = ({ path }) => (path === '/page' ? { body: '<!DOCTYPE html><p>moved' } : { status: 404 });
		expect(await refused(`${server.url}/page`)).toBe(`2 ${server.url}/page cannot be read: the server answers with a web page`);
		expect(await refused(`${server.url}/x.yaml`)).toBe(`2 ${server.url}/x.yaml cannot be read: the server answers 404`);
		expect(await refused('http://127.0.0.1:1/x.yaml')).toMatch(/^2 http:\/\/127\.0\.0\.1:1\/x\.yaml cannot be read: /);
	});

	test('a file at an address is compared like a file on the disk', async () => {
		server.answer = () => ({ body: readFileSync(pathOf('finvis'), 'utf8').replace('  /reporting/positions:', '  /reporting/holdings:') });
		const found = await lines(`${server.url}/openapi.yaml`);
		expect(found.map((line) => line.split(':')[0])).toEqual(['GET /reporting/positions, operation', 'GET /reporting/holdings, operation']);
	});
});

test('the notes give the addresses of the public files', () => {
	expect(addressesIn(readFileSync(join(root, 'contracts/NOTES.md'), 'utf8'))).toEqual([
		'https://docs.fondo.se/_bundle/openapi/api.yaml',
		'https://fondo-api-docs.redocly.app/_bundle/openapi/api_3.0.3.yaml',
		'https://finvis.se/openapi.yaml',
	]);
});

test('the command ends with 0 when equal, with 1 and a line when different, and with 2 and advice when a file cannot be read', async () => {
	const run = async (...args: string[]) =>
		await new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
			execFile(process.execPath, [join(root, 'tools/base/command.js'), 'contracts', 'compare', ...args], (error, stdout, stderr) =>
				done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
			);
		});
	const changed = write('gone.yaml', readFileSync(pathOf('finvis'), 'utf8').replace('  /reporting/positions:', '  /reporting/holdings:'));
	const [equal, different, unreadable] = await Promise.all([
		run(join(root, 'contracts')),
		run('--json', changed),
		run(join(folder, 'nowhere.yaml'), join(root, 'contracts')),
	]);
	expect(equal).toMatchObject({ code: 0, stderr: '' });
	expect(equal.stdout.match(/: equal$/gm)).toHaveLength(2);
	expect(different).toMatchObject({ code: 1, stderr: expect.stringContaining('2 differences') });
	expect(JSON.parse(different.stdout)).toMatchObject([{ file: changed, differences: [{ severity: 'fails' }, { severity: 'new' }] }]);
	expect(unreadable).toMatchObject({ code: 2, stderr: expect.stringContaining('What to do: check the name') });
	expect(unreadable.stdout.match(/: equal$/gm)).toHaveLength(2);
}, 300_000);
