// Each package of one service on an n8n of its own: first beside the package with both services, then alone.
import { rmSync } from 'node:fs';
import type { INode } from 'n8n-workflow';
import { stopAll } from '../../tools/base/processes';
import { SERVICES } from '../../tools/e2e/services';
import { jsonOf, reasonOf, type SavedWorkflow } from '../../tools/harness/n8n/client';
import { Executions } from '../../tools/harness/n8n/executions';
import { addCommunityPackage, nodesFolder } from '../../tools/harness/n8n/start';
import { ourNode, ours, saveManualWorkflow, saveTriggerWorkflow } from '../../tools/harness/n8n/workflow';
import { packAll } from '../../tools/harness/pack';
import {
	EXAMPLES,
	exampleWith,
	freePorts,
	OWNER,
	readExample,
	saveCredentials,
	startStack,
	temporaryFolder,
	type Stack,
} from '../../tools/harness/stack';
import { until } from '../../tools/harness/until';
import { move } from '../../tools/moveWorkflow/move';

const PATIENCE_MS = 60_000;
/** What a run by hand lacks: a person who answers, days that pass, a mail server, a model. */
const OUTSIDE = /waitForOutcome|waitUntil|"(n8n-nodes-base\.(wait|emailSend|form)|@n8n)/;

let both: string;
let single: Readonly<Record<string, string>>;
beforeAll(async () => {
	const packed = await packAll(temporaryFolder('packages'));
	both = packed[0].tarball;
	single = { fondo: packed[1].tarball, finvis: packed[2].tarball };
});
afterAll(async () => await stopAll());

