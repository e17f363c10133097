export default {
	rootDir: '.',
	testMatch: ['<rootDir>/**/*.test.mjs'],
	testEnvironment: 'node',
	testTimeout: 300_000,
	transform: {},
};
