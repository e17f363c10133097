import type { INode, INodeParameterResourceLocator, INodeTypeDescription } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { readExample, saveSweep, SWEEP } from '../../tools/harness/stack';

const { owner } = useStack();

let nodes: readonly INode[];

beforeAll(async () => {
	({ nodes } = (await saveSweep(owner, 'Sweep, for its lists')).workflow);
});

function nodeIn(all: readonly INode[], name: string): INode {
	const found = all.find((one) => one.name === name);
	if (!found) throw new Error(`There is no node '${name}'`);
	return found;
}

async function search(name: string, parameter: string, filter?: string) {
	const node = nodeIn(nodes, name);
	const method = await methodOf(node, parameter);
	return await owner.client.listSearch({ node, path: `parameters.${parameter}`, method, filter });
}

/** The search method of the locator that the panel shows for this node. */
async function methodOf({ type, parameters }: INode, parameter: string): Promise<string> {
	const types: INodeTypeDescription[] = JSON.parse((await owner.client.request('GET', '/types/nodes.json')).body);
	const { resource, operation } = parameters;
	const shown = types
		.find(({ name }) => name === type)
		?.properties.find(
			({ name, displayOptions }) =>
				name === parameter &&
				displayOptions?.show?.resource?.some((one) => one === resource) &&
				displayOptions.show.operation?.some((one) => one === operation),
		);
	const method = shown?.modes?.find(({ name }) => name === 'list')?.typeOptions?.searchListMethod;
	if (!method) throw new Error(`${type} shows no list for ${parameter}`);
	return method;
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
		const { parameters } = nodeIn(readExample(SWEEP).nodes, 'Subscribe to fund');
		for (const parameter of ['client', 'account', 'instrument']) {
			const { value, cachedResultName = '' } = parameters[parameter] as INodeParameterResourceLocator;
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
