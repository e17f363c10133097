// @ts-check
const { execFile } = require('node:child_process');
const { existsSync } = require('node:fs');
const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
// gulp has no types of its own.
// @ts-ignore
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

/** Files that n8n loads: `nodes/Fondo/Fondo.node` and so on. */
const entries = [...n8n.nodes, ...n8n.credentials].map((file) => file.replace(/^dist\/(.*)\.js$/, '$1'));

const clean = async () => await rm('dist', { recursive: true, force: true });

// On an error tsc prints its findings and gulp stops. What it remembers makes the next build quick.
async function check() {
	const remembered = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/tsc/build.tsbuildinfo'];
	try {
		const tsc = require.resolve('typescript/bin/tsc');
		await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', 'tsconfig.json', ...remembered]);
	} catch (error) {
		throw new Error(`TypeScript found errors:\n${/** @type {{ stdout?: string }} */ (error).stdout ?? String(error)}`);
	}
}

/**
 * The names by which a package and what its own build has taken in are found under node_modules, with their licences.
 * @param {string[]} inputs
 */
async function notices(inputs) {
	const bundled = new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []));
	const texts = [];
	for (const name of bundled) {
		const folder = join('node_modules', name);
		const { version, license, homepage, dependencies = {} } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
		for (const inner of Object.keys(dependencies)) bundled.add(inner);
		// Where a package can be had under several licences the MIT one counts.
		const file = ['LICENSE.MIT', 'LICENSE', 'license', 'LICENSE.md'].find((one) => existsSync(join(folder, one)));
		if (file === undefined) throw new Error(`${name} has no licence text`);
		texts.push(`${name} ${version} (${license}), ${homepage}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`);
	}
	return texts.sort().join(`\n${'-'.repeat(80)}\n\n`);
}

/** @satisfies {esbuild.BuildOptions} */
const code = /** @type {const} */ ({
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'es2022',
	legalComments: 'none',
	logLevel: 'warning',
});

const mainFields = ['module', 'main'];

/** What is bundled of others, as small as it can be; their licences lie beside it. */
async function libraries() {
	const entryPoints = ['nodes/shared/swedish/libraries.ts'];
	const { metafile } = await esbuild.build({
		...code,
		mainFields,
		entryPoints,
		outfile: 'dist/libraries.js',
		minify: true,
		metafile: true,
	});
	await writeFile('dist/THIRD-PARTY-NOTICES', await notices(Object.keys(metafile.inputs)));
}

/**
 * All code of ours in one file, which n8n loads several times as fast as a file for each module, and a file with a line for
 * each node and credential. Functions and classes keep their names, for the stack of an error.
 */
async function bundle() {
	await esbuild.build({
		...code,
		mainFields,
		stdin: { contents: entries.map((entry) => `export * from './${entry}';`).join('\n'), resolveDir: __dirname },
		outfile: 'dist/bundle.js',
		minifyWhitespace: true,
		minifySyntax: true,
		minifyIdentifiers: true,
		keepNames: true,
		lineLimit: 120,
		external: ['n8n-workflow'],
		plugins: [
			{
				name: 'libraries',
				setup: ({ onResolve }) => onResolve({ filter: /\/libraries$/ }, () => ({ path: './libraries', external: true })),
			},
		],
	});
	for (const entry of entries) {
		const file = join('dist', `${entry}.js`);
		const name = entry.replace(/^.*\//, '').replace(/\..*$/, '');
		const up = '../'.repeat(entry.split('/').length - 1);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, `exports.${name} = require('${up}bundle').${name};\n`);
	}
}

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.clean = clean;
// For test/package.test.ts: `npm test` has checked the types before.
exports.bundle = series(clean, parallel(libraries, bundle, icons, codex));
exports.build = series(clean, parallel(check, libraries, bundle, icons, codex));
