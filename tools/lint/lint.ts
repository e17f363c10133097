// n8n's own linter over what the package publishes. The linter resolves its plugins by real path, so the sources are copied beside it, and
// the paths in its report are changed back.
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { cachedTool } from '../base/cache';
import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';
import { run } from '../base/run';

const PACKAGE_FILES = ['package.json', 'tsconfig.json', 'eslint.config.mjs', 'nodes', 'credentials', 'contracts', 'icons'];
const FINDING = /^\s+\d+:\d+\s+(error|warning)\s/gm;

export interface LintResult {
	readonly code: number | string | null;
	readonly output: string;
	readonly errors: number;
	readonly warnings: number;
}

/** Lints the package in `root`. */
export async function lint(root: string): Promise<LintResult> {
	for (const folder of ['nodes', 'credentials']) {
		if (!existsSync(join(root, folder))) throw new Failure(`There is no ${folder}/ to lint in ${root}`);
	}
	const tool = await cachedTool('lint', { title: "Installing n8n's lint (about half a minute, once)" });
	const copy = mkdtempSync(join(tool, 'work-'));
	try {
		for (const file of PACKAGE_FILES.filter((name) => existsSync(join(root, name)))) {
			cpSync(join(root, file), join(copy, file), { recursive: true, dereference: true });
		}
		// The sources import by name what the build bundles.
		symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
		const cli = join(tool, 'node_modules', '@n8n', 'node-cli', 'bin', 'n8n-node.mjs');
		const { code, output } = await run(process.execPath, [cli, 'lint'], { cwd: copy });
		const plain = stripVTControlCharacters(output).replaceAll(copy, root);
		const found = [...plain.matchAll(FINDING)].map(([, severity]) => severity);
		return {
			code,
			output: plain,
			errors: found.filter((severity) => severity === 'error').length,
			warnings: found.filter((severity) => severity === 'warning').length,
		};
	} finally {
		rmSync(copy, { recursive: true, force: true });
	}
}
