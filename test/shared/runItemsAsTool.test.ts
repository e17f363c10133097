import { ExecuteContext } from 'n8n-core';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import { Finvis } from '../../nodes/Finvis/Finvis.node';
import { Fondo } from '../../nodes/Fondo/Fondo.node';
import { isWrite, mainFieldsOf, optionalFieldsOf } from '../../nodes/shared/resource';
import { apis, operationsIn } from '../support/contract';
import { MemoryCredentials } from '../support/credentials';
import { useBench } from '../support/sandbox';
import { seeded, subscription, type Seeded } from '../support/samples';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});

const written = () => bench.sandbox.admin.requests().filter(({ method, path }) => method !== 'GET' && !/\/auth\//.test(path)).length;
const fromAi = (name: string, type = 'string') => `={{ $fromAI('${name}', 'what the model says', '${type}') }}`;

const writes = apis.flatMap(({ contract, resources }) =>
	operationsIn(resources)
		.filter(({ operation }) => isWrite(operation))
		.map(({ at, operation }) => ({ api: contract.name, at, operation })),
);

/** What a model says for each parameter, also for those that it should not be asked for. */
const said = { letAiWrite: true, reference: 'from-ai' };

/** Everything that is not the literal `true` of the saved node. */
const switches: Array<[string, INodeParameters]> = [
	['left out', {}],
	['off', { letAiWrite: false }],
	['an expression that the model fills', { letAiWrite: fromAi('letAiWrite', 'boolean') }],
	['an expression that gives true', { letAiWrite: '={{ true }}' }],
	['the text true', { letAiWrite: 'true' }],
	['the number 1', { letAiWrite: 1 }],
	['in the options', { options: { letAiWrite: true } }],
	['in the additional fields', { additionalFields: { letAiWrite: true } }],
];

/** As n8n's Agents run a tool: the Tool type without a workflow that is saved, in the mode `internal`. */
async function asAgent(api: string, parameters: INodeParameters, args: IDataObject) {
	const credentials = new MemoryCredentials({ c1: (api === 'fondo' ? bench.fondo() : bench.finvis()).credential });
	const type = api === 'fondo' ? new Fondo() : new Finvis();
	const description = { ...type.description, name: `${api}Tool` };
	const node: INode = {
		id: 'ephemeral',
		name: 'Target Node',
		type: `${api}Tool`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { [`${api}Api`]: { id: 'c1', name: 'c' } },
	};
	const nodeType = { description };
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
	const items = [{ json: args }];
	const context = new ExecuteContext(
		workflow,
		node,
		{
			credentialsHelper: credentials,
			webhookWaitingBaseUrl: 'http://n8n/waiting',
			formWaitingBaseUrl: 'http://n8n/form',
			variables: {},
		} as never,
		'internal',
		createRunExecutionData({}),
		0,
		items,
		{ main: [items] },
		{ node, data: { main: [items] }, source: null },
		[],
	);
	return (await type.execute.call(context))[0].map(({ json }) => json);
}

describe.each(writes)('a model cannot write with $api $at', ({ api, at, operation }) => {
	const [resource, key] = at.split('.');
	const run = async (parameters: INodeParameters) => {
		const engine = api === 'fondo' ? bench.fondo() : bench.finvis();
		return await engine.run({ type: `${api}Tool`, parameters: { resource, operation: key, ...parameters } }, [
			{ ...said, resource, operation: key },
		]);
	};
	const all = Object.keys({ ...mainFieldsOf(operation), ...operation.perRow });
	const fields = Object.fromEntries(all.map((name) => [name, fromAi(name)]));
	const additionalFields = Object.fromEntries(Object.keys(optionalFieldsOf(operation)).map((name) => [name, fromAi(name)]));

	test.each(switches)("while 'Let the AI Write' is %s", async (_, changed) => {
		const before = written();
		const { error } = await run({ ...fields, additionalFields, ...changed });
		expect(error?.message).toBe('The AI may not write with this tool');
		expect(written()).toBe(before);
	});

	test.each([
		['resource', { resource: fromAi('resource') }],
		['operation', { operation: fromAi('operation') }],
		['operation, by an expression that gives it', { operation: `={{ '${key}' }}` }],
	])('where the model chooses the %s', async (_, chosen) => {
		const before = written();
		const parameters = { resource, operation: key, ...fields, letAiWrite: true, ...chosen };
		await expect(asAgent(api, parameters, { ...said, resource, operation: key })).rejects.toThrow(
			/The AI may not write|There is no operation/,
		);
		expect(written()).toBe(before);
	});
});

describe("in n8n's Agents, without a workflow", () => {
	test('a read works, with what the model says', async () => {
		const parameters = { resource: 'order', operation: 'getMany', client: { __rl: true, mode: 'id', value: fromAi('client') } };
		expect(await asAgent('fondo', parameters as never, { client: seed.client })).not.toEqual([]);
	});

	test('a write is refused, and allowed only by the literal true of the tool', async () => {
		const { resource, operation, parameters } = subscription(seed, { reference: fromAi('reference'), amount: 100 });
		const tool = (letAiWrite: unknown) => ({ resource, operation, ...parameters, letAiWrite }) as INodeParameters;
		for (const notAllowed of [undefined, fromAi('letAiWrite', 'boolean'), 'true'])
			await expect(asAgent('fondo', tool(notAllowed), { reference: 'agent-1', letAiWrite: true })).rejects.toThrow(
				'The AI may not write with this tool',
			);
		expect(bench.sandbox.admin.ledger('agent-1')).toEqual([]);
		expect((await asAgent('fondo', tool(true), { reference: 'agent-1' }))[0].receipt).toMatchObject({ outcome: 'created' });
		// Without a workflow n8n keeps no memory; the process and Fondo's list do.
		expect((await asAgent('fondo', tool(true), { reference: 'agent-1' }))[0].receipt).toMatchObject({ outcome: 'found' });
		expect(bench.sandbox.admin.ledger('agent-1')).toHaveLength(1);
	});
});
