// What an AI may do with the nodes, checked in the same way wherever n8n lets an AI call them.
import type { INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import type { SandboxClient } from '../../tools/harness/sandbox';
import { resources as finvisResources } from '../../nodes/Finvis/resources';
import { resources as fondoResources } from '../../nodes/Fondo/resources';
import type { AiHost, AiTool, openMcp } from './aiHosts';
import { byAi, fromAi } from './byAi';

export const REFUSED = 'The AI may not write with this tool';

const subjects = {
	order: { api: 'fondo', resource: 'order', resources: fondoResources },
	batch: { api: 'finvis', resource: 'paymentBatch', resources: finvisResources },
} as const;
type Kind = keyof typeof subjects;
const KINDS = Object.keys(subjects) as Kind[];

/** Ways in which a write is not allowed by the saved node. The AI gives `allow`, `operation` and `resource` as it likes. */
const NOT_ALLOWED: Readonly<Record<string, INodeParameters>> = {
	unasked: {},
	by_the_ai: { letAiWrite: fromAi('allow', 'boolean') },
	by_an_expression: { letAiWrite: '={{ true }}' },
	by_a_text: { letAiWrite: 'true' },
	for_any_operation: { letAiWrite: true, operation: fromAi('operation') },
	for_any_resource: { letAiWrite: true, resource: fromAi('resource') },
};

/** A tool with every field of its operation filled by the AI; of all operations that an expression may choose. n8n publishes no other. */
function writeTool(kind: Kind, how: string, changed: INodeParameters): AiTool {
	const { api, resource, resources } = subjects[kind];
	const isOpen = (name: 'resource' | 'operation') => String(changed[name] ?? '').startsWith('={{ $fromAI');
	const { parameters } = byAi(
		resources,
		(one, operation) => isOpen('resource') || (one === resource && (isOpen('operation') || operation === 'create')),
	);
	const options = { timeout: fromAi('timeout', 'number') };
	return { name: `${kind}_${how}`, api, parameters: { resource, operation: 'create', ...parameters, options, ...changed } };
}

const tools: readonly AiTool[] = [
	{ name: 'read_clients', api: 'fondo', parameters: { resource: 'client', operation: 'getMany' } },
	{ name: 'read_positions', api: 'finvis', parameters: { resource: 'report', operation: 'getPositions' } },
	...KINDS.flatMap((kind) => Object.entries(NOT_ALLOWED).map(([how, changed]) => writeTool(kind, how, changed))),
	...KINDS.map((kind) => writeTool(kind, 'allowed', { letAiWrite: true })),
];

/** A client, and an account of it with cash. */
export async function sampleClient({ fondo }: SandboxClient) {
	const [{ id: client }] = await fondo.read<Array<{ id: string }>>('/client');
	const accounts = await fondo.read<Array<{ id: string; status: string; balance: number }>>(`/client/${client}/account`);
	return { client, account: accounts.find(({ status, balance }) => status === 'active' && balance > 5_000)?.id };
}

/** Declares the tests of one way in which n8n lets an AI call nodes. */
export function testAiTools(open: typeof openMcp) {
	const { owner, sandbox } = useStack();
	let host: AiHost;
	let values: Readonly<Record<Kind, object>>;

	beforeAll(async () => {
		await owner.newWorld();
		const { client, account } = await sampleClient(sandbox);
		const bankAccount = (await sandbox.finvis.list('/accounts/')).find(({ currency }) => currency === 'SEK')?.id;
		const executionDate = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
		const asked = { allow: true, operation: 'create', timeout: 30 };
		const any = (kind: Kind) => ({ ...byAi(subjects[kind].resources, () => true).values, ...asked, resource: subjects[kind].resource });
		values = {
			order: { ...any('order'), client, account, orderType: 'subscription', instrument: 'SE0001862426SEK', amount: 100 },
			batch: { ...any('batch'), account: bankAccount, executionDate, bankDay: 'next' },
		};
		host = await open(owner, tools);
	});
	afterAll(() => host.close?.());

	const writesSent = async () => (await sandbox.requests()).filter(({ method, path }) => method !== 'GET' && !path.includes('/auth/'));

	test('reading is free, with both credentials', async () => {
		expect(await host.call('read_clients')).toContain('Sparbolaget');
		expect(await host.call('read_positions')).toContain('booked_balance');
		expect(await host.names()).toEqual(expect.arrayContaining(tools.map(({ name }) => name)));
	});

	describe.each(KINDS)('%s', (kind) => {
		test.each(Object.keys(NOT_ALLOWED))('%s: refused, and nothing is sent', async (how) => {
			const answer = await host.call(`${kind}_${how}`, { ...values[kind], reference: `${kind}-${how}` });
			expect(answer).toContain(REFUSED);
			expect(await writesSent()).toEqual([]);
			expect(await sandbox.ledger()).toEqual([]);
		});
	});

	test.each(KINDS)('%s allowed: the same reference is executed once', async (kind) => {
		const reference = `${kind}-allowed`;
		const before = await sandbox.ledger();
		expect(await host.call(`${kind}_allowed`, { ...values[kind], reference })).toMatch(/\\?"outcome\\?":\\?"created/);
		expect(await host.call(`${kind}_allowed`, { ...values[kind], reference })).toMatch(/\\?"outcome\\?":\\?"found/);
		expect(await sandbox.requests(kind === 'order' ? 'createOrder' : 'createPaymentBatch')).toHaveLength(1);
		if (kind === 'order') expect((await sandbox.ledger()).slice(before.length)).toMatchObject([{ reference }]);
	});
}
