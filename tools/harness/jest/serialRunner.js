// @ts-check
const { default: TestRunner } = require('jest-runner');

/** Runs the test files of a project one after the other, because they share one n8n. */
module.exports = class SerialRunner extends TestRunner {
	/** @override */
	isSerial = true;
};
