import { join } from 'node:path';
import { cachedTool } from '../base/cache';
import { mustRun } from '../base/run';

export interface ScanResult {
	/** How many files the scanner saw. */
	readonly files: number;
	readonly findings: readonly string[];
}

async function analyze(folder: string, kind: 'tarball' | 'sources'): Promise<ScanResult> {
	const tool = await cachedTool('scan', { title: "Installing n8n's package scanner (some seconds, once)" });
	const scanner = join(tool, 'node_modules', '@n8n', 'scan-community-package', 'scanner', 'scanner.mjs');
	const output = await mustRun(process.execPath, [join(__dirname, 'analyze.js'), scanner, folder, kind]);
	return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '');
}

/** Scans an unpacked package as n8n does before it verifies the package. */
export const scanTarball = async (folder: string) => await analyze(folder, 'tarball');

/** Scans the sources of the package in `root`. */
export const scanSources = async (root: string) => await analyze(root, 'sources');
