import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

interface Listed {
	readonly name: string;
	readonly filename: string;
	readonly files: PackedFile[];
	readonly unpackedSize: number;
}

/** Packs what is built, here or in a folder elsewhere. One npm packs all packages, because each start of it takes as long as the packing. */
export async function packBuilt(folder: string, roots: readonly string[]): Promise<Packed[]> {
	mkdirSync(folder, { recursive: true });
	const folders = roots.map((root) => resolve(projectRoot, root));
	const output = await npm(['pack', '--json', '--pack-destination', folder, ...folders], { cwd: projectRoot });
	const listed: Record<string, Listed> = JSON.parse(output.slice(output.search(/^[[{]/m)));
	return roots.map((root) => {
		const { name, n8n } = manifest(root);
		const { filename, files, unpackedSize } = Object.values(listed).find((one) => one.name === name)!;
		const packed = new Set(files.map(({ path }) => path));
		const missing = [...n8n.nodes, ...n8n.credentials].filter((file) => !packed.has(file));
		if (missing.length > 0) {
			throw new Failure(`${filename} lacks ${missing.join(', ')}`, 'another program was building at the same time; start again');
		}
		return { root, tarball: join(folder, filename), files, unpackedSize };
	});
}

/** Builds all packages and packs into `folder` what npm would publish. No other process may build then, because each build first empties dist. */
export async function packAll(folder: string, roots: readonly string[] = packageRoots): Promise<Packed[]> {
	return await withCheckout(async () => {
		await build();
		return await packBuilt(folder, roots);
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
