// Makes node_modules agree with package-lock.json, so that every script works as the first command in a fresh clone.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot } from './cache.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { step } from './progress.mjs';
import { manifest, projectRoot } from './project.mjs';
import { npm } from './run.mjs';
import { runTool } from './tool.mjs';

function packagesIn(file) {
	try {
		return JSON.parse(readFileSync(join(projectRoot, file), 'utf8')).packages;
	} catch {
		return {};
	}
}

// npm writes node_modules/.package-lock.json at the end of an install, so an interrupted one never looks complete.
function isInstalled() {
	const wanted = Object.entries(packagesIn('package-lock.json'));
	const present = packagesIn('node_modules/.package-lock.json');
	return wanted.every(([path, { version, optional }]) => path === '' || optional || present[path]?.version === version);
}

// The lock lies outside the checkout: npm ci empties node_modules.
const lockFile = () => join(cacheRoot(), `checkout-${createHash('sha256').update(projectRoot).digest('hex').slice(0, 12)}.lock`);

/** Lets one process at a time write into this checkout: node_modules, dist. */
export const withCheckout = async (work) => await withLock(lockFile(), work);

function requireNode() {
	const least = manifest().engines.node.replace('>=', '').split('.').map(Number);
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > least[0] || (major === least[0] && minor >= least[1])) return;
	throw new Failure(
		`This is Node ${process.versions.node}; the project needs ${least.join('.')} or newer`,
		'install a newer Node (https://nodejs.org) and start again',
	);
}

/** Installs what package-lock.json names, unless it is there already. */
export async function ensureInstalled() {
	requireNode();
	if (isInstalled()) return;
	await withCheckout(async () => {
		if (isInstalled()) return;
		await step('Installing the development packages (about a minute, once)', async () => {
			await npm(['ci'], {
				cwd: projectRoot,
				advice: 'check that npm can reach its registry (npm ping) and that the disk has room, then start again',
			});
		});
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runTool(ensureInstalled);
