import { join, parse } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Compiles a TypeScript file for a process that does not know TypeScript, and returns the path of the JavaScript file in `folder`. The process
 * must find packages by itself.
 */
export function compile(file: string, folder: string): string {
	const outfile = join(folder, `${parse(file).name}.js`);
	buildSync({
		entryPoints: [file],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'es2022',
		packages: 'external',
		logLevel: 'warning',
	});
	return outfile;
}
