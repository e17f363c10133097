// The whole of the demo as a module: the sandbox, n8n with the packed package, an owner, credentials, the example.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { N8nClient } from './n8n-host/client.mjs';
import { installN8n } from './n8n-host/install.mjs';
import { addCommunityPackage, startN8n } from './n8n-host/start.mjs';
import { credentialsOf } from './n8n-host/triggerWorkflow.mjs';
import { requireFreePort } from './ports.mjs';
import { step } from './progress.mjs';
import { projectRoot } from './project.mjs';
import { SANDBOX_PORTS, sandboxAt } from './sandbox/client.mjs';
import { startSandbox } from './sandbox/start.mjs';
import { restartable } from './service.mjs';

export const OWNER = { email: 'owner@example.com', password: 'Sweep-1dle-cash', firstName: 'Demo', lastName: 'Owner' };

/** The files of all examples. */
export const EXAMPLES = readdirSync(join(projectRoot, 'examples')).filter((file) => file.endsWith('.json'));

export const readExample = (file) => JSON.parse(readFileSync(join(projectRoot, 'examples', file), 'utf8'));

const local = sandboxAt(SANDBOX_PORTS);
const at = (baseUrl, localUrl) => ({ environment: baseUrl === localUrl ? 'local' : 'custom', baseUrl });

/** The data of both credentials for a sandbox at these addresses. */
export const credentialsFor = ({ fondoUrl, finvisUrl }) => [
	{
		name: 'Fondo (sandbox)',
		type: 'fondoApi',
		data: { ...at(fondoUrl, local.fondoUrl), clientId: 'fondo-demo', clientSecret: 'fondo-demo-secret', scope: '' },
	},
	{
		name: 'Finvis (sandbox)',
		type: 'finvisApi',
		data: {
			...at(finvisUrl, local.finvisUrl),
			tenantMode: 'own',
			tenantId: '6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e',
			clientId: 'finvis-demo',
			clientSecret: 'finvis-demo-secret',
			scopes: ['read:ledger', 'read:payments', 'read:reconciliation', 'read:reporting', 'write:payments', 'admin:public_api'],
			trailingSlash: 'contract',
		},
	},
];

/** The example with the credentials filled in, as a user does after importing it. */
export function exampleWith(credentials, file) {
	const { nodes, ...workflow } = readExample(file);
	const filledIn = nodes.map((node) => ({ ...node, credentials: credentialsOf(node.type, credentials) }));
	return { ...workflow, nodes: filledIn };
}

export async function requireFreePorts({ fondo, finvis, admin, n8n }) {
	await requireFreePort(fondo, 'the Fondo API of the sandbox', '--fondo-port');
	await requireFreePort(finvis, 'the Finvis API of the sandbox', '--finvis-port');
	await requireFreePort(admin, 'the admin API of the sandbox', '--admin-port');
	await requireFreePort(n8n, 'n8n', '--n8n-port');
}

/**
 * Starts everything; runTool stops it. ports: { fondo, finvis, admin, n8n }; tarball: the packed package;
 * dataFolder: what n8n remembers; env, nodeOptions: more settings of n8n and of its Node; speed: of the sandbox's clock. The `n8n` of the result can be stopped, killed and started again.
 */
export async function startStack({ ports, tarball, dataFolder, env, nodeOptions, speed }) {
	const host = await installN8n();
	// Again: installing can take minutes, and another process at our ports would be taken for ours.
	await requireFreePorts(ports);
	const sandbox = await step('Starting the sandbox', async () => await startSandbox(ports, join(dataFolder, 'sandbox.log'), { speed }));
	const n8n = restartable(async () => await startN8n(host, { userFolder: dataFolder, port: ports.n8n, env, nodeOptions }));
	await step('Starting n8n with the packed package', async () => {
		await addCommunityPackage(dataFolder, tarball);
		await n8n.start();
	});
	const editorUrl = `http://127.0.0.1:${ports.n8n}`;
	const client = new N8nClient(editorUrl);
	await client.signIn(OWNER);
	return { sandbox, client, editorUrl, n8n };
}

export async function saveCredentials(client, sandbox) {
	const saved = [];
	for (const credential of credentialsFor(sandbox)) saved.push(await client.saveCredential(credential));
	return saved;
}

const contentOf = ({ nodes, connections }) => JSON.stringify([nodes.map(({ name, parameters }) => [name, parameters]), connections]);

/**
 * The example in n8n: { workflow, trigger }, trigger being the one that starts by hand, if there is one. An example that was
 * changed in the editor is kept, and the original put beside it.
 */
export async function saveExample(client, credentials, file) {
	const example = exampleWith(credentials, file);
	const trigger = example.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name;
	const existing = (await client.workflowsNamed(example.name)).find((one) => contentOf(one) === contentOf(example));
	return { workflow: existing ?? (await client.createWorkflow(example)), trigger };
}
