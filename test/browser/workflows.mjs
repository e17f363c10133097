// Small workflows with our nodes, saved by n8n's own API.
const PACKAGE = 'n8n-nodes-fondo-finvis';
const START = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };

export const byId = (value) => ({ __rl: true, mode: 'id', value });

/** One of our nodes, with the credential it needs. `kind` is fondo or finvis. */
export function nodeOf({ credentials }, kind, parameters) {
	const { id, name, type } = credentials.find((one) => one.type === `${kind}Api`);
	return {
		id: kind,
		name: kind === 'fondo' ? 'Fondo' : 'Finvis',
		type: `${PACKAGE}.${kind}`,
		typeVersion: 1,
		position: [440, 0],
		parameters: { ...parameters, options: {} },
		credentials: { [type]: { id, name } },
	};
}

/** A node that gives one item with these texts. */
export const items = (values) => ({
	id: 'input',
	name: 'Input',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	position: [220, 0],
	parameters: {
		mode: 'manual',
		assignments: { assignments: Object.entries(values).map(([name, value]) => ({ id: name, name, type: 'string', value })) },
		options: {},
	},
});

/** Saves a workflow in which the nodes stand in line after a manual trigger. */
export const saveLine = async (n8n, name, ...following) => await saveChain(n8n, name, START, ...following);

/** Saves a workflow in which the nodes stand in line after a trigger. */
export async function saveChain({ client }, name, trigger, ...following) {
	const nodes = [trigger, ...following];
	const connections = Object.fromEntries(
		following.map((node, index) => [nodes[index].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
	);
	return await client.createWorkflow({ name, nodes, connections, settings: { executionOrder: 'v1' } });
}
