// @ts-check
const { createHash } = require('node:crypto');
const { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } = require('node:fs');
const { homedir } = require('node:os');
const { basename, dirname, join, resolve } = require('node:path');
const { withLock } = require('./lock');
const { projectRoot } = require('./project');
const { step } = require('./progress');
const { npm } = require('./run');

const PROJECT = 'n8n-nodes-fondo-finvis';
const MANIFEST = ['package.json', 'package-lock.json', '.npmrc'];

function cacheFolder() {
	const { FONDO_FINVIS_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (FONDO_FINVIS_CACHE) return resolve(FONDO_FINVIS_CACHE);
	if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, PROJECT);
	return join(XDG_CACHE_HOME || join(homedir(), '.cache'), PROJECT);
}

/** The folder for everything that is too big for the checkout, for this user only. It may be deleted when no command runs. */
function cacheRoot() {
	const folder = cacheFolder();
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	try {
		chmodSync(folder, 0o700);
	} catch {
		// The folder that FONDO_FINVIS_CACHE names can be another user's.
	}
	return folder;
}

/**
 * @param {string} source
 * @param {string} runtime
 */
function keyOf(source, runtime) {
	const hash = createHash('sha256').update([process.platform, process.arch, runtime].join());
	for (const file of MANIFEST) hash.update(readFileSync(join(source, file)));
	return hash.digest('hex').slice(0, 12);
}

/**
 * Removes partial installs. Only the holder of the lock installs, so every other partial folder is abandoned.
 * @param {string} folder
 */
function removeLeftovers(folder) {
	const leftovers = readdirSync(dirname(folder)).filter((name) => name.startsWith(`${basename(folder)}.partial-`));
	for (const name of leftovers) rmSync(join(dirname(folder), name), { recursive: true, force: true });
}

/**
 * Installs the private package tools/<name> into the cache, once, and returns its folder. The install runs in a folder of this process,
 * which is renamed at the end, so a finished folder is always complete.
 * @param {string} name
 * @param {{ title: string, runtime?: string, finish?: (folder: string) => Promise<void> }} options
 */
async function cachedTool(name, { title, runtime = process.versions.node.split('.')[0], finish }) {
	const source = join(projectRoot, 'tools', name);
	const folder = join(cacheRoot(), `${name}-${keyOf(source, runtime)}`);
	if (existsSync(folder)) return folder;
	return await withLock(`${folder}.lock`, async () => {
		if (existsSync(folder)) return folder;
		const partial = `${folder}.partial-${process.pid}`;
		await step(`${title} into ${cacheRoot()}`, async () => {
			removeLeftovers(folder);
			mkdirSync(partial, { recursive: true });
			for (const file of MANIFEST) cpSync(join(source, file), join(partial, file));
			await npm(['ci'], {
				cwd: partial,
				advice: 'check that npm can reach its registry (npm ping) and that the disk has room, then start again',
			});
			await finish?.(partial);
			renameSync(partial, folder);
		});
		return folder;
	});
}

module.exports = { cacheRoot, cachedTool };
