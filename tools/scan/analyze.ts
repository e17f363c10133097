// `node analyze.js <scanner.mjs> <folder> <tarball|sources>`: prints what n8n's package scanner finds, as JSON. A process of its own, because
// the scanner is an ES module and its lint rules behave differently under NODE_ENV=test.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { ScanResult } from './scan';

const TARBALL_FILES = ['**/*.js', 'package.json'];

interface LintedFile {
	readonly filePath: string;
	readonly messages: ReadonlyArray<{ line: number; column: number; message: string; ruleId: string | null }>;
}

/** The class of ESLint that the scanner uses. */
interface Eslint {
	readonly ESLint: new (options: object) => { lintFiles(patterns: readonly string[]): Promise<readonly LintedFile[]> };
}

interface FastGlob {
	sync(patterns: readonly string[], options: object): string[];
}

interface Scanner {
	readonly SOURCE_FILE_PATTERNS: readonly string[];
	analyzePackage(folder: string, patterns: readonly string[]): Promise<{ passed: boolean; message: string }>;
	buildScanConfig(): Promise<unknown>;
}

async function analyze(file: string, folder: string, kind: string): Promise<ScanResult> {
	const requireOfScanner = createRequire(file);
	const { ESLint }: Eslint = requireOfScanner('eslint');
	const glob: FastGlob = requireOfScanner('fast-glob');
	const { analyzePackage, buildScanConfig, SOURCE_FILE_PATTERNS }: Scanner = await import(pathToFileURL(file).href);
	const patterns = kind === 'tarball' ? TARBALL_FILES : SOURCE_FILE_PATTERNS;
	// The verdict of the scanner leaves warnings out, so the same configuration is also asked for every message.
	const verdict = await analyzePackage(folder, patterns);
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	// As the scanner finds them, which follows the links in packages/.
	const files = glob.sync(patterns, { cwd: folder, absolute: true, ignore: ['node_modules/**', '**/package-lock.json'] });
	const results = await eslint.lintFiles(files);
	const findings = results.flatMap(({ filePath, messages }) =>
		messages.map(({ line, column, message, ruleId }) => `${filePath}:${line}:${column} ${message} (${ruleId})`),
	);
	if (!verdict.passed && findings.length === 0) findings.push(verdict.message);
	return { files: results.length, findings };
}

const [file, folder, kind] = process.argv.slice(2);
analyze(file, folder, kind).then(
	(result) => console.log(`\n${JSON.stringify(result)}`),
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);
