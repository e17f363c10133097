// The stack that tools/e2e/cli.mjs has started, as the tests reach it.
import { EXAMPLE } from '../../tools/demo/sweep.mjs';
import { keptService } from '../../tools/keeper.mjs';
import { N8nClient } from '../../tools/n8n-host/client.mjs';
import { sandboxAt } from '../../tools/sandbox/client.mjs';
import { credentialsFor, OWNER, saveCredentials, saveExample } from '../../tools/stack.mjs';

const started = process.env.FONDO_FINVIS_E2E;
if (!started) throw new Error('The end-to-end tests run with `npm run e2e`, which starts what they need');

export const { tarball, dataFolder, editorUrl, ports, keeperUrl } = JSON.parse(started);
/** n8n itself: it can be stopped or killed, and started again on the same data and address. */
export const n8n = keptService(keeperUrl, 'n8n');
export const sandbox = sandboxAt(ports);
export const [fondo, finvis] = credentialsFor(sandbox);

/** n8n as the owner sees it, with both credentials saved: { client, credentials }. */
export async function signedIn() {
	const client = new N8nClient(editorUrl);
	await client.signIn(OWNER);
	return { client, credentials: await saveCredentials(client, sandbox) };
}

/** The example workflow in n8n, under a name of its own, with other values in its Settings node where given. */
export async function exampleIn({ client, credentials }, name, settings = {}) {
	const { workflow, trigger } = await saveExample(client, credentials, EXAMPLE);
	const nodes = workflow.nodes.map((node) => (node.name === 'Settings' ? withValues(node, settings) : node));
	return { workflow: await client.createWorkflow({ ...workflow, nodes, name }), trigger };
}

function withValues(node, settings) {
	const assignments = node.parameters.assignments.assignments.map((one) =>
		one.name in settings ? { ...one, value: settings[one.name] } : one,
	);
	return { ...node, parameters: { ...node.parameters, assignments: { assignments } } };
}
