import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../base/failure';
import { step } from '../base/progress';
import { manifest, projectRoot } from '../base/project';
import { packAll, unpack, type Packed } from '../harness/pack';
import { scanSources, scanTarball } from './scan';

/** What the files of dist may have in bytes, for the package with both services and for the others. */
const dist = {
	limitOfBoth: 400_000,
	limit: 300_000,
	file: /^dist\/(.+(\.js|\.svg|\.node\.json)|nodes\/\w+\/__schema__\/.+\.json|THIRD-PARTY-NOTICES)$/,
};
const ALWAYS_PACKED = /^(package\.json|README\.md|LICENSE)$/;

function packingProblems({ root, files }: Packed): string[] {
	const inDist = files.filter(({ path }) => path.startsWith('dist/'));
	const bytes = inDist.reduce((sum, { size }) => sum + size, 0);
	console.log(`dist: ${inDist.length} files, ${(bytes / 1000).toFixed(1)} kB`);
	const limit = root === '.' ? dist.limitOfBoth : dist.limit;
	const unknown = files.filter(({ path }) => !dist.file.test(path) && !ALWAYS_PACKED.test(path));
	return [
		...(bytes > limit ? [`dist is larger than ${limit / 1000} kB`] : []),
		...unknown.map(({ path }) => `${path} is packed but not needed`),
	];
}

/** What is wrong with one package: its sources, its tarball and what it packs. */
async function problemsOf(packed: Packed, folder: string): Promise<string[]> {
	const { name } = manifest(packed.root);
	const results = {
		sources: await step(`Scanning the sources of ${name}`, async () => await scanSources(join(projectRoot, packed.root))),
		tarball: await step(`Scanning its tarball`, async () => await scanTarball(await unpack(packed.tarball, join(folder, name)))),
	};
	const problems = Object.values(results).flatMap(({ findings }) => findings);
	for (const [kind, { files, findings }] of Object.entries(results)) {
		console.log(`${kind}: ${files} files, ${findings.length} findings`);
		if (files === 0) problems.push(`the scanner saw no file of the ${kind}`);
	}
	return [...problems, ...packingProblems(packed)].map((problem) => `${name}: ${problem}`);
}

async function scan(folder: string) {
	const all = await step('Building and packing', async () => await packAll(folder));
	const problems: string[] = [];
	for (const packed of all) problems.push(...(await problemsOf(packed, folder)));
	if (problems.length > 0) throw new Failure(['The scan is not clean:', ...problems].join('\n  '), 'correct the lines above');
	console.log(`scan: 0 findings in ${all.length} packages`);
}

/** `npm run scan`: n8n's package scanner over the sources of each package and over what npm would publish; nothing may be found. */
export async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'fondo-finvis-scan-'));
	try {
		await scan(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
