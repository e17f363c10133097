// Each Node that n8n runs on: installing the packed package in an empty folder.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { nodeVersions } from '../../tools/harness/n8n/nodes';
import { pack } from '../../tools/harness/pack';
import { temporaryFolder } from '../../tools/harness/stack';

const LIMIT_MS = 600_000;

let tarball: string;
beforeAll(async () => {
	({ tarball } = await pack(temporaryFolder('packed')));
}, LIMIT_MS);

// The only programs on PATH: without a compiler among them, the install cannot need one.
const TOOLS = ['sh', 'npm', 'env', 'ls'];

test.each([20, 22, 24])(
	'Node %i: npm install adds one package, and calls no compiler',
	async (major) => {
		const node = (await nodeVersions()).find((one) => one.major === major);
		if (!node) throw new Error(`There is no Node ${major}`);
		const empty = temporaryFolder(`node${major}`);
		const bin = temporaryFolder('bin');
		for (const tool of TOOLS)
			execFileSync('ln', ['-s', execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(), bin]);
		const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
		const env = { ...Object.fromEntries(kept), PATH: [node.bin, bin].join(delimiter) };
		const shell = (command: string) => execFileSync('/bin/sh', ['-c', command], { cwd: empty, env, encoding: 'utf8', stdio: 'pipe' });
		expect(shell('node --version')).toMatch(new RegExp(`^v${major}\\.`));
		expect(() => shell('cc --version')).toThrow();
		expect(shell(`npm install '${tarball}'`)).toContain('added 1 package');
		expect(readdirSync(join(empty, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['n8n-nodes-fondo-finvis']);
		expect(existsSync(join(empty, 'node_modules/n8n-nodes-fondo-finvis/dist/bundle.js'))).toBe(true);
	},
	LIMIT_MS,
);
