import TestRunner from 'jest-runner';

/** Runs the test files of a project one after the other, because they share one n8n. */
export default class SerialRunner extends TestRunner {
	override isSerial = true;
}
