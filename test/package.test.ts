import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(__dirname, '..');
const dist = join(root, 'dist');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const files = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
		entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
	);

beforeAll(() => {
	execFileSync(process.execPath, [join(root, 'node_modules/gulp/bin/gulp.js'), 'bundle'], { cwd: root, stdio: 'pipe' });
}, 120_000);

test('the published package has no runtime dependency and no override', () => {
	expect(manifest.dependencies ?? {}).toEqual({});
	expect(manifest.overrides).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(manifest.files).toEqual(['dist']);
	expect(manifest.n8n.strict).toBe(true);
	for (const hook of ['preinstall', 'install', 'postinstall', 'prepare']) expect(manifest.scripts).not.toHaveProperty(hook);
});

test('installing the package in an empty folder adds one package', () => {
	const folder = mkdtempSync(join(tmpdir(), 'install-'));
	try {
		execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root, stdio: 'pipe' });
		const [tarball] = readdirSync(folder);
		// Without the settings of this project. n8n has n8n-workflow already, and without a network nothing else can come.
		const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
		execFileSync('npm', ['install', '--offline', '--no-audit', join(folder, tarball)], { cwd: folder, stdio: 'pipe', env });
		expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([manifest.name]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}, 120_000);

const requiredBy = (file: string) => [...readFileSync(file, 'utf8').matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) => name);

test('the bundle requires nothing but n8n-workflow, crypto and the libraries, and every node only the bundle', () => {
	const [bundle, libraries] = ['bundle.js', 'libraries.js'].map((name) => join(dist, name));
	expect([...new Set(requiredBy(bundle))].sort()).toEqual(['./libraries', 'crypto', 'n8n-workflow']);
	expect(requiredBy(libraries)).toEqual([]);
	// A use, not the word: comments of class members come along.
	for (const file of [bundle, libraries]) expect(readFileSync(file, 'utf8')).not.toMatch(/\bimport\(|\bprocess(\?\.|\.\w|\[)/);
	expect(isBuiltin('crypto')).toBe(true);
	const others = files(dist).filter((file) => file.endsWith('.js') && file !== bundle && file !== libraries);
	expect(others).toHaveLength(manifest.n8n.nodes.length + manifest.n8n.credentials.length);
	for (const file of others) expect(requiredBy(file).map((name) => join(file, '..', `${name}.js`))).toEqual([bundle]);
});

test('what is bundled of others is pinned, and its licence lies beside it', () => {
	const imports = readFileSync(join(root, 'nodes/shared/swedish/libraries.ts'), 'utf8');
	const bundled = [...imports.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
	const notices = readFileSync(join(dist, 'THIRD-PARTY-NOTICES'), 'utf8');
	expect(bundled).toEqual(['ibantools', 'kontonummer', 'organisationsnummer']);
	for (const name of bundled) {
		expect(manifest.devDependencies[name]).toMatch(/^\d+\.\d+\.\d+$/);
		expect(notices).toContain(`${name} ${manifest.devDependencies[name]} (MIT`);
	}
	expect(notices).toContain('personnummer 3.');
	expect(notices.match(/Permission is hereby granted/g)).toHaveLength(4);
});

test('dist is below 400 kB and holds only code, icons, codex files and notices', () => {
	const all = files(dist);
	expect(all.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(400_000);
	expect(
		all
			.map((file) => relative(dist, file))
			.filter(
				(name) => !/^((bundle|libraries)\.js|THIRD-PARTY-NOTICES|icons\/.*\.svg|(nodes|credentials)\/.*\.(js|node\.json))$/.test(name),
			),
	).toEqual([]);
	expect(all.filter((file) => /\.(test|d)\./.test(file))).toEqual([]);
});

test('everything that package.json names for n8n is there, with its icon and codex file', () => {
	for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) expect(existsSync(join(root, file))).toBe(true);
	for (const file of manifest.n8n.nodes as string[]) {
		const codex = JSON.parse(readFileSync(join(root, file.replace(/\.js$/, '.json')), 'utf8'));
		expect(codex.categories).toEqual(['Finance & Accounting']);
		const name = file.split('/').pop()?.split('.')[0] ?? '';
		const [description] = Object.values(require(join(root, file))).map(
			(Node) => new (Node as new () => { description: { name: string; icon: { light: string; dark: string } } })().description,
		);
		expect(codex.node).toBe(`n8n-nodes-fondo-finvis.${description.name}`);
		expect(description.name.toLowerCase()).toBe(name.toLowerCase());
		for (const icon of Object.values(description.icon)) expect(existsSync(join(root, file, '..', icon.replace('file:', '')))).toBe(true);
	}
});
