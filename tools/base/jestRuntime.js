// @ts-check
// Loads nodes/ and test/ for each test file again, as jest does. The packages and the sandbox, which keep nothing of a test, are loaded
// once for all test files of a worker: n8n-core, the contracts and the seed take two seconds of CPU. It is plain JavaScript, because jest
// requires it before it can read TypeScript.
const { isBuiltin } = require('node:module');
const { dirname, isAbsolute, join, resolve } = require('node:path');
const { compileFunction } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');

const PARAMETERS = ['module', 'exports', 'require', '__dirname', '__filename', 'jest'];

const SANDBOX = join(__dirname, '../../sandbox/');

/** Modules of the sandbox, by path. @type {Map<string, unknown>} */
const shared = new Map();

/** What a worker has compiled, by path. Each test file runs it again, with modules of its own. @type {Map<string, { code: string, run: Function }>} */
const compiled = new Map();

/** @param {string} name */
const isPackage = (name) => !name.startsWith('.') && !isAbsolute(name) && !isBuiltin(name);

module.exports = class Runtime extends JestRuntime {
	/** @param {ConstructorParameters<typeof JestRuntime>} args */
	constructor(...args) {
		super(...args);
		/** jest-runtime 30.5 compiles only for a context of node:vm. Packages and tests must share one `Error` and one `Array`. */
		const { executor } = /** @type {{ executor: object }} */ (/** @type {unknown} */ (this));
		Object.assign(executor, {
			/** @param {string} code @param {string} filename */
			compile: (code, filename) => {
				const known = compiled.get(filename);
				if (known?.code === code) return known.run;
				const run = compileFunction(code, PARAMETERS, { filename });
				compiled.set(filename, { code, run });
				return run;
			},
		});
	}

	/**
	 * @override
	 * @template T
	 * @param {string} from
	 * @param {string} name
	 * @returns {T}
	 */
	requireModuleOrMock(from, name) {
		if (isPackage(name)) return require(name);
		const path = resolve(dirname(from), name);
		if (!path.startsWith(SANDBOX)) return super.requireModuleOrMock(from, name);
		if (!shared.has(path)) shared.set(path, super.requireModuleOrMock(from, name));
		return /** @type {T} */ (shared.get(path));
	}
};
