// @ts-check
// `node tools/base/command.js <name> [arguments]`: installs the development packages where they are missing, then runs tools/<name>/cli.ts.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { Failure } = require('./failure');
const { ensureInstalled } = require('./install');
const { projectRoot } = require('./project');
const { runTool } = require('./tool');

void runTool(async (context) => {
	const [name, ...args] = process.argv.splice(2);
	process.argv.push(...args);
	const file = join(projectRoot, 'tools', name ?? '', 'cli.ts');
	if (!name || !existsSync(file)) throw new Failure(`There is no command '${name ?? ''}'`, 'use a script of package.json: npm run');
	await ensureInstalled();
	// tsx lets this process require TypeScript.
	require(require.resolve('tsx/cjs'));
	/** @type {{ main: (args: string[]) => Promise<void>, interruptedCode?: number }} */
	const command = require(file);
	context.interruptedCode = command.interruptedCode;
	await command.main(args);
});
