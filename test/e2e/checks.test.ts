// Each check must find what is planted here, and nothing without it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../tools/base/project';
import { useStack } from '../../tools/harness/jest/useStack';
import { unpack } from '../../tools/harness/pack';
import { lint } from '../../tools/lint/lint';
import { scanSources, scanTarball } from '../../tools/scan/scan';

const { tarball } = useStack();

const NODE = join('nodes', 'Fondo', 'Fondo.node');
const SOURCES = ['package.json', 'tsconfig.json', 'eslint.config.mjs', 'nodes', 'credentials', 'contracts', 'icons'];

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'fondo-finvis-planted-'));
	for (const name of SOURCES) cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plant(file: string, change: (text: string) => string) {
	const path = join(folder, file);
	writeFileSync(path, change(readFileSync(path, 'utf8')));
}

const withTimer = (text: string) => `${text}\nsetTimeout(() => undefined, 1);\n`;

const withoutHomepage = (text: string) => JSON.stringify({ ...JSON.parse(text), homepage: undefined }, undefined, 2);

describe('lint', () => {
	test('finds nothing in the package', async () => {
		expect(await lint(folder)).toMatchObject({ code: 0, errors: 0, warnings: 0 });
	});

	test('finds a timer, and names the file in its place', async () => {
		plant(`${NODE}.ts`, withTimer);
		const { code, errors, output } = await lint(folder);
		expect([code, errors]).toEqual([1, 1]);
		expect(output).toContain(join(folder, `${NODE}.ts`));
	});

	test('finds what is only a warning', async () => {
		plant('package.json', withoutHomepage);
		expect(await lint(folder)).toMatchObject({ code: 0, errors: 0, warnings: 1 });
	});

	test('insists on the unchanged template of its configuration', async () => {
		plant('eslint.config.mjs', () => 'export default [];\n');
		expect((await lint(folder)).code).not.toBe(0);
	});
});

describe('scan', () => {
	test('finds a timer in the sources, also where a comment switches the rule off', async () => {
		expect((await scanSources(folder)).findings).toEqual([]);
		plant(`${NODE}.ts`, (text) => `/* eslint-disable */\n${withTimer(text)}`);
		expect((await scanSources(folder)).findings.join()).toContain('setTimeout');
	});

	test('finds what is only a warning', async () => {
		plant('package.json', withoutHomepage);
		expect((await scanSources(folder)).findings.join()).toContain('require-homepage');
	});

	test('finds a timer and a dependency in the tarball', async () => {
		const unpacked = await unpack(tarball, join(folder, 'unpacked'));
		expect((await scanTarball(unpacked)).findings).toEqual([]);
		plant(join('unpacked', 'dist', `${NODE}.js`), withTimer);
		plant(join('unpacked', 'package.json'), (text) => JSON.stringify({ ...JSON.parse(text), dependencies: { axios: '1.0.0' } }));
		const findings = (await scanTarball(unpacked)).findings.join('\n');
		expect(findings).toContain('setTimeout');
		expect(findings).toContain('no-runtime-dependencies');
	});
});
