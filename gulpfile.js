const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { Transform } = require('node:stream');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');

const clean = async () => await rm('dist', { recursive: true, force: true });

// tsc checks and compiles in one go; on an error it prints its findings and gulp stops.
async function compile() {
	try {
		await promisify(execFile)(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json']);
	} catch (error) {
		throw new Error(`TypeScript found errors:\n${error.stdout || error.message}`);
	}
}

// tsc knows no other indentation than four spaces, a tenth of all that is shipped.
const indent = () =>
	src('dist/**/*.js')
		.pipe(
			new Transform({
				objectMode: true,
				transform: (file, _, done) => {
					const code = String(file.contents).replace(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4));
					done(null, Object.assign(file, { contents: Buffer.from(code) }));
				},
			}),
		)
		.pipe(dest('dist'));

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.clean = clean;
exports.build = series(clean, parallel(series(compile, indent), icons, codex));
