export default {
	rootDir: '.',
	testMatch: ['<rootDir>/**/*.test.mjs'],
	testEnvironment: 'node',
	testTimeout: 120_000,
	transform: {},
};
