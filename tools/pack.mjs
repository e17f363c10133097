import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project.mjs';
import { mustRun, npm } from './run.mjs';

export async function build() {
	const gulp = join(projectRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await mustRun(process.execPath, [gulp, 'build', '--no-color'], { cwd: projectRoot, advice: 'correct the lines above' });
}

/** Packs what npm would publish into `folder`: { tarball, files, unpackedSize }. */
export async function pack(folder) {
	mkdirSync(folder, { recursive: true });
	const output = await npm(['pack', '--json', '--pack-destination', folder], { cwd: projectRoot });
	const [packed] = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
	return { tarball: join(folder, packed.filename), files: packed.files, unpackedSize: packed.unpackedSize };
}

export async function unpack(tarball, folder) {
	mkdirSync(folder, { recursive: true });
	await mustRun('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return folder;
}
