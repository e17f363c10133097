// The whole of the demo as a module: the sandbox, n8n with the packed package, an owner, credentials, the example.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { N8nClient } from './n8n-host/client.mjs';
import { installN8n } from './n8n-host/install.mjs';
import { addCommunityPackage, startN8n } from './n8n-host/start.mjs';
import { requireFreePort } from './ports.mjs';
import { step } from './progress.mjs';
import { projectRoot } from './project.mjs';
import { startSandbox } from './sandbox/start.mjs';
import { restartable } from './service.mjs';

export const OWNER = { email: 'owner@example.com', password: 'Sweep-1dle-cash', firstName: 'Demo', lastName: 'Owner' };

export const readExample = (file) => JSON.parse(readFileSync(join(projectRoot, 'examples', file), 'utf8'));

/** The data of both credentials for a sandbox at these addresses. */
export const credentialsFor = ({ fondoUrl, finvisUrl }) => [
	{
		name: 'Fondo (sandbox)',
		type: 'fondoApi',
		data: { environment: 'custom', baseUrl: fondoUrl, clientId: 'fondo-demo', clientSecret: 'fondo-demo-secret', scope: '' },
	},
	{
		name: 'Finvis (sandbox)',
		type: 'finvisApi',
		data: {
			environment: 'custom',
			baseUrl: finvisUrl,
			tenantMode: 'own',
			tenantId: '6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e',
			clientId: 'finvis-demo',
			clientSecret: 'finvis-demo-secret',
			scopes: ['read:ledger', 'read:payments', 'read:reporting', 'write:payments'],
			trailingSlash: 'contract',
		},
	},
];

/** The example with the credentials filled in, as a user does after importing it. */
function withCredentials({ nodes, ...workflow }, credentials) {
	const byNodeType = { 'n8n-nodes-fondo-finvis.fondo': 'fondoApi', 'n8n-nodes-fondo-finvis.finvis': 'finvisApi' };
	const referenceTo = (type) => {
		const { id, name } = credentials.find((one) => one.type === type);
		return { [type]: { id, name } };
	};
	return {
		...workflow,
		nodes: nodes.map((node) => (byNodeType[node.type] ? { ...node, credentials: referenceTo(byNodeType[node.type]) } : node)),
	};
}

export async function requireFreePorts({ fondo, finvis, admin, n8n }) {
	await requireFreePort(fondo, 'the Fondo API of the sandbox', '--fondo-port');
	await requireFreePort(finvis, 'the Finvis API of the sandbox', '--finvis-port');
	await requireFreePort(admin, 'the admin API of the sandbox', '--admin-port');
	await requireFreePort(n8n, 'n8n', '--n8n-port');
}

/**
 * Starts everything; runTool stops it. ports: { fondo, finvis, admin, n8n }; tarball: the packed package;
 * dataFolder: what n8n remembers; env: more settings of n8n. The `n8n` of the result can be stopped, killed and started again.
 */
export async function startStack({ ports, tarball, dataFolder, env }) {
	const host = await installN8n();
	// Again: installing can take minutes, and another process at our ports would be taken for ours.
	await requireFreePorts(ports);
	const sandbox = await step('Starting the sandbox', async () => await startSandbox(ports, join(dataFolder, 'sandbox.log')));
	const n8n = restartable(async () => await startN8n(host, { userFolder: dataFolder, port: ports.n8n, env }));
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

/** The example in n8n: { workflow, trigger }. One that was changed in the editor is kept, and the example put beside it. */
export async function saveExample(client, credentials, file) {
	const example = withCredentials(readExample(file), credentials);
	const trigger = example.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name;
	if (!trigger) throw new Failure(`examples/${file} has no manual trigger`);
	const existing = (await client.workflowsNamed(example.name)).find((one) => contentOf(one) === contentOf(example));
	return { workflow: existing ?? (await client.createWorkflow(example)), trigger };
}
