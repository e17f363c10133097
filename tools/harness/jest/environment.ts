import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { ModuleMocker } from 'jest-mock';

/** Runs test files among the globals of their worker, where Node.js has loaded the packages. runtime.js says why. */
export default class Environment implements JestEnvironment {
	readonly global = globalThis as unknown as JestEnvironment['global'];
	readonly moduleMocker = new ModuleMocker(globalThis);
	/** The tests take time into their hands by the clock of nodes/. */
	readonly fakeTimers = null;
	readonly fakeTimersModern = null;
	private readonly exit = process.exit;

	constructor({ projectConfig }: JestEnvironmentConfig, _: EnvironmentContext) {
		Object.assign(globalThis, projectConfig.globals);
	}

	async setup(): Promise<void> {}

	/** jest replaces `process.exit` for each test file. */
	async teardown(): Promise<void> {
		process.exit = this.exit;
	}

	exportConditions(): string[] {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return globalThis;
	}
}
