/**
 * A workflow of nothing but a trigger: { workflow, trigger }. What the trigger gives is in its executions.
 * Without a `type` it is the Fondo Trigger; `settings` are those of the workflow, the rest are parameters.
 */
export async function saveTriggerWorkflow({ client, credentials }, name, { type = ours('fondoTrigger'), settings, ...parameters }) {
	const { id, name: called } = credentials.find((one) => one.type === 'fondoApi');
	const trigger = 'Trigger';
	const node = {
		id: trigger,
		name: trigger,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: { options: {}, ...parameters },
		credentials: type.startsWith(ours('')) ? { fondoApi: { id, name: called } } : {},
	};
	const workflow = await client.createWorkflow({ name, nodes: [node], connections: {}, settings: { executionOrder: 'v1', ...settings } });
	return { trigger, workflow };
}

/** The full type name of one of our nodes. */
export const ours = (node) => `n8n-nodes-fondo-finvis.${node}`;
