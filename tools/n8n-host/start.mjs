import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../ports.mjs';
import { mustRun, npm } from '../run.mjs';
import { startService } from '../service.mjs';
import { installN8n, pathOf } from './install.mjs';

const START_TIMEOUT_MS = 120_000;

export const nodesFolder = (userFolder) => join(userFolder, '.n8n', 'nodes');

/** Installs the packed package where n8n looks for community packages, as its own Install button does. */
export async function addCommunityPackage(userFolder, tarball) {
	const folder = nodesFolder(userFolder);
	mkdirSync(folder, { recursive: true });
	const manifest = join(folder, 'package.json');
	if (!existsSync(manifest)) writeFileSync(manifest, JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }));
	rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
	await npm(['install', '--ignore-scripts', '--omit=dev', '--legacy-peer-deps', '--no-audit', '--no-fund', '--no-package-lock', tarball], {
		cwd: folder,
	});
}

const settings = (userFolder, port, brokerPort) => ({
	N8N_USER_FOLDER: userFolder,
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_PORT: String(port),
	WEBHOOK_URL: `http://127.0.0.1:${port}/`,
	N8N_RUNNERS_BROKER_PORT: String(brokerPort),
	N8N_SECURE_COOKIE: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	// No outgoing traffic and no pop-ups.
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry,insights',
});

// Settings of an n8n that the user runs on this machine must not leak into ours.
const FOREIGN = /^(N8N|DB|QUEUE|EXECUTIONS|CREDENTIALS)_/;
const inherited = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));

const environment = (node, userFolder, { port, brokerPort, env }) => ({
	...inherited(),
	...pathOf(node),
	...settings(userFolder, port, brokerPort),
	...env,
});

/** Runs one command of n8n's own command line on the same data, e.g. export:credentials. */
export async function runN8nCommand(args, userFolder) {
	const { node, bin } = await installN8n();
	return await mustRun(node.executable, [bin, ...args], {
		env: environment(node, userFolder, { port: await freePort(), brokerPort: await freePort() }),
	});
}

/** Starts an installed n8n and resolves when its REST routes answer; `env` adds to its settings, `nodeOptions` to those of Node. */
export async function startN8n({ node, bin }, { userFolder, port, env, nodeOptions = [] }) {
	const url = `http://127.0.0.1:${port}`;
	const brokerPort = await freePort();
	return await startService('n8n', node.executable, [...nodeOptions, bin, 'start'], {
		logFile: join(userFolder, 'n8n.log'),
		env: environment(node, userFolder, { port, brokerPort, env }),
		timeoutMs: START_TIMEOUT_MS,
		// The readiness route alone is too early: it can answer before the REST routes exist.
		isReady: async () => {
			const health = await fetch(`${url}/healthz/readiness`);
			const rest = await fetch(`${url}/rest/settings`);
			return health.ok && rest.ok && (await rest.text()).startsWith('{');
		},
	});
}

/** Starts a worker beside an n8n in queue mode, on the same data folder. */
export async function startWorker({ node, bin }, { userFolder, logFile, port, env }) {
	const [healthPort, brokerPort] = [await freePort(), await freePort()];
	const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(healthPort) };
	return await startService('The worker', node.executable, [bin, 'worker', '--concurrency=5'], {
		logFile,
		env: environment(node, userFolder, { port, brokerPort, env: { ...env, ...health } }),
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => (await fetch(`http://127.0.0.1:${healthPort}/healthz/readiness`)).ok,
	});
}

/** Starts a process that takes webhooks at `port`, beside an n8n in queue mode, on the same data folder. */
export async function startWebhookProcessor({ node, bin }, { userFolder, logFile, port, env }) {
	return await startService('The webhook processor', node.executable, [bin, 'webhook'], {
		logFile,
		env: environment(node, userFolder, { port, brokerPort: await freePort(), env }),
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok,
	});
}
