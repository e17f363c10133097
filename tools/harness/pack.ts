import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../base/failure';
import { withCheckout } from '../base/install';
import { manifest, packageRoots, projectRoot } from '../base/project';
import { mustRun, npm } from '../base/run';

export interface PackedFile {
	readonly path: string;
	readonly size: number;
}

export interface Packed {
	/** The folder of its package.json, from the root of the repository. */
	readonly root: string;
	readonly tarball: string;
	readonly files: readonly PackedFile[];
	readonly unpackedSize: number;
}

async function build() {
	const gulp = join(projectRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await mustRun(process.execPath, [gulp, 'build', '--no-color'], { cwd: projectRoot, advice: 'correct the lines above' });
}

async function packBuilt(folder: string, root: string): Promise<Packed> {
	const output = await npm(['pack', '--json', '--pack-destination', folder], { cwd: join(projectRoot, root) });
	const listed: Record<string, { filename: string; files: PackedFile[]; unpackedSize: number }> = JSON.parse(
		output.slice(output.search(/^[[{]/m)),
	);
	const [{ filename, files, unpackedSize }] = Object.values(listed);
	const packed = new Set(files.map(({ path }) => path));
	const { nodes, credentials } = manifest(root).n8n;
	const missing = [...nodes, ...credentials].filter((file) => !packed.has(file));
	if (missing.length > 0) {
		throw new Failure(`${filename} lacks ${missing.join(', ')}`, 'another program was building at the same time; start again');
	}
	return { root, tarball: join(folder, filename), files, unpackedSize };
}

/** Builds all packages and packs into `folder` what npm would publish. One at a time, because each build first empties dist. */
export async function packAll(folder: string, roots: readonly string[] = packageRoots): Promise<Packed[]> {
	mkdirSync(folder, { recursive: true });
	return await withCheckout(async () => {
		await build();
		const packed: Packed[] = [];
		for (const root of roots) packed.push(await packBuilt(folder, root));
		return packed;
	});
}

/** Builds, and packs one package: the one with both services unless another root is given. */
export const pack = async (folder: string, root = '.'): Promise<Packed> => (await packAll(folder, [root]))[0];

/** Unpacks a tarball of npm into `folder`, and returns the folder. */
export async function unpack(tarball: string, folder: string): Promise<string> {
	mkdirSync(folder, { recursive: true });
	await mustRun('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return folder;
}

export const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
