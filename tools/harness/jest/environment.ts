import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { ModuleMocker } from 'jest-mock';

/** Where jest-circus keeps the handlers of its events. Each test file adds its own, and the globals of a worker outlive the file. */
const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS');

/** Runs test files among the globals of their worker, where Node.js has loaded the packages. tools/base/jestRuntime.js says why. */
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

	/** jest keeps a hundred lines of the stack of each error, also of those that a test expects. Ten, as in n8n, cost less. */
	async setup(): Promise<void> {
		Error.stackTraceLimit = 10;
	}

	/** jest replaces `process.exit` for each test file. Handlers that stay would handle, and report, every test of the later files too. */
	async teardown(): Promise<void> {
		process.exit = this.exit;
		Reflect.deleteProperty(globalThis, EVENT_HANDLERS);
	}

	exportConditions(): string[] {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return globalThis;
	}
}
