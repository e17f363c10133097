import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, npm } from '../../base/run';
import { freePort } from '../ports';
import { startService, type Service } from '../service';
import { installN8n, pathOf, type N8nInstall } from './install';

/** A first start takes 15 s on a quiet machine, and more than two minutes on a busy one. */
const START_TIMEOUT_MS = 300_000;

/** Where n8n looks for community packages. */
export const nodesFolder = (userFolder: string) => join(userFolder, '.n8n', 'nodes');

/** Installs the packed package as n8n's Install button does. */
export async function addCommunityPackage(userFolder: string, tarball: string): Promise<void> {
	const folder = nodesFolder(userFolder);
	mkdirSync(folder, { recursive: true });
	const manifest = join(folder, 'package.json');
	if (!existsSync(manifest)) writeFileSync(manifest, JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }));
	rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
	await npm(['install', '--ignore-scripts', '--omit=dev', '--legacy-peer-deps', '--no-audit', '--no-fund', '--no-package-lock', tarball], {
		cwd: folder,
	});
}

export type Settings = Readonly<Record<string, string>>;

interface Ports {
	readonly port: number;
	readonly brokerPort: number;
}

const settings = (userFolder: string, { port, brokerPort }: Ports): Settings => ({
	N8N_USER_FOLDER: userFolder,
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_PORT: String(port),
	WEBHOOK_URL: `http://127.0.0.1:${port}/`,
	N8N_RUNNERS_BROKER_PORT: String(brokerPort),
	N8N_SECURE_COOKIE: 'false',
	// Days begin when they do at Swedish banks.
	GENERIC_TIMEZONE: 'Europe/Stockholm',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	// n8n (2.41) answers every call with 503 after a ping of its database that took longer. Its default of 5 s is too short on a busy machine.
	DB_PING_TIMEOUT_MS: '120000',
	// No outgoing traffic and no pop-ups.
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry,insights',
});

// The settings of another n8n on this machine must not reach the n8n of a test.
const FOREIGN = /^(N8N|DB|QUEUE|EXECUTIONS|CREDENTIALS)_/;
const inherited = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));

const environment = ({ node }: N8nInstall, userFolder: string, { env, ...ports }: Ports & { env?: Settings }) => ({
	...inherited(),
	...pathOf(node),
	...settings(userFolder, ports),
	...env,
});

/** Runs one command of n8n's own command line on the same data, e.g. export:credentials. */
export async function runN8nCommand(args: readonly string[], userFolder: string): Promise<string> {
	const host = await installN8n();
	return await mustRun(host.node.executable, [host.bin, ...args], {
		env: environment(host, userFolder, { port: await freePort(), brokerPort: await freePort() }),
	});
}

export interface N8nOptions {
	readonly userFolder: string;
	readonly port: number;
	/** Settings beside the usual ones. */
	readonly env?: Settings;
	/** Options of Node. */
	readonly nodeOptions?: readonly string[];
}

/** Starts an installed n8n and resolves when its REST routes answer. */
export async function startN8n(host: N8nInstall, { userFolder, port, env, nodeOptions = [] }: N8nOptions): Promise<Service> {
	const url = `http://127.0.0.1:${port}`;
	const brokerPort = await freePort();
	return await startService('n8n', host.node.executable, [...nodeOptions, host.bin, 'start'], {
		logFile: join(userFolder, 'n8n.log'),
		env: environment(host, userFolder, { port, brokerPort, env }),
		timeoutMs: START_TIMEOUT_MS,
		// The readiness route can answer before the REST routes exist.
		isReady: async () => {
			const health = await fetch(`${url}/healthz/readiness`);
			const rest = await fetch(`${url}/rest/settings`);
			return health.ok && rest.ok && (await rest.text()).startsWith('{');
		},
	});
}

export interface HelperOptions extends N8nOptions {
	readonly logFile: string;
}

/** Starts a worker of an n8n in queue mode, on the same data folder. */
export async function startWorker(host: N8nInstall, { userFolder, logFile, port, env }: HelperOptions): Promise<Service> {
	const [healthPort, brokerPort] = [await freePort(), await freePort()];
	const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(healthPort) };
	return await startService('The worker', host.node.executable, [host.bin, 'worker', '--concurrency=5'], {
		logFile,
		env: environment(host, userFolder, { port, brokerPort, env: { ...env, ...health } }),
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => (await fetch(`http://127.0.0.1:${healthPort}/healthz/readiness`)).ok,
	});
}

/** Starts the webhook processor of an n8n in queue mode at `port`, on the same data folder. */
export async function startWebhookProcessor(host: N8nInstall, { userFolder, logFile, port, env }: HelperOptions): Promise<Service> {
	return await startService('The webhook processor', host.node.executable, [host.bin, 'webhook'], {
		logFile,
		env: environment(host, userFolder, { port, brokerPort: await freePort(), env }),
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok,
	});
}
