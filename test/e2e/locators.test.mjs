import { beforeAll, describe, expect, test } from '@jest/globals';
import { readExample } from '../../tools/stack.mjs';
import { EXAMPLE } from '../../tools/demo/sweep.mjs';
import { exampleIn, signedIn } from './stack.mjs';

let client;
let node;

beforeAll(async () => {
	const n8n = await signedIn();
	({ client } = n8n);
	const { workflow } = await exampleIn(n8n, 'Sweep, for its lists');
	node = (name) => workflow.nodes.find((one) => one.name === name);
});

const search = async (name, parameter, filter) =>
	await client.listSearch({
		node: node(name),
		path: `parameters.${parameter}`,
		method: node(name) && methodOf(await typeOf(name), name, parameter),
		filter,
	});

async function typeOf(name) {
	const types = JSON.parse((await client.request('GET', '/types/nodes.json')).body);
	return types.find((type) => type.name === node(name).type);
}

/** The search method of the locator that the panel shows for this node. */
function methodOf({ properties }, name, parameter) {
	const { resource, operation } = node(name).parameters;
	const shown = properties.find(
		(property) =>
			property.name === parameter &&
			property.displayOptions.show.resource.includes(resource) &&
			property.displayOptions.show.operation.includes(operation),
	);
	return shown.modes.find(({ name: mode }) => mode === 'list').typeOptions.searchListMethod;
}

describe('what a From List field shows', () => {
	test.each([
		['Subscribe to fund', 'client'],
		['Subscribe to fund', 'account'],
		['Subscribe to fund', 'instrument'],
		['Prepare transfer', 'account'],
		['Submit transfer', 'paymentBatch'],
		['Approve', 'approval'],
	])('%s: %s', async (name, parameter) => {
		const { results } = await search(name, parameter);
		expect(results.length).toBeGreaterThan(0);
		for (const { name: label, value } of results) {
			expect(label).toEqual(expect.any(String));
			expect(value).toEqual(expect.any(String));
			expect(label).not.toContain('undefined');
		}
	});

	test('the choices of the example are in its lists, under the names it shows', async () => {
		const { parameters } = readExample(EXAMPLE).nodes.find((one) => one.name === 'Subscribe to fund');
		for (const parameter of ['client', 'account', 'instrument']) {
			const { value, cachedResultName } = parameters[parameter];
			const { results } = await search('Subscribe to fund', parameter, cachedResultName.split(' (')[0]);
			const found = results.find((one) => one.value === value);
			expect(found?.name).toContain(cachedResultName.split(' (')[0]);
		}
	});

	test('a filter leaves what matches', async () => {
		const { results } = await search('Subscribe to fund', 'instrument', 'adrigo');
		expect(results.length).toBeGreaterThan(0);
		for (const { name } of results) expect(name).toMatch(/adrigo/i);
		expect((await search('Subscribe to fund', 'instrument', 'no such fund')).results).toEqual([]);
	});
});
