import { randomUUID } from 'node:crypto';

const OURS = 'n8n-nodes-fondo-finvis.';

/** The full type name of one of our nodes. */
export const ours = (node) => `${OURS}${node}`;

/** The credential that one of our nodes refers to, also as a tool; none for a node of somebody else. */
export function credentialsOf(type, credentials) {
	if (!type.startsWith(OURS)) return {};
	const needed = type.startsWith(ours('finvis')) ? 'finvisApi' : 'fondoApi';
	const { id, name } = credentials.find((one) => one.type === needed);
	return { [needed]: { id, name } };
}

/**
 * A workflow of nothing but a trigger: { workflow, trigger }. What the trigger gives is in its executions.
 * Without a `type` it is the Fondo Trigger; `settings` are those of the workflow, `own` the credentials of a node of somebody else, the
 * rest are parameters.
 */
export async function saveTriggerWorkflow(
	{ client, credentials },
	name,
	{ type = ours('fondoTrigger'), settings, own = {}, ...parameters },
) {
	const trigger = 'Trigger';
	const node = {
		id: trigger,
		name: trigger,
		type,
		typeVersion: 1,
		position: [0, 0],
		webhookId: randomUUID(),
		parameters: { options: {}, ...parameters },
		credentials: { ...credentialsOf(type, credentials), ...own },
	};
	const workflow = await client.createWorkflow({ name, nodes: [node], connections: {}, settings: { executionOrder: 'v1', ...settings } });
	return { trigger, workflow };
}
