import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedTool } from '../base/cache';
import { mustRun } from '../base/run';
import { compile } from '../harness/compile';

export interface ScanResult {
	/** How many files the scanner saw. */
	readonly files: number;
	readonly findings: readonly string[];
}

async function analyze(folder: string, kind: 'tarball' | 'sources'): Promise<ScanResult> {
	const tool = await cachedTool('scan', { title: "Installing n8n's package scanner (some seconds, once)" });
	const scanner = join(tool, 'node_modules', '@n8n', 'scan-community-package', 'scanner', 'scanner.mjs');
	const compiled = mkdtempSync(join(tmpdir(), 'fondo-finvis-analyze-'));
	try {
		const output = await mustRun(process.execPath, [compile(join(__dirname, 'analyze.ts'), compiled), scanner, folder, kind]);
		return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '');
	} finally {
		rmSync(compiled, { recursive: true, force: true });
	}
}

/** Scans an unpacked package as n8n does before it verifies the package. */
export const scanTarball = async (folder: string) => await analyze(folder, 'tarball');

/** Scans the sources of the package in `root`. */
export const scanSources = async (root: string) => await analyze(root, 'sources');
