import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../base/failure';
import { withCheckout } from '../base/install';
import { manifest, projectRoot } from '../base/project';
import { mustRun, npm } from '../base/run';

export interface PackedFile {
	readonly path: string;
	readonly size: number;
}

export interface Packed {
	readonly tarball: string;
	readonly files: readonly PackedFile[];
	readonly unpackedSize: number;
}

async function build() {
	const gulp = join(projectRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await mustRun(process.execPath, [gulp, 'build', '--no-color'], { cwd: projectRoot, advice: 'correct the lines above' });
}

/** Builds the package and packs into `folder` what npm would publish. One at a time, because each build first empties dist. */
export async function pack(folder: string): Promise<Packed> {
	mkdirSync(folder, { recursive: true });
	const output = await withCheckout(async () => {
		await build();
		return await npm(['pack', '--json', '--pack-destination', folder], { cwd: projectRoot });
	});
	const listed: Record<string, { filename: string; files: PackedFile[]; unpackedSize: number }> = JSON.parse(
		output.slice(output.search(/^[[{]/m)),
	);
	const [{ filename, files, unpackedSize }] = Object.values(listed);
	const packed = new Set(files.map(({ path }) => path));
	const { nodes, credentials } = manifest().n8n;
	const missing = [...nodes, ...credentials].filter((file) => !packed.has(file));
	if (missing.length > 0) {
		throw new Failure(`${filename} lacks ${missing.join(', ')}`, 'another program was building at the same time; start again');
	}
	return { tarball: join(folder, filename), files, unpackedSize };
}

/** Unpacks a tarball of npm into `folder`, and returns the folder. */
export async function unpack(tarball: string, folder: string): Promise<string> {
	mkdirSync(folder, { recursive: true });
	await mustRun('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return folder;
}
