import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { step } from '../base/progress';
import { manifest, projectRoot } from '../base/project';
import { npm } from '../base/run';
import { packAll, sha256Of, type Packed } from '../harness/pack';
import { changelogOf, commonVersion, requireCleanTree, requireFreeTag } from './checks';

const USAGE = 'npm run release -- --dry-run, or npm run release -- --to <folder> (the publishing workflow does that)';

/** What each check prints in its last line. */
async function check(script: string): Promise<string> {
	const advice = `npm run ${script} must pass before a release`;
	const output = await step(`npm run ${script}`, async () => await npm(['run', script], { cwd: projectRoot, advice }));
	return output.trimEnd().split('\n').filter(Boolean).slice(-3).join('; ');
}

function describe({ root, tarball, files, unpackedSize }: Packed): string {
	const { name, version } = manifest(root);
	const rows = files.map(({ path, size }) => `  ${String(size).padStart(8)}  ${path}`);
	return [`${name} ${version}, ${(unpackedSize / 1000).toFixed(1)} kB`, `  SHA-256 ${sha256Of(tarball)}`, ...rows].join('\n');
}

async function release(folder: string): Promise<void> {
	await requireCleanTree();
	const version = commonVersion();
	const changelog = changelogOf(readFileSync(join(projectRoot, 'CHANGELOG.md'), 'utf8'), version);
	const commit = await requireFreeTag(version);
	const checks: string[] = [];
	for (const script of ['test', 'lint', 'scan']) checks.push(`${script}: ${await check(script)}`);
	const packed = await step('Building and packing', async () => await packAll(folder));
	// The build writes only what git ignores.
	await requireCleanTree();
	const sums = packed.map(({ tarball }) => `${sha256Of(tarball)}  ${basename(tarball)}\n`).join('');
	writeFileSync(join(folder, 'SHA256SUMS'), sums);
	console.log(`\nVersion ${version}, commit ${commit}\n\n${changelog}\n\n${checks.join('\n')}\n\n${packed.map(describe).join('\n\n')}`);
}

/** `npm run release`: checks everything, builds all packages and says what would be published. It publishes nothing. */
export async function main(args: string[]): Promise<void> {
	const { values } = parseArgs({ args, options: { 'dry-run': { type: 'boolean' }, to: { type: 'string' } } });
	if (!values['dry-run'] === !values.to) throw new Failure('Say what to do with the tarballs', USAGE);
	if (values.to) {
		const folder = resolve(values.to);
		mkdirSync(folder, { recursive: true });
		await release(folder);
		return console.log(`\nThe tarballs are in ${folder}.`);
	}
	const folder = mkdtempSync(join(tmpdir(), 'fondo-finvis-release-'));
	try {
		await release(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	console.log(`\nNothing was published. To publish: git tag v${commonVersion()} && git push origin v${commonVersion()}`);
}
