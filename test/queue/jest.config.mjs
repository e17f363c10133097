export default {
	rootDir: '.',
	testMatch: ['<rootDir>/**/*.test.mjs'],
	testEnvironment: 'node',
	testTimeout: 300_000,
	setupFilesAfterEnv: ['<rootDir>/../e2e/fresh.mjs'],
	transform: {},
};
