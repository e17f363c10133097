import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../base/failure';
import { step } from '../base/progress';
import { projectRoot } from '../base/project';
import { pack, unpack, type PackedFile } from '../harness/pack';
import { scanSources, scanTarball } from './scan';

const DIST_LIMIT = 400_000;
const DIST_FILE = /^dist\/(.+(\.js|\.svg|\.node\.json)|THIRD-PARTY-NOTICES)$/;
const ALWAYS_PACKED = /^(package\.json|README\.md|LICENSE)$/;

function sizeOf(files: readonly PackedFile[]) {
	const dist = files.filter(({ path }) => path.startsWith('dist/'));
	return { count: dist.length, bytes: dist.reduce((sum, { size }) => sum + size, 0) };
}

async function scan(folder: string) {
	const packed = await step('Building and packing', async () => await pack(folder));
	const dist = sizeOf(packed.files);
	console.log(`dist: ${dist.count} files, ${(dist.bytes / 1000).toFixed(1)} kB`);
	const results = {
		sources: await step('Scanning the sources', async () => await scanSources(projectRoot)),
		tarball: await step('Scanning the tarball', async () => await scanTarball(await unpack(packed.tarball, join(folder, 'package')))),
	};
	const problems = Object.values(results).flatMap(({ findings }) => findings);
	for (const [name, { files, findings }] of Object.entries(results)) {
		console.log(`${name}: ${files} files, ${findings.length} findings`);
		if (files === 0) problems.push(`the scanner saw no file of the ${name}`);
	}
	if (dist.bytes > DIST_LIMIT) problems.push(`dist is larger than ${DIST_LIMIT / 1000} kB`);
	for (const { path } of packed.files) {
		if (!DIST_FILE.test(path) && !ALWAYS_PACKED.test(path)) problems.push(`${path} is packed but not needed to run`);
	}
	if (problems.length > 0) throw new Failure(['The scan is not clean:', ...problems].join('\n  '), 'correct the lines above');
	console.log('scan: 0 findings');
}

/** `npm run scan`: n8n's package scanner over the sources and over what npm would publish; nothing may be found. */
export async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'fondo-finvis-scan-'));
	try {
		await scan(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
