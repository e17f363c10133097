// The sandbox, n8n with the packed package, its owner, credentials and examples.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { step } from '../base/progress';
import { projectRoot } from '../base/project';
import { N8nClient, type Account, type CredentialData, type SavedCredential, type SavedWorkflow, type WorkflowContent } from './n8n/client';
import { installN8n } from './n8n/install';
import { addCommunityPackage, startN8n, type Settings } from './n8n/start';
import { credentialsOf, type Owner, type SavedTrigger } from './n8n/workflow';
import { OWNER } from './owner';
import { pack } from './pack';
import { freePort, requireFreePort } from './ports';
import { SANDBOX_PORTS, SandboxClient, startSandbox, type SandboxPorts } from './sandbox';
import { restartable, type Restartable } from './service';

export { OWNER };

/** The example that the demo runs. */
export const SWEEP = 'sweep-idle-cash.json';

const EXAMPLES_FOLDER = join(projectRoot, 'examples');

/** The files of all examples. */
export const EXAMPLES = readdirSync(EXAMPLES_FOLDER).filter((file) => file.endsWith('.json'));

export const readExample = (file: string): WorkflowContent & { nodes: INode[] } =>
	JSON.parse(readFileSync(join(EXAMPLES_FOLDER, file), 'utf8'));

const local = new SandboxClient(SANDBOX_PORTS);
const at = (baseUrl: string, localUrl: string) => ({ environment: baseUrl === localUrl ? 'local' : 'custom', baseUrl });

export interface FondoCredential extends CredentialData {
	readonly data: { environment: string; baseUrl: string; clientId: string; clientSecret: string; scope: string };
}

export interface FinvisCredential extends CredentialData {
	readonly data: {
		environment: string;
		baseUrl: string;
		tenantMode: string;
		tenantId: string;
		clientId: string;
		clientSecret: string;
		scopes: string[];
		trailingSlash: string;
	};
}

/** The data of both credentials for a sandbox. */
export const credentialsFor = ({ fondoUrl, finvisUrl, clientSuffix }: SandboxClient): [FondoCredential, FinvisCredential] => [
	{
		name: 'Fondo (sandbox)',
		type: 'fondoApi',
		data: { ...at(fondoUrl, local.fondoUrl), clientId: `fondo-demo${clientSuffix}`, clientSecret: 'fondo-demo-secret', scope: '' },
	},
	{
		name: 'Finvis (sandbox)',
		type: 'finvisApi',
		data: {
			...at(finvisUrl, local.finvisUrl),
			tenantMode: 'own',
			tenantId: '6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e',
			clientId: `finvis-demo${clientSuffix}`,
			clientSecret: 'finvis-demo-secret',
			scopes: ['read:ledger', 'read:payments', 'read:reconciliation', 'read:reporting', 'write:payments', 'admin:public_api'],
			trailingSlash: 'contract',
		},
	},
];

export async function saveCredentials(client: N8nClient, sandbox: SandboxClient): Promise<SavedCredential[]> {
	const saved: SavedCredential[] = [];
	for (const credential of credentialsFor(sandbox)) saved.push(await client.saveCredential(credential));
	return saved;
}

/** The example with the credentials filled in, as a user does after the import. */
export function exampleWith(credentials: readonly SavedCredential[], file: string): WorkflowContent & { nodes: INode[] } {
	const { nodes, ...workflow } = readExample(file);
	return { ...workflow, nodes: nodes.map((node) => ({ ...node, credentials: credentialsOf(node.type, credentials) })) };
}

const contentOf = ({ nodes, connections }: WorkflowContent) =>
	JSON.stringify([nodes.map(({ name, parameters }) => [name, parameters]), connections]);

export interface SavedExample {
	readonly workflow: SavedWorkflow;
	/** The manual trigger, where the example has one. */
	readonly trigger: string | undefined;
}

/** Saves the example in n8n. An example that a user changed in the editor is kept, and the original is saved beside it, with a number behind its name. */
export async function saveExample({ client, credentials }: Owner, file: string): Promise<SavedExample> {
	const example = exampleWith(credentials, file);
	const trigger = example.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name;
	for (let copy = 1; ; copy += 1) {
		const name = copy === 1 ? example.name : `${example.name} (${copy})`;
		const named = await client.workflowsNamed(name);
		const existing = named.find((one) => contentOf(one) === contentOf(example));
		if (existing !== undefined) return { workflow: existing, trigger };
		if (named.length === 0) return { workflow: await client.createWorkflow({ ...example, name }), trigger };
	}
}

