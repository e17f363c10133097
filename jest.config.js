// @ts-check
/**
 * The test projects. `unit` and `simulation` need nothing; the others start in their globalSetup what they test against: Stoplight Prism,
 * or a real n8n with the packed package and the sandbox. One test on a real n8n: `npx jest --selectProjects e2e -t killed`.
 */
const { availableParallelism } = require('node:os');

const swc = ['@swc/jest', { jsc: { target: 'es2022' } }];

/** ES modules that jest on Node 20 cannot require untransformed; @apidevtools is inside openapi-backend. */
const MODULES = '@apidevtools|github-slugger|get-port';

/** @typedef {Record<string, unknown> & { testTimeoutMs?: number }} Options */

/** @type {(name: string, options?: Options) => Record<string, unknown> & { displayName: string }} */
const project = (name, { testTimeoutMs, ...options } = {}) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: { '^.+\\.ts$': swc, [`/(${MODULES})/.+\\.js$`]: swc },
	transformIgnorePatterns: [`/node_modules/(?!(${MODULES})/)`],
	globals: { project: name, testTimeoutMs },
	setupFilesAfterEnv: ['<rootDir>/tools/harness/jest/setTimeout.ts'],
	...options,
});

/**
 * Test files that share the packages of their worker. Loading them takes a busy machine half a minute.
 * @type {(name: string, options?: Options) => ReturnType<typeof project>}
 */
const light = (name, options) =>
	project(name, {
		testTimeoutMs: 120_000,
		testEnvironment: '<rootDir>/tools/harness/jest/environment.ts',
		runtime: '<rootDir>/tools/base/jestRuntime.js',
		...options,
	});

/**
 * A project whose test files share the programs that test/<name>/globalSetup.ts starts.
 * @type {(name: string, testTimeoutMs: number) => ReturnType<typeof project>}
 */
const serial = (name, testTimeoutMs) =>
	project(name, {
		testTimeoutMs,
		runner: '<rootDir>/tools/harness/jest/serialRunner.ts',
		globalSetup: `<rootDir>/test/${name}/globalSetup.ts`,
		globalTeardown: '<rootDir>/tools/harness/jest/globalTeardown.ts',
	});

const projects = [
	light('unit', {
		testMatch: ['<rootDir>/test/**/*.test.ts'],
		testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(simulation|prism|e2e|browser|queue)/'],
	}),
	light('simulation'),
	serial('prism', 30_000),
	serial('e2e', 300_000),
	serial('browser', 180_000),
	serial('queue', 300_000),
];

/**
 * jest takes every word after --selectProjects as a project, also a path, and then runs all files of the other projects named.
 * @param {string[]} args
 */
function refusePathsAsProjects(args) {
	const begin = args.indexOf('--selectProjects') + 1;
	if (begin === 0) return;
	const rest = args.slice(begin);
	const end = rest.findIndex((word) => word.startsWith('-'));
	const selected = end < 0 ? rest : rest.slice(0, end);
	const unknown = selected.filter((word) => !projects.some(({ displayName }) => displayName === word));
	if (unknown.length > 0) {
		throw new Error(`There is no project '${unknown[0]}'. A path comes first: npx jest ${unknown[0]} --selectProjects unit`);
	}
}

refusePathsAsProjects(process.argv);

module.exports = {
	projects,
	// Two more workers than cores: a third of the time of a test file is waiting for sockets, timeouts and other programs.
	maxWorkers: availableParallelism() + 2,
	// On a busy machine a worker without open handles needs more than jest's 500 ms to exit. A leak still ends with jest's warning.
	workerGracefulExitTimeout: 10_000,
	// Loading n8n-core takes seconds on a busy machine.
	testTimeout: 30_000,
};
