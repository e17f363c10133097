import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoots } from '../tools/base/project';

interface Job {
	readonly permissions?: Readonly<Record<string, string>>;
	readonly 'timeout-minutes'?: number;
	readonly environment?: string;
	readonly steps: ReadonlyArray<{ readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> }>;
}

interface Workflow {
	readonly on: Readonly<Record<string, unknown>>;
	readonly permissions: unknown;
	readonly jobs: Readonly<Record<string, Job>>;
}

const root = join(__dirname, '..');
const folder = join(root, '.github/workflows');
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

/** The permissions to write that a job needs, and no others. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
	'codeql.yml analyze': ['security-events'],
	'contracts.yml check': ['issues'],
	'scorecard.yml analysis': ['id-token', 'security-events'],
	'publish.yml attest': ['attestations', 'id-token'],
	'publish.yml npm': ['id-token'],
	'publish.yml github': ['contents'],
};

const workflows = readdirSync(folder).map((file) => ({ file, text: textOf(file), ...(parse(textOf(file)) as Workflow) }));
const jobs = workflows.flatMap(({ file, jobs: all }) => Object.entries(all).map(([name, job]) => ({ name: `${file} ${name}`, ...job })));

test('every action is pinned by its whole hash, with the version beside it', () => {
	const uses = workflows.flatMap(({ file, text }) => [...text.matchAll(/^.*\buses:.*$/gm)].map(([line]) => `${file} ${line.trim()}`));
	expect(uses.length).toBeGreaterThan(15);
	for (const line of uses) expect(line).toMatch(/uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	// One hash for each action and version.
	const pins = uses.map((line) => /uses: ([\w.-]+\/[\w.-]+).*@([0-9a-f]{40})/.exec(line) ?? []).map(([, action, hash]) => [action, hash]);
	expect(new Set(pins.map(([action, hash]) => `${action}@${hash}`)).size).toBe(new Set(pins.map(([action]) => action)).size);
});

test('no workflow has a permission by default, and each job only those that it needs', () => {
	for (const { file, permissions } of workflows) expect([file, permissions]).toEqual([file, {}]);
	for (const { name, permissions = {} } of jobs) {
		const writes = Object.keys(permissions).filter((scope) => permissions[scope] === 'write');
		expect([name, writes.sort()]).toEqual([name, [...(WRITES[name] ?? [])].sort()]);
	}
});

test('no job keeps the token of the checkout, runs without an end, or puts what others wrote into a command', () => {
	for (const { name, steps, 'timeout-minutes': limit } of jobs) {
		expect([name, limit]).toEqual([name, expect.any(Number)]);
		for (const { uses = '', run = '', with: options } of steps) {
			if (uses.startsWith('actions/checkout@')) expect([name, options?.['persist-credentials']]).toEqual([name, false]);
			expect([name, run]).toEqual([name, expect.not.stringContaining('${{')]);
		}
	}
	for (const { file, text, on } of workflows) {
		expect([file, Object.keys(on)]).toEqual([file, expect.not.arrayContaining(['pull_request_target', 'workflow_run'])]);
		expect([file, text]).toEqual([file, expect.not.stringMatching(/secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN/)]);
	}
});

test('a tag publishes what the release tool packed, with provenance, after a person approved', () => {
	const { on, jobs: all, text } = workflows.find(({ file }) => file === 'publish.yml') ?? workflows[0];
	expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
	expect(all.npm.environment).toBe('npm');
	expect(text).toContain('npm run release -- --to');
	expect(text).toContain('for tarball in ./*.tgz; do npm publish "$tarball" --provenance --access public; done');
	expect(text.indexOf('sha256sum --check')).toBeLessThan(text.indexOf('npm publish'));
	expect(packageRoots).toHaveLength(3);
});

test('CI runs the program of every check, and every script that a workflow names is one of ours', () => {
	expect(textOf('ci.yml')).toMatch(/^ {6}- run: \.ci\/run$/m);
	const named = workflows.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script));
	expect(named.filter((script) => !(script in scripts))).toEqual([]);
});

test('updates come for the packages of every tool', () => {
	const { updates } = parse(readFileSync(join(root, '.github/dependabot.yml'), 'utf8'));
	const ecosystems = updates.map((update: { 'package-ecosystem': string }) => update['package-ecosystem']);
	expect(ecosystems).toEqual(['npm', 'github-actions', 'docker-compose']);
	expect(updates[0].directories).toEqual(['/', '/tools/*']);
});
