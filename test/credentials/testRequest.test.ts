import type { ICredentialDataDecryptedObject, ICredentialType, INode } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { FinvisApi } from '../../credentials/FinvisApi.credentials';
import { FondoApi } from '../../credentials/FondoApi.credentials';

const node: INode = { id: '1', name: 'Test', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} };
const nodeType = { description: { properties: [] } };
const workflow = new Workflow({
	nodes: [node],
	connections: {},
	active: false,
	nodeTypes: { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) } as never,
});

/** Evaluates the test of a credential with n8n's own expression engine, as n8n does. */
const evaluate = (value: string | undefined, credentials: ICredentialDataDecryptedObject) =>
	workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: credentials } as never);

function addressOf({ test }: ICredentialType, credentials: ICredentialDataDecryptedObject): string {
	const { baseURL, url } = test!.request;
	return `${String(evaluate(baseURL, credentials))}${String(evaluate(url, credentials))}`;
}

const fondo = new FondoApi();
const finvis = new FinvisApi();

test.each([
	['production', '', 'https://api.fondo.se'],
	['sandbox', '', 'https://api.sandbox.fondo.se'],
	['npc', '', 'https://api.npc.fondo.se'],
	['local', '', 'http://127.0.0.1:4010'],
	['production', 'https://left.over', 'https://api.fondo.se'],
	['custom', 'https://api.example.se', 'https://api.example.se'],
	['custom', 'https://api.example.se//', 'https://api.example.se'],
	['custom', ' https://api.example.se/ ', 'https://api.example.se'],
])('Fondo in %s with the base URL %s', (environment, baseUrl, address) => {
	expect(addressOf(fondo, { environment, baseUrl })).toBe(`${address}/v2/partner/client`);
});

test('the test of Fondo requests one client only', () => {
	expect(fondo.test.request.qs).toEqual({ limit: 1 });
});

const all = ['read:ledger', 'read:payments', 'read:reconciliation', 'read:reporting', 'write:payments'];

test.each([
	['production', '', 'https://api.finvis.se/public'],
	['sandbox', '', 'https://sandbox.finvis.se/public'],
	['local', '', 'http://127.0.0.1:4020/public'],
	['custom', 'https://api.example.se/public/', 'https://api.example.se/public'],
	['custom', ' https://api.example.se/public ', 'https://api.example.se/public'],
])('Finvis in %s with the base URL %s', (environment, baseUrl, address) => {
	expect(addressOf(finvis, { environment, baseUrl, scopes: all, trailingSlash: 'contract' })).toBe(`${address}/accounts/`);
});

test.each([
	[all, 'contract', '/accounts/'],
	[all, 'always', '/accounts/'],
	[all, 'never', '/accounts'],
	[['read:payments'], 'contract', '/payments/batches/'],
	[['read:payments'], 'never', '/payments/batches'],
	[['write:payments', 'read:reporting'], 'contract', '/reporting/positions'],
	[['read:reporting'], 'always', '/reporting/positions/'],
	[['read:reconciliation'], 'contract', '/reconciliation/matches'],
	[['read:reconciliation'], 'never', '/reconciliation/matches'],
	[['admin:public_api'], 'contract', '/webhooks/'],
	[['write:payments'], 'contract', '/companies'],
	[['write:payments'], 'always', '/companies/'],
	[[], 'contract', '/companies'],
	[undefined, undefined, '/companies'],
])('Finvis with the scopes %j and the slash %s reads a path that they permit', (scopes, trailingSlash, path) => {
	expect(addressOf(finvis, { environment: 'production', scopes, trailingSlash } as never)).toBe(`https://api.finvis.se/public${path}`);
});

test.each<[string, number, RegExp, ICredentialType]>([
	['Fondo', 403, /the scope account:read is missing/, fondo],
	['Fondo', 404, /not the Fondo Partner API/, fondo],
	['Finvis', 403, /lacks a chosen scope, or the tenant ID/, finvis],
	['Finvis', 404, /not the Finvis Public API.*'Trailing Slash'/, finvis],
])('%s has a message for %i', (_, status, words, { test: request }) => {
	const rule = request?.rules?.find(({ properties }) => 'value' in properties && properties.value === status);
	expect(rule?.properties.message).toMatch(words);
});
