/** Unit suite: real HTTP, real sockets, real n8n-core; no n8n server. The suite against a real n8n has its own config in test/e2e. */
const { availableParallelism } = require('node:os');

const swc = ['@swc/jest', { jsc: { target: 'es2022' } }];

module.exports = {
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/prism/', '<rootDir>/test/browser/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: { '^.+\\.ts$': swc, '/(@apidevtools|github-slugger)/.+\\.js$': swc },
	// ES modules (one under openapi-backend), which jest on Node 20 cannot require as they are.
	transformIgnorePatterns: ['/node_modules/(?!(@apidevtools|github-slugger)/)'],
	// More workers than cores: suites wait for sockets and timeouts more than they compute.
	maxWorkers: Math.ceil(1.5 * availableParallelism()),
	// Loading n8n-core takes seconds on a busy machine.
	testTimeout: 30_000,
};
