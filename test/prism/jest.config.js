/** Against Stoplight Prism, which `npm run test:prism` starts. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/prism/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
};
