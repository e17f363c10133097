// @ts-check
const { execFile } = require('node:child_process');
const { existsSync } = require('node:fs');
const { cp, mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join } = require('node:path');
const { promisify } = require('node:util');
const swc = require('@swc/core');
const esbuild = require('esbuild');
// gulp has no types of its own.
// @ts-ignore
const { parallel, series } = require('gulp');
const { packageRoots } = require('./tools/base/project');
// tsx lets this process require TypeScript.
require(require.resolve('tsx/cjs'));
const { requireOnce, writeBeginningsOnce, writeOnce } = require('./tools/build/once');

/**
 * One of the packages: its root, its name, and the files that n8n loads from it, `nodes/Fondo/Fondo.node` and so on.
 * @typedef {{ root: string, dist: string, name: string, nodes: string[], entries: string[] }} Package
 */

/** @type {Package[]} */
const packages = packageRoots.map((root) => {
	const { name, n8n } = require(`./${root}/package.json`);
	const [nodes, credentials] = [n8n.nodes, n8n.credentials].map((/** @type {string[]} */ files) =>
		files.map((file) => file.replace(/^dist\/(.*)\.js$/, '$1')),
	);
	return { root, dist: join(root, 'dist'), name, nodes, entries: [...nodes, ...credentials] };
});

const clean = async () => {
	for (const { dist } of packages) await rm(dist, { recursive: true, force: true });
};

// On an error tsc prints its findings and gulp stops. TypeScript 7 knows no `moduleResolution: node`, which n8n's lint asks for.
async function check() {
	const modules = ['--module', 'es2022', '--moduleResolution', 'bundler'];
	try {
		await promisify(execFile)(process.execPath, ['node_modules/typescript-7/bin/tsc', '--noEmit', '-p', 'tsconfig.json', ...modules]);
	} catch (error) {
		throw new Error(`TypeScript found errors:\n${/** @type {{ stdout?: string }} */ (error).stdout ?? String(error)}`);
	}
}

/** @param {string} text */
const inOneLine = (text) => text.replace(/\s+/g, ' ').trim();

/**
 * What a build has taken in of other packages, with their licences: each licence text once, below the packages that it holds for.
 * A package is found under node_modules by its name, and by the names that its own build has taken in.
 * @param {string[]} inputs
 */
async function notices(inputs) {
	const bundled = new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []));
	/** @type {Map<string, { text: string, packages: string[] }>} */
	const licences = new Map();
	for (const name of bundled) {
		const folder = join('node_modules', name);
		const { version, license, homepage, dependencies = {} } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
		for (const inner of Object.keys(dependencies)) bundled.add(inner);
		// Where a package can be had under several licences the MIT one counts.
		const file = ['LICENSE.MIT', 'LICENSE', 'license', 'LICENSE.md'].find((one) => existsSync(join(folder, one)));
		if (file === undefined) throw new Error(`${name} has no licence text`);
		const whole = (await readFile(join(folder, file), 'utf8')).trim();
		const copyright = whole.match(/^Copyright .*$/gm);
		if (copyright === null) throw new Error(`The licence of ${name} names no holder`);
		const text = whole.replace(/^Copyright .*\n/gm, '').replace(/\n{3,}/g, '\n\n');
		// The same words with other line breaks are the same licence.
		const licence = licences.get(inOneLine(text)) ?? { text, packages: [] };
		licences.set(inOneLine(text), licence);
		licence.packages.push([`${name} ${version} (${license}), ${homepage}`, ...copyright].join('\n'));
	}
	const parts = [...licences.values()].map(({ text, packages }) => `${packages.sort().join('\n\n')}\n\n${text}\n`);
	return parts.sort().join(`\n${'-'.repeat(80)}\n\n`);
}

/** @satisfies {esbuild.BuildOptions} */
const code = /** @type {const} */ ({
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'es2022',
	legalComments: 'none',
	charset: 'utf8',
	logLevel: 'warning',
});

const mainFields = ['module', 'main'];

/**
 * What esbuild has bundled, as small as it can be without new names for fields. A second look at the names of one scope saves some kB;
 * each module required once and each text written once saves more.
 * @param {string} bundled
 */
async function smallest(bundled) {
	const options = /** @type {const} */ ({ ecma: 2022, format: { comments: false }, mangle: { toplevel: true } });
	const compressed = await swc.minify(requireOnce(bundled), { ...options, compress: { passes: 2, toplevel: true } });
	// Compressing would write the texts into their places again.
	return (await swc.minify(writeBeginningsOnce(writeOnce(compressed.code)), { ...options, compress: false })).code;
}

