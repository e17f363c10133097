import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { step } from '../base/progress';
import { manifest, packageRoots, projectRoot } from '../base/project';
import { mustRun, npm } from '../base/run';
import { packBuilt, sha256Of, unpack, type Packed } from '../harness/pack';
import { differencesOf } from './compare';

const USAGE = `npm run verify -- <version> [options]
  --against <folder>  compare with the tarballs in a folder instead of npm's
  --installed         build with the development packages of this checkout, where the lock file is the same`;

interface Options {
	readonly against?: string;
	readonly installed: boolean;
}

/** Checks out the tag of a version beside this checkout. */
async function checkOut(version: string, folder: string): Promise<string> {
	const source = join(folder, 'source');
	const tag = `v${version}`;
	await mustRun('git', ['clone', '--quiet', '--branch', tag, projectRoot, source], {
		advice: `there is no tag ${tag} in this clone: git fetch --tags, then start again`,
	});
	return source;
}

async function rebuild(source: string, { installed }: Options): Promise<void> {
	const [theirs, ours] = [source, projectRoot].map((folder) => readFileSync(join(folder, 'package-lock.json'), 'utf8'));
	if (installed && theirs === ours) symlinkSync(join(projectRoot, 'node_modules'), join(source, 'node_modules'));
	// Installs what the lock file of that version names, with its hashes.
	await npm(['run', 'build'], { cwd: source });
}

async function published(name: string, version: string, to: string, { against }: Options): Promise<string> {
	if (against) {
		const file = join(resolve(against), `${name}-${version}.tgz`);
		if (!existsSync(file)) throw new Failure(`There is no ${file}`);
		return file;
	}
	mkdirSync(to, { recursive: true });
	await npm(['pack', `${name}@${version}`, '--pack-destination', to], { cwd: to, advice: `${name} ${version} is not on npm` });
	return join(to, readdirSync(to)[0]);
}

/** Compares one package, prints the hashes of both tarballs, and returns how they differ. */
async function verifyPackage({ root, tarball: ours }: Packed, folder: string, version: string, options: Options): Promise<string[]> {
	const { name } = manifest(root);
	const theirs = await published(name, version, join(folder, name, 'published'), options);
	const [unpackedTheirs, unpackedOurs] = [
		await unpack(theirs, join(folder, name, 'theirs')),
		await unpack(ours, join(folder, name, 'ours')),
	];
	console.log(`${name} ${version}\n  published SHA-256 ${sha256Of(theirs)}\n  rebuilt   SHA-256 ${sha256Of(ours)}`);
	const differences = differencesOf(unpackedTheirs, unpackedOurs);
	// Another npm can compress the same files in another way.
	if (differences.length === 0 && sha256Of(theirs) !== sha256Of(ours)) console.log('  the files are equal, their compression differs');
	return differences.map((difference) => `${name}: ${difference}`);
}

/** `npm run verify`: rebuilds a version from its tag, and compares what it packs with what is published, byte by byte. */
export async function main(args: string[]): Promise<void> {
	const { values, positionals } = parseArgs({
		args,
		options: { against: { type: 'string' }, installed: { type: 'boolean', default: false } },
		allowPositionals: true,
	});
	const [version] = positionals;
	if (positionals.length !== 1) throw new Failure('Name one version', USAGE);
	const folder = mkdtempSync(join(tmpdir(), 'fondo-finvis-verify-'));
	try {
		const source = await step(`Checking out v${version}`, async () => await checkOut(version, folder));
		await step('Building it', async () => await rebuild(source, values));
		const roots = packageRoots.map((root) => join(source, root)).filter((root) => existsSync(join(root, 'package.json')));
		const differences: string[] = [];
		for (const ours of await packBuilt(join(folder, 'rebuilt'), roots))
			differences.push(...(await verifyPackage(ours, folder, version, values)));
		if (differences.length > 0) throw new Failure(['The packages differ:', ...differences].join('\n  '), 'do not install this version');
		console.log(`verify: ${roots.length} packages are what v${version} builds`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
