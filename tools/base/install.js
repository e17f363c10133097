// @ts-check
// Makes node_modules agree with package-lock.json, so that every script works as the first command in a fresh clone.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { cacheRoot } = require('./cache');
const { Failure } = require('./failure');
const { withLock } = require('./lock');
const { step } = require('./progress');
const { manifest, projectRoot } = require('./project');
const { npm } = require('./run');
const { runTool } = require('./tool');

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean } | undefined>}
 */
function packagesIn(file) {
	try {
		return JSON.parse(readFileSync(join(projectRoot, file), 'utf8')).packages;
	} catch {
		return {};
	}
}

// npm writes node_modules/.package-lock.json at the end of an install, so an interrupted install never looks complete.
function isInstalled() {
	const present = packagesIn('node_modules/.package-lock.json');
	return Object.entries(packagesIn('package-lock.json')).every(
		([path, wanted]) => path === '' || wanted?.optional || present[path]?.version === wanted?.version,
	);
}

// The lock is outside the checkout, because npm ci empties node_modules.
const lockFile = () => join(cacheRoot(), `checkout-${createHash('sha256').update(projectRoot).digest('hex').slice(0, 12)}.lock`);

/**
 * Lets one process at a time write into this checkout: node_modules, dist.
 * @template T
 * @param {() => Promise<T>} work
 */
const withCheckout = async (work) => await withLock(lockFile(), work);

function requireNode() {
	const least = manifest().engines.node.replace('>=', '').split('.').map(Number);
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > least[0] || (major === least[0] && minor >= least[1])) return;
	throw new Failure(
		`This is Node ${process.versions.node}; the project needs ${least.join('.')} or newer`,
		'install a newer Node (https://nodejs.org) and start again',
	);
}

/** Installs what package-lock.json names, unless it is installed already. */
async function ensureInstalled() {
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

module.exports = { ensureInstalled, withCheckout };

if (require.main === module) void runTool(ensureInstalled);
