import { execFileSync, spawnSync } from 'node:child_process';
import {
	copyFileSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { sha256Of } from '../../tools/harness/pack';
import { plainEnv, testPackages } from './packages';

const root = join(__dirname, '../..');
const LIMIT_MS = 600_000;

const folder = mkdtempSync(join(tmpdir(), 'release-'));
const [clone, tarballs] = ['clone', 'tarballs'].map((name) => join(folder, name));
let released: ReturnType<typeof command>;

const git = (...args: string[]) => execFileSync('git', args, { cwd: clone, encoding: 'utf8' });
const commit = (message: string) => {
	git('add', '--all');
	git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--no-gpg-sign', '-m', message);
};

/** Runs a command in the clone as its script of package.json does, on the Node.js of this test. */
function command(...args: string[]) {
	const env = { ...plainEnv(), PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };
	const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/base/command.js', ...args], { cwd: clone, encoding: 'utf8', env });
	return { status, output: stdout + stderr };
}

function change(file: string, edit: (text: string) => string) {
	writeFileSync(join(clone, file), edit(readFileSync(join(clone, file), 'utf8')));
}

/** The scripts that a release runs, as short ones: their own suites show what they find. */
const withScripts = (scripts: Record<string, string>) =>
	change('package.json', (text) => {
		const manifest = JSON.parse(text);
		return `${JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, ...scripts } }, null, 2)}\n`;
	});
const QUICK = { test: 'echo 12 passed', lint: 'echo 0 errors, 0 warnings', scan: 'echo 0 findings', build: 'gulp bundle' };

beforeAll(() => {
	// The files of this checkout as they are now, in a repository of their own.
	const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
	for (const file of listed.split('\0').filter((one) => one && lstatSync(join(root, one), { throwIfNoEntry: false }))) {
		const [from, to] = [join(root, file), join(clone, file)];
		mkdirSync(dirname(to), { recursive: true });
		// Node 24 refuses to copy a link to a folder.
		if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to);
		else copyFileSync(from, to);
	}
	symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
	execFileSync('git', ['init', '--quiet', clone]);
	withScripts(QUICK);
	commit('a release');
	released = command('release', '--to', tarballs);
}, LIMIT_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('npm run release says what would be published', () => {
	const { status, output } = released;
	expect([status, output]).toEqual([0, expect.stringContaining('Version 0.1.0')]);
	for (const name of ['n8n-nodes-fondo-finvis', 'n8n-nodes-fondo', 'n8n-nodes-finvis']) {
		expect(output).toMatch(new RegExp(`^${name} 0\\.1\\.0, [\\d.]+ kB\\n  SHA-256 [0-9a-f]{64}\\n`, 'm'));
		expect(readdirSync(tarballs)).toContain(`${name}-0.1.0.tgz`);
	}
	for (const said of ['Three packages from one source', '12 passed', '0 warnings', '0 findings', 'dist/bundle.js']) {
		expect(output).toContain(said);
	}
	for (const line of readFileSync(join(tarballs, 'SHA256SUMS'), 'utf8').trim().split('\n')) {
		const [sum, file] = line.split(/ +/);
		expect(sha256Of(join(tarballs, file))).toBe(sum);
		expect(output).toContain(sum);
	}
});

testPackages(tarballs);

describe('npm run release', () => {
	afterEach(() => {
		git('reset', '--quiet', '--hard', 'HEAD');
		git('clean', '--quiet', '-fd');
	});

	const refusal = () => {
		const { status, output } = command('release', '--dry-run');
		expect(status).toBe(1);
		return output;
	};

	test('refuses a tree with a changed file, and one with a file that git does not know', () => {
		change('README.md', (text) => `${text}\n`);
		expect(refusal()).toContain('M README.md');
		git('checkout', '--quiet', 'README.md');
		writeFileSync(join(clone, 'nodes/left.ts'), '');
		expect(refusal()).toContain('?? nodes/left.ts');
	});

	test('refuses a version without an entry in the changelog, and an empty entry', () => {
		const before = git('rev-parse', 'HEAD').trim();
		change('CHANGELOG.md', (text) => text.replace('## 0.1.0', '## 0.1.0-beta'));
		commit('no entry');
		expect(refusal()).toContain('CHANGELOG.md has no entry for 0.1.0');
		change('CHANGELOG.md', () => '# Changelog\n\n## 0.1.0\n');
		commit('an empty entry');
		expect(refusal()).toContain('CHANGELOG.md has no entry for 0.1.0');
		git('reset', '--quiet', '--hard', before);
	});

	test('refuses packages of different versions, a failing test, and a version that is another commit', () => {
		const before = git('rev-parse', 'HEAD').trim();
		change('packages/fondo/package.json', (text) => text.replace('"version": "0.1.0"', '"version": "0.1.1"'));
		commit('another version');
		expect(refusal()).toContain('n8n-nodes-fondo 0.1.1');
		git('reset', '--quiet', '--hard', before);

		withScripts({ ...QUICK, test: 'echo 1 failed && exit 1' });
		commit('a failing test');
		const failed = refusal();
		expect(failed).toContain('1 failed');
		expect(failed).toContain('npm run test must pass');

		git('tag', 'v0.1.0', before);
		expect(refusal()).toContain('v0.1.0 is another commit');
		git('tag', '--delete', 'v0.1.0');
		git('reset', '--quiet', '--hard', before);
	});
});

describe('npm run verify', () => {
	test(
		'finds the same bytes, and a changed one',
		() => {
			const tampered = join(folder, 'tampered');
			execFileSync('sh', ['-c', `mkdir "${tampered}" && tar -xzf "${tarballs}/n8n-nodes-finvis-0.1.0.tgz" -C "${tampered}"`]);
			const bundle = join(tampered, 'package/dist/bundle.js');
			writeFileSync(bundle, `${readFileSync(bundle, 'utf8')} `);
			execFileSync('tar', ['-czf', join(tarballs, 'n8n-nodes-finvis-0.1.0.tgz'), '-C', tampered, 'package']);
			git('tag', 'v0.1.0');
			const verified = command('verify', '0.1.0', '--against', tarballs, '--installed');
			expect(verified.status).toBe(1);
			// The two other packages have the same bytes.
			expect(verified.output.match(/^ {2}n8n-nodes.*$/gm)).toEqual(['  n8n-nodes-finvis: dist/bundle.js has other bytes']);
			expect(command('verify', '0.9.0', '--against', tarballs).output).toContain('there is no tag v0.9.0');
		},
		LIMIT_MS,
	);
});
