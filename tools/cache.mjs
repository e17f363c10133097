import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { npm } from './run.mjs';
import { step } from './progress.mjs';

const PROJECT = 'n8n-nodes-fondo-finvis';
const MANIFEST = ['package.json', 'package-lock.json', '.npmrc'];

/** Where everything that is too big for the checkout lives; it may be deleted whenever nothing runs. */
export function cacheRoot() {
	const { FONDO_FINVIS_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (FONDO_FINVIS_CACHE) return resolve(FONDO_FINVIS_CACHE);
	if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, PROJECT);
	return join(XDG_CACHE_HOME || join(homedir(), '.cache'), PROJECT);
}

function keyOf(source, runtime) {
	const hash = createHash('sha256').update([process.platform, process.arch, runtime].join());
	for (const file of MANIFEST) hash.update(readFileSync(join(source, file)));
	return hash.digest('hex').slice(0, 12);
}

// Only the holder of the lock installs, so what others left behind is of no use any more.
function removeLeftovers(folder) {
	const leftovers = readdirSync(dirname(folder)).filter((name) => name.startsWith(`${basename(folder)}.partial-`));
	for (const name of leftovers) rmSync(join(dirname(folder), name), { recursive: true, force: true });
}

/**
 * Installs the private package tools/<name> into the cache, once, and returns its folder.
 * It is installed in a folder of this process and renamed at the very end, so a finished folder is always complete.
 */
export async function cachedTool(name, { title, runtime = process.versions.node.split('.')[0], finish } = {}) {
	const source = fileURLToPath(new URL(`./${name}/`, import.meta.url));
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
