import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { unpack } from '../../tools/harness/pack';
import { PREVIEWS, previewsOf, type Service } from '../../tools/contracts/previews';

const root = join(__dirname, '../..');
const combined = manifestOf('.');

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly n8n: { readonly strict: boolean; readonly nodes: readonly string[]; readonly credentials: readonly string[] };
	readonly [field: string]: unknown;
}

function manifestOf(folder: string): Manifest {
	return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

/** The files of a folder. Node 24 lists what lies behind links to folders too. */
const files = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
		entry.isFile() && realpathSync(entry.parentPath).startsWith(realpathSync(folder)) ? [join(entry.parentPath, entry.name)] : [],
	);

const requiredBy = (file: string) => [...readFileSync(file, 'utf8').matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) => name);

/** The environment without the settings of this project: npm hands them to what it starts. */
export const plainEnv = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

const PACKAGES = [
	{ folder: '.', services: ['Fondo', 'Finvis'], limit: 400_000 },
	{ folder: 'packages/fondo', services: ['Fondo'], limit: 300_000 },
	{ folder: 'packages/finvis', services: ['Finvis'], limit: 300_000 },
];

/** What a release packs, in the folder `tarballs`, holds what its users need and no more. */
export function testPackages(tarballs: string): void {
	describe.each(PACKAGES)('the package in $folder', ({ folder, services, limit }) => {
		const manifest = manifestOf(folder);
		const home = join(root, folder);
		const tarball = join(tarballs, `${manifest.name}-${manifest.version}.tgz`);
		const unpacked = join(tarballs, manifest.name);
		const dist = join(unpacked, 'dist');

		beforeAll(async () => void (await unpack(tarball, unpacked)));

		test('has no runtime dependency and no override', () => {
			expect(manifest.dependencies ?? {}).toEqual({});
			expect(manifest.overrides).toBeUndefined();
			expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
			expect(manifest.peerDependenciesMeta).toEqual({ 'n8n-workflow': { optional: true } });
			expect(manifest.files).toEqual(['dist']);
			expect(manifest.n8n.strict).toBe(true);
			for (const hook of ['preinstall', 'install', 'postinstall', 'prepare']) expect(manifest.scripts ?? {}).not.toHaveProperty(hook);
		});

		test('names the nodes and credentials of its own services only, and all of them', () => {
			const ofServices = (listed: readonly string[]) => listed.filter((file) => services.some((service) => file.includes(`/${service}`)));
			expect(manifest.n8n.nodes).toEqual(ofServices(combined.n8n.nodes));
			expect(manifest.n8n.credentials).toEqual(ofServices(combined.n8n.credentials));
			expect(manifest.n8n.credentials).toHaveLength(services.length);
		});

		test('has the version, the license and the repository of the others', () => {
			for (const field of ['version', 'license', 'author', 'bugs', 'engines']) expect(manifest[field]).toEqual(combined[field]);
			expect(manifest.repository).toEqual({ ...(combined.repository as object), ...(folder !== '.' && { directory: folder }) });
			expect(readFileSync(join(home, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
			const readme = readFileSync(join(home, 'README.md'), 'utf8');
			expect(readme).toMatch(new RegExp(`^# ${manifest.name}\\n`));
			expect(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).toContain(manifest.name);
		});

		test('has no source of its own: what lies in its folder leads to the one source', () => {
			if (folder === '.') return;
			const own = files(home).filter((file) => !file.startsWith(join(home, 'dist')));
			expect(own.map((file) => relative(home, file)).sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
			for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
				const source = file.replace(/^dist\/(.*)\.js$/, '$1.ts');
				expect(realpathSync(join(home, source))).toBe(realpathSync(join(root, source)));
			}
			for (const service of services) {
				const icon = `icons/${service.toLowerCase()}.svg`;
				expect(realpathSync(join(home, icon))).toBe(realpathSync(join(root, icon)));
			}
		});

		test('installing it in an empty folder adds one package, whose every class loads, and no library before its first use', () => {
			const empty = mkdtempSync(join(tmpdir(), 'install-'));
			try {
				// n8n has n8n-workflow already, and without a network nothing else can come.
				const env = plainEnv();
				execFileSync('npm', ['install', '--offline', '--no-audit', tarball], { cwd: empty, stdio: 'pipe', env });
				expect(readdirSync(join(empty, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([manifest.name]);
				const load = `const loaded = ${JSON.stringify([...manifest.n8n.nodes, ...manifest.n8n.credentials])}.map((file) => {
				const [Type] = Object.values(require(process.argv[1] + '/' + file));
				const made = new Type();
				return made.description?.name ?? made.name;
			}); const early = Object.keys(require.cache).filter((file) => file.endsWith('libraries.js')); console.log(JSON.stringify([...loaded, ...early]));`;
				// n8n gives its own n8n-workflow to every package in the same way.
				const n8n = { ...env, NODE_PATH: join(root, 'node_modules') };
				const output = execFileSync(process.execPath, ['-e', load, join(empty, 'node_modules', manifest.name)], {
					env: n8n,
					encoding: 'utf8',
				});
				const expected = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) => basename(file).split('.')[0].toLowerCase());
				expect(JSON.parse(output).map((name: string) => name.toLowerCase())).toEqual(expected);
			} finally {
				rmSync(empty, { recursive: true, force: true });
			}
		}, 120_000);

		test('the bundle requires nothing but n8n-workflow, crypto and the libraries, and every node only the bundle', () => {
			const [bundle, libraries] = ['bundle.js', 'libraries.js'].map((name) => join(dist, name));
			expect([...new Set(requiredBy(bundle))].sort()).toEqual(['./libraries.js', 'crypto', 'n8n-workflow']);
			expect(requiredBy(libraries)).toEqual([]);
			// A use, not the word: comments of class members come along.
			for (const file of [bundle, libraries]) expect(readFileSync(file, 'utf8')).not.toMatch(/\bimport\(|\bprocess(\?\.|\.\w|\[)/);
			expect(isBuiltin('crypto')).toBe(true);
			const others = files(dist).filter((file) => file.endsWith('.js') && file !== bundle && file !== libraries);
			expect(others).toHaveLength(manifest.n8n.nodes.length + manifest.n8n.credentials.length);
			for (const file of others) expect(requiredBy(file).map((name) => join(file, '..', name))).toEqual([bundle]);
		});

		test('dist is small and holds only code, icons, codex files and notices', () => {
			const all = files(dist);
			expect(all.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(limit);
			expect(
				all
					.map((file) => relative(dist, file))
					.filter(
						(name) =>
							!/^((bundle|libraries)\.js|THIRD-PARTY-NOTICES|icons\/.*\.svg|(nodes|credentials)\/.*\.(js|node\.json)|nodes\/\w+\/__schema__\/.*\.json)$/.test(
								name,
							),
					),
			).toEqual([]);
			expect(all.filter((file) => /\.(test|d)\./.test(file))).toEqual([]);
			const icons = services.flatMap((service) => [`${service.toLowerCase()}.dark.svg`, `${service.toLowerCase()}.svg`]);
			expect(readdirSync(join(dist, 'icons')).sort()).toEqual(icons.sort());
		});

		test('everything that package.json names for n8n is there, with its icon and codex file', () => {
			for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) expect(existsSync(join(unpacked, file))).toBe(true);
			for (const file of manifest.n8n.nodes) {
				const codex = JSON.parse(readFileSync(join(unpacked, file.replace(/\.js$/, '.json')), 'utf8'));
				expect(codex.categories).toEqual(['Finance & Accounting']);
				const name = basename(file).split('.')[0];
				const [description] = Object.values(require(join(unpacked, file))).map(
					(Node) => new (Node as new () => { description: { name: string; icon: { light: string; dark: string } } })().description,
				);
				expect(codex.node).toBe(`${manifest.name}.${description.name}`);
				expect(description.name.toLowerCase()).toBe(name.toLowerCase());
				for (const icon of Object.values(description.icon))
					expect(existsSync(join(unpacked, file, '..', icon.replace('file:', '')))).toBe(true);
			}
		});

		test('every operation has its preview', () => {
			for (const service of services as Service[]) {
				const folder = join(dist, 'nodes', service, PREVIEWS);
				const found = files(folder).map((file) => [relative(folder, file), JSON.parse(readFileSync(file, 'utf8'))]);
				const expected = [...previewsOf(service)].map(([operation, preview]) => [`${operation.replace('.', '/')}.json`, preview]);
				expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
			}
		});

		test('what is bundled of others is pinned, and its licence lies beside it', () => {
			const imports = readFileSync(join(root, 'nodes/shared/swedish/libraries.ts'), 'utf8');
			const bundled = [...imports.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
			const notices = readFileSync(join(dist, 'THIRD-PARTY-NOTICES'), 'utf8');
			const pinned = combined.devDependencies as Record<string, string>;
			expect(bundled).toEqual(['ibantools', 'kontonummer', 'organisationsnummer']);
			for (const name of bundled) expect(pinned[name]).toMatch(/^\d+\.\d+\.\d+$/);
			// organisationsnummer has taken in personnummer.
			const all = [...bundled, 'personnummer'].map((name) => ({ name, folder: join(root, 'node_modules', name) }));
			expect(notices.match(/^\S+ \d+\.\d+\.\d+ \(/gm)).toHaveLength(all.length);
			for (const { name, folder } of all) {
				const { version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
				const file = ['LICENSE.MIT', 'LICENSE', 'license'].find((one) => existsSync(join(folder, one))) ?? '';
				const licence = readFileSync(join(folder, file), 'utf8');
				const holders = licence.match(/^Copyright .*$/gm) ?? [];
				expect(holders).not.toEqual([]);
				expect(license).toContain('MIT');
				expect(notices).toContain([`${name} ${version} (${license}), ${homepage}`, ...holders].join('\n'));
				const words = (text: string) => text.replace(/\s+/g, ' ').trim();
				for (const part of licence.split(/\n\s*\n/).filter((one) => !one.includes('Copyright (')))
					expect(words(notices)).toContain(words(part));
			}
			expect(notices.match(/Permission is hereby granted/g)).toHaveLength(1);
		});
	});
}
