import { join, parse } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Compiles a file of inside/ for a process that does not know TypeScript, and returns the path of the JavaScript file. The process must find
 * packages by itself.
 */
export function compileInside(file: string, folder: string): string {
	const outfile = join(folder, `${parse(file).name}.js`);
	buildSync({
		entryPoints: [join(__dirname, 'inside', file)],
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
