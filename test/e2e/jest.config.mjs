export default {
	rootDir: '.',
	testMatch: ['<rootDir>/**/*.test.mjs'],
	testEnvironment: 'node',
	testTimeout: 120_000,
	setupFilesAfterEnv: ['<rootDir>/fresh.mjs'],
	transform: {},
};
