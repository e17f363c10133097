import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cachedTool } from '../cache.mjs';

const TARBALL_FILES = ['**/*.js', 'package.json'];

async function scanner() {
	const tool = await cachedTool('scan', { title: "Installing n8n's package scanner (some seconds, once)" });
	const file = join(tool, 'node_modules', '@n8n', 'scan-community-package', 'scanner', 'scanner.mjs');
	const { ESLint } = createRequire(file)('eslint');
	return { ESLint, ...(await import(pathToFileURL(file).href)) };
}

// The scanner's own verdict leaves warnings out, so the same configuration is also asked for every message.
async function analyze({ ESLint, analyzePackage, buildScanConfig }, folder, patterns) {
	const verdict = await analyzePackage(folder, patterns);
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	const findings = results.flatMap(({ filePath, messages }) =>
		messages.map(({ line, column, message, ruleId }) => `${filePath}:${line}:${column} ${message} (${ruleId})`),
	);
	if (!verdict.passed && findings.length === 0) findings.push(verdict.message);
	return { files: results.length, findings };
}

/** Scans an unpacked package as n8n does before it verifies it: { files, findings }. */
export const scanTarball = async (folder) => await analyze(await scanner(), folder, TARBALL_FILES);

/** Scans the sources of the package in `root`. */
export async function scanSources(root) {
	const tool = await scanner();
	return await analyze(tool, root, tool.SOURCE_FILE_PATTERNS);
}
