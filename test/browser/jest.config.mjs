export default {
	rootDir: '.',
	testMatch: ['<rootDir>/**/*.test.mjs'],
	testEnvironment: 'node',
	testTimeout: 90_000,
	setupFilesAfterEnv: ['<rootDir>/../e2e/fresh.mjs'],
	transform: {},
};