describe.each(SERVICES)('n8n-nodes-$api', ({ api, read, write, trigger, listen, happen }) => {
	const name = `n8n-nodes-${api}`;
	const dataFolder = temporaryFolder(name);
	let stack: Stack;
	let listening: SavedWorkflow;
	let paying: SavedWorkflow;
	const happened: string[] = [];

	const owner = async () => ({ client: stack.client, credentials: await saveCredentials(stack.client, stack.sandbox) });

	/** Runs a node behind a manual trigger: what it gave. */
	async function run(workflow: SavedWorkflow, node: string) {
		const execution = await stack.client.run(workflow);
		if (execution.status !== 'success') throw new Error(reasonOf(execution));
		return jsonOf<{ id: string; receipt?: { outcome: string } }>(execution, node);
	}

	/** Changes the saved workflow as the new file says. */
	async function replace({ id }: SavedWorkflow, change: (text: string) => string): Promise<SavedWorkflow> {
		const saved = await stack.client.workflow(id);
		const { nodes, connections, versionId }: SavedWorkflow = JSON.parse(change(JSON.stringify(saved)));
		return await stack.client.call('PATCH', `/rest/workflows/${id}`, { name: saved.name, nodes, connections, versionId });
	}

	const toThisPackage = (text: string) => move(text, name).text;
	const typesOf = ({ nodes }: SavedWorkflow) => nodes.map(({ type }) => type).filter((type) => !type.startsWith('n8n-nodes-base.'));

	/** Something happens at the API: the workflow starts for it, once, and a second time for nothing before. */
	async function expectOneMoreStart() {
		happened.push(await happen(stack.sandbox));
		const executions = new Executions<{ id: string }>(stack.client, { workflow: listening, trigger: 'Trigger' });
		const seen = async () => (await executions.read()).flatMap(({ items }) => items.map(({ id }) => id));
		await until(async () => (await seen()).length >= happened.length, { what: 'the trigger starts', timeoutMs: PATIENCE_MS });
		expect(await seen()).toEqual(happened);
	}

	/** Another reference in the workflow that writes. */
	const pay = async (reference: string) => {
		const parameters = await write(stack.sandbox, reference);
		const change = (node: INode) => (node.name === 'Write' ? { ...node, parameters: { ...node.parameters, ...parameters } } : node);
		paying = await replace(paying, (text) => {
			const workflow: SavedWorkflow = JSON.parse(text);
			return JSON.stringify({ ...workflow, nodes: workflow.nodes.map(change) });
		});
		return (await run(paying, 'Write'))[0];
	};

	afterAll(async () => await stack.n8n.stop());

	test('moved from the package with both services, references, memory and trigger go on where they were', async () => {
		// Both packages are installed, as while somebody moves.
		await addCommunityPackage(dataFolder, single[api]);
		stack = await startStack({ ports: await freePorts(), tarball: both, dataFolder });
		const saved = await owner();
		const settings = { name: 'Write' };
		paying = await saveManualWorkflow(saved, 'Pays', ourNode(saved, api, await write(stack.sandbox, 'A'), settings));
		({ workflow: listening } = await saveTriggerWorkflow(saved, 'Listens', {
			type: ours(trigger),
			parameters: await listen(stack.sandbox),
		}));
		await stack.client.publish(listening);
		const first = await pay('A');
		expect(first.receipt?.outcome).toBe('created');
		await expectOneMoreStart();
		const addresses = async () => (await stack.sandbox.webhooks()).map(({ url }) => url);
		const before = await addresses();
		const moves = async () => (await stack.sandbox.ledger()).length;
		const moved = await moves();

		[paying, listening] = [await replace(paying, toThisPackage), await replace(listening, toThisPackage)];
		await stack.client.publish(listening);
		expect([...typesOf(paying), ...typesOf(listening)]).toEqual([`${name}.${api}`, `${name}.${trigger}`]);
		const again = await pay('A');
		expect([again.id, again.receipt?.outcome]).toEqual([first.id, 'found']);
		expect(await moves()).toBe(moved);
		await expectOneMoreStart();
		expect(await addresses()).toEqual(before);
	});

	test('alone on n8n it reads, writes once and starts', async () => {
		await stack.n8n.stop();
		rmSync(nodesFolder(dataFolder), { recursive: true });
		await addCommunityPackage(dataFolder, single[api]);
		await stack.n8n.start();
		await stack.client.signIn(OWNER);
		const nodes: Array<{ name: string }> = JSON.parse((await stack.client.request('GET', '/types/nodes.json')).body);
		const mine = nodes.map((node) => node.name).filter((type) => /^n8n-nodes-(fondo|finvis)/.test(type));
		expect(mine).toContain(`${name}.${api}`);
		expect(mine.filter((type) => !type.startsWith(`${name}.`))).toEqual([]);

		const saved = await owner();
		const reading = await saveManualWorkflow(saved, 'Reads', ourNode(saved, api, read, { name: 'Read' }));
		expect((await run(await replace(reading, toThisPackage), 'Read')).length).toBeGreaterThan(0);
		const created = await pay('B');
		const found = await pay('B');
		expect([created.receipt?.outcome, found.receipt?.outcome, found.id]).toEqual(['created', 'found', created.id]);
		expect((await pay('A')).receipt?.outcome).toBe('found');
		await expectOneMoreStart();
	});

	const runnable = EXAMPLES.filter((file) => {
		const { nodes } = readExample(file);
		const types = nodes.map(({ type }) => type);
		const isOfThis =
			types.some((type) => type.startsWith(ours(api))) && !types.some((type) => type.startsWith(ours('')) && !type.startsWith(ours(api)));
		return isOfThis && types.includes('n8n-nodes-base.manualTrigger') && !OUTSIDE.test(JSON.stringify(nodes));
	});

	test.each(runnable)('alone on n8n it runs the example %s', async (file) => {
		const { credentials } = await owner();
		const example = exampleWith(credentials, file);
		const saved = await stack.client.createWorkflow(JSON.parse(toThisPackage(JSON.stringify(example))));
		const trigger = example.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name;
		const execution = await stack.client.run(saved, trigger);
		expect([execution.status, execution.status === 'success' ? '' : reasonOf(execution)]).toEqual(['success', '']);
	});
});