/**
 * What is bundled of others, as small as it can be; their licences lie beside it.
 * @param {Package} to
 */
async function libraries({ dist }) {
	const { metafile, outputFiles } = await esbuild.build({
		...code,
		mainFields,
		write: false,
		entryPoints: ['nodes/shared/swedish/libraries.ts'],
		outfile: join(dist, 'libraries.js'),
		minify: true,
		metafile: true,
	});
	await mkdir(dist, { recursive: true });
	await writeFile(join(dist, 'libraries.js'), await smallest(outputFiles[0].text));
	await writeFile(join(dist, 'THIRD-PARTY-NOTICES'), await notices(Object.keys(metafile.inputs)));
}

/**
 * A module that loads the libraries when the first of them is used, because n8n loads every node when it starts.
 * @param {string} source
 */
function whenUsed(source) {
	const names = Array.from(source.matchAll(/(\w+)(?=,| \})/g), ([name]) => name);
	const getters = names.map((name) => `get ${name}() { return load().${name}; }`);
	return `const load = () => require('./libraries.js');\nmodule.exports = { ${getters.join(', ')} };`;
}

/**
 * All code of ours in one file, which n8n loads several times as fast as a file for each module, and a file with a line for
 * each node and credential.
 * @param {Package} to
 */
async function bundle({ dist, entries }) {
	const { outputFiles } = await esbuild.build({
		...code,
		mainFields,
		write: false,
		stdin: { contents: entries.map((entry) => `export * from './${entry}';`).join('\n'), resolveDir: __dirname },
		outfile: join(dist, 'bundle.js'),
		minifyWhitespace: true,
		minifySyntax: true,
		minifyIdentifiers: true,
		external: ['n8n-workflow', './libraries.js'],
		plugins: [
			{
				name: 'libraries',
				setup: ({ onLoad }) =>
					onLoad({ filter: /[\\/]libraries\.ts$/ }, async ({ path }) => ({ contents: whenUsed(await readFile(path, 'utf8')) })),
			},
		],
	});
	await mkdir(dist, { recursive: true });
	await writeFile(join(dist, 'bundle.js'), await smallest(outputFiles[0].text));
	for (const entry of entries) {
		const file = join(dist, `${entry}.js`);
		const name = basename(entry).replace(/\..*$/, '');
		const up = '../'.repeat(entry.split('/').length - 1);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, `exports.${name} = require('${up}bundle.js').${name};\n`);
	}
}

/**
 * Icons of the services whose nodes the package has.
 * @param {Package} to
 */
async function icons({ dist, nodes }) {
	for (const service of new Set(nodes.map((node) => basename(dirname(node)).toLowerCase()))) {
		for (const icon of [`${service}.svg`, `${service}.dark.svg`]) await cp(join('icons', icon), join(dist, 'icons', icon));
	}
}

/**
 * Codex files. Each names its node as the package does.
 * @param {Package} to
 */
async function codex({ dist, name, nodes }) {
	for (const node of nodes) {
		const text = await readFile(`${node}.json`, 'utf8');
		await mkdir(join(dist, dirname(node)), { recursive: true });
		await writeFile(join(dist, `${node}.json`), text.replace(`"${packages[0].name}.`, `"${name}.`));
	}
}

/**
 * What n8n shows of the output of each operation before its first run.
 * @param {Package} to
 */
async function previews({ dist, nodes }) {
	const { PREVIEWS, previewsOf } = require('./tools/contracts/previews');
	for (const service of /** @type {Set<'Fondo' | 'Finvis'>} */ (new Set(nodes.map((node) => basename(dirname(node))))))
		for (const [operation, preview] of previewsOf(service)) {
			const file = join(dist, 'nodes', service, PREVIEWS, `${operation.replace('.', '/')}.json`);
			await mkdir(dirname(file), { recursive: true });
			await writeFile(file, JSON.stringify(preview));
		}
}

const pieces = async () => {
	for (const one of packages) for (const piece of [libraries, bundle, icons, codex, previews]) await piece(one);
};

exports.clean = clean;
// Without the check of the types, for measurements and tests.
exports.bundle = series(clean, pieces);
exports.build = series(clean, parallel(check, pieces));
