import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { withCheckout } from './install.mjs';
import { manifest, projectRoot } from './project.mjs';
import { mustRun, npm } from './run.mjs';

async function build() {
	const gulp = join(projectRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await mustRun(process.execPath, [gulp, 'build', '--no-color'], { cwd: projectRoot, advice: 'correct the lines above' });
}

/**
 * Builds the package and packs what npm would publish into `folder`: { tarball, files, unpackedSize }. One at a time: each build
 * begins by emptying dist, from which another may be packing.
 */
export async function pack(folder) {
	mkdirSync(folder, { recursive: true });
	const output = await withCheckout(async () => {
		await build();
		return await npm(['pack', '--json', '--pack-destination', folder], { cwd: projectRoot });
	});
	const [{ filename, files, unpackedSize }] = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
	const packed = new Set(files.map(({ path }) => path));
	const { nodes, credentials } = manifest().n8n;
	const missing = [...nodes, ...credentials].filter((file) => !packed.has(file));
	if (missing.length)
		throw new Failure(`${filename} lacks ${missing.join(', ')}`, 'something else was building at the same time; start again');
	return { tarball: join(folder, filename), files, unpackedSize };
}

export async function unpack(tarball, folder) {
	mkdirSync(folder, { recursive: true });
	await mustRun('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return folder;
}
