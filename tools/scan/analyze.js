// @ts-check
// `node analyze.js <scanner.mjs> <folder> <tarball|sources>`: prints what n8n's package scanner finds, as JSON. A process of its own, because
// the scanner is an ES module and its lint rules behave differently under NODE_ENV=test.
const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');

const TARBALL_FILES = ['**/*.js', 'package.json'];

/**
 * @param {string} file
 * @param {string} folder
 * @param {string} kind
 */
async function analyze(file, folder, kind) {
	const { ESLint } = createRequire(file)('eslint');
	const { analyzePackage, buildScanConfig, SOURCE_FILE_PATTERNS } = await import(pathToFileURL(file).href);
	const patterns = kind === 'tarball' ? TARBALL_FILES : SOURCE_FILE_PATTERNS;
	// The verdict of the scanner leaves warnings out, so the same configuration is also asked for every message.
	const verdict = await analyzePackage(folder, patterns);
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	/** @type {Array<{ filePath: string, messages: Array<{ line: number, column: number, message: string, ruleId: string | null }> }>} */
	const results = await eslint.lintFiles(patterns);
	const findings = results.flatMap(({ filePath, messages }) =>
		messages.map(({ line, column, message, ruleId }) => `${filePath}:${line}:${column} ${message} (${ruleId})`),
	);
	if (!verdict.passed && findings.length === 0) findings.push(verdict.message);
	return { files: results.length, findings };
}

const [file, folder, kind] = process.argv.slice(2);
analyze(file, folder, kind).then(
	(result) => console.log(`\n${JSON.stringify(result)}`),
	(error) => {
		console.error(error);
		process.exitCode = 1;
	},
);