/** The nodes with other values in the Settings node of an example. */
export function withSettings(nodes: readonly INode[], settings: Readonly<Record<string, unknown>>): INode[] {
	return nodes.map((node) => {
		if (node.name !== 'Settings') return node;
		const { assignments } = node.parameters.assignments as unknown as { assignments: Array<{ name: string; value: unknown }> };
		const unknown = Object.keys(settings).filter((name) => !assignments.some((one) => one.name === name));
		if (unknown.length > 0) throw new Error(`The Settings of the example have no ${unknown.join(', ')}`);
		const changed = assignments.map((one) => (one.name in settings ? { ...one, value: settings[one.name] } : one));
		return { ...node, parameters: { ...node.parameters, assignments: { assignments: changed } as never } };
	});
}

/** The sweep example under another name, with other values in its Settings node where given. */
export async function saveSweep(owner: Owner, name: string, settings: Readonly<Record<string, unknown>> = {}): Promise<SavedTrigger> {
	const { workflow } = await saveExample(owner, SWEEP);
	const copy = { ...workflow, nodes: withSettings(workflow.nodes, settings), name };
	return { workflow: await owner.client.createWorkflow(copy), trigger: 'Start' };
}

/**
 * For an n8n that a person uses. Without it n8n answers the web pages of every site; with it n8n (2.41) allows five sign-ins a minute,
 * which are too few for a suite.
 */
export const PRODUCTION: Settings = { NODE_ENV: 'production' };

export interface StackPorts extends SandboxPorts {
	readonly n8n: number;
}

export async function requireFreePorts({ fondo, finvis, admin, n8n }: StackPorts): Promise<void> {
	await requireFreePort(fondo, 'the Fondo API of the sandbox', '--fondo-port');
	await requireFreePort(finvis, 'the Finvis API of the sandbox', '--finvis-port');
	await requireFreePort(admin, 'the admin API of the sandbox', '--admin-port');
	await requireFreePort(n8n, 'n8n', '--n8n-port');
}

export interface StackOptions {
	/** Settings of n8n beside the usual ones. */
	readonly env?: Settings;
	/** Options of n8n's Node. */
	readonly nodeOptions?: readonly string[];
	/** The speed of the sandbox's clock. */
	readonly speed?: number;
	/** OWNER when left out. */
	readonly owner?: Account;
}

export interface Stack {
	readonly sandbox: SandboxClient;
	/** n8n's REST API in the name of its owner. */
	readonly client: N8nClient;
	readonly editorUrl: string;
	readonly n8n: Restartable & { readonly pid: number | undefined };
}

/** Starts everything. The programs end with this process at the latest. `dataFolder` is n8n's user folder. */
export async function startStack({
	ports,
	tarball,
	dataFolder,
	env,
	nodeOptions,
	speed,
	owner = OWNER,
}: StackOptions & { ports: StackPorts; tarball: string; dataFolder: string }): Promise<Stack> {
	const host = await installN8n();
	// Checked a second time, because an install takes minutes and a program that took a port meanwhile would be mistaken for ours.
	await requireFreePorts(ports);
	const sandbox = await step('Starting the sandbox', async () => await startSandbox(ports, join(dataFolder, 'sandbox.log'), { speed }));
	const n8n = restartable(async () => await startN8n(host, { userFolder: dataFolder, port: ports.n8n, env, nodeOptions }));
	await step('Starting n8n with the packed package', async () => {
		await addCommunityPackage(dataFolder, tarball);
		await n8n.start();
	});
	const editorUrl = `http://127.0.0.1:${ports.n8n}`;
	const client = new N8nClient(editorUrl);
	await client.signIn(owner);
	return { sandbox, client, editorUrl, n8n };
}

/** A folder that is removed when this process ends. */
export function temporaryFolder(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), `fondo-finvis-${name}-`));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
	return folder;
}

export interface FreshStack extends Stack {
	readonly ports: StackPorts;
	readonly tarball: string;
	readonly dataFolder: string;
}

export const freePorts = async (): Promise<StackPorts> => ({
	n8n: await freePort(),
	fondo: await freePort(),
	finvis: await freePort(),
	admin: await freePort(),
});

/** Builds the package of this checkout and starts a stack with it in an empty folder, on free ports unless others are given. */
export async function startFreshStack(
	dataFolder: string,
	{ ports: given, ...options }: StackOptions & { ports?: StackPorts } = {},
): Promise<FreshStack> {
	const { tarball } = await step('Building and packing the package', async () => await pack(dataFolder));
	const ports = given ?? (await freePorts());
	return { ...(await startStack({ ports, tarball, dataFolder, ...options })), ports, tarball, dataFolder };
}
